#pragma once

#include <string>

#include "text/tree.h"

namespace casus::scenario {

using namespace text;

/// What a removed region, actor or pact leaves behind goes with it: its presences, relations,
/// memberships, measures, crises, wars, and what it does in the timeline. Outcomes and conditions
/// may go on naming it and find nothing; the tree's `removed` remembers it for them.
void remove_references(Node& root, const std::string& path);

}  // namespace casus::scenario
