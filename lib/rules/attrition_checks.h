#pragma once

#include "casus/rules/attrition.h"

namespace casus::rules::detail {

/// Preconditions shared by the attrition laws.
void expect_attrition(Strengths start, double alpha, double beta, double days);

}  // namespace casus::rules::detail
