#pragma once

#include <string_view>

#include "casus/world/event_kinds.h"

namespace casus::why {

/// How events of a kind are told. In `told`, {who}, {whom}, {where}, {pact}, {article}, {level},
/// {size}, {people} and {share} stand for what the event says; what is in [ ] is left out where one
/// of those in it says nothing.
struct EventWords {
  std::string_view told;
  std::string_view doc;  ///< what such an event is, and what it counts
};

/// Nothing for kinds that mechanisms own.
const EventWords* event_words(EventKind kind);

}  // namespace casus::why
