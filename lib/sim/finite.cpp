#include "sim/finite.h"

#include <fmt/format.h>

#include <cmath>
#include <string>

#include "casus/core/calendar.h"
#include "casus/core/diagnostics.h"

namespace casus {

void check_finite(const StepView& context, std::string_view mechanism, double value,
                  std::string_view what) {
  if (std::isfinite(value)) return;
  throw SimulationError(to_string(context.clock.date(context.step)), std::string(mechanism), {},
                        fmt::format("{} became {} [E0701]", what, value));
}

}  // namespace casus
