#pragma once

#include "casus/scenario/scenario.h"
#include "scenario/decoder.h"

namespace casus::scenario {

/// From the merged tree to plain data. Adds every problem it finds; the data are valid only if
/// there is none. `complete` is false if some file could not be read: then an unknown name is not
/// complained about.
ScenarioData decode(const Node& root, const Vocabulary& vocabulary, bool complete,
                    Problems& problems);

// decode_places.cpp
void read_presence(Decoder& decoder, const Node& root, ScenarioData& data);
void read_resistance(Decoder& decoder, const Node& root, ScenarioData& data);
void read_relations(Decoder& decoder, const Node& root, ScenarioData& data);

// decode_mechanisms.cpp
void read_mechanisms(Decoder& decoder, const Node& root, ScenarioData& data);

/// What no single value shows: neighbours that disagree, forces that do not add up, dates out of
/// order (check.cpp). `root` says where things are.
void check_consistency(Decoder& decoder, const Node& root, ScenarioData& data);

/// Completes borders given on one side; complains where the two sides disagree.
void complete_borders(Decoder& decoder, const Node* section, ScenarioData& data);

// Checks of one entry that need more than one of its keys (check.cpp).
void check_outcome(Decoder& decoder, const Entry& entry, OutcomeSpec& spec, bool good);
void check_timeline_item(Decoder& decoder, const Node& item, const TimelineSpec& spec);

}  // namespace casus::scenario
