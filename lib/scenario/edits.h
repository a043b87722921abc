#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "casus/scenario/scenario.h"
#include "text/tree.h"

namespace casus::scenario {

using namespace text;

/// Applies the edits of policy files to the tree.
void apply_edits(Node& root, const std::vector<Node>& edits, Problems& problems);

/// Applies edits given from outside; each becomes a text of `sources` that complaints point into.
void apply_edits(Node& root, const std::vector<Edit>& edits, Sources& sources, Problems& problems);

/// "pacts.aes": what edits have taken out, as the tree's `removed` lists it.
std::set<std::string, std::less<>> removed_names(const Node& root);

}  // namespace casus::scenario
