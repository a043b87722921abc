#pragma once

#include <string>

#include "text/tree.h"

namespace casus::scenario {

/// Relations of a list that are given between two or among several become one entry for each
/// direction, so that an edit can name any of them and a pair given twice is found.
void expand_relations(text::Node& list, const std::string& path, text::Problems& problems);

}  // namespace casus::scenario
