#pragma once

#include "casus/scenario/scenario.h"
#include "text/tree.h"

namespace casus::scenario {

/// The tree of a file that says what the data say, by the tables by which files are read: decode()
/// the other way round. What is wrong with the data is wrong with the tree, for the decoder to
/// complain about; a name that is there twice is complained about at once.
text::Node encode(const ScenarioData& data, const Vocabulary& vocabulary, text::Problems& problems);

}  // namespace casus::scenario
