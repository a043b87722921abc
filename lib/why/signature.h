#pragma once

#include <string>
#include <vector>

#include "casus/why/account.h"

namespace casus::why {

/// The way to an event as it is the same in many runs: by the first causes, in words without
/// places, sizes and days, without what the law thinks in between, and a series told once. With
/// `roles` "a state" stands for whichever state.
std::vector<std::string> signature(const Account& account, EventId event, bool roles);

}  // namespace casus::why
