#pragma once

#include <utility>
#include <vector>

#include "casus/casebook/opinion.h"

namespace casus::casebook {

/// Adds to `opinion` every difference from what the step expects. `before`: who was at war when the
/// step began.
void compare(const Step& step, const std::vector<std::pair<ActorId, ActorId>>& before,
             StepOpinion& opinion);

}  // namespace casus::casebook
