#pragma once

#include "scenario/decode.h"

namespace casus::scenario {

/// Warns of what is legal and odd in a scenario without mistakes: what never happens, what nobody
/// counts. `root` is what `data` was decoded from.
void warn_of_oddities(const Node& root, const ScenarioData& data, const Vocabulary& vocabulary,
                      Problems& problems);

/// Notes the words, as keys or as texts, that YAML 1.1 takes for true or false, so that other
/// programs would read another file than is meant. Quotes make them words for everybody.
void note_ambiguous_words(const Node& root, Problems& problems);

/// Reads older spellings as what they have become, with a note.
void take_old_spellings(Node& root, Problems& problems);

}  // namespace casus::scenario
