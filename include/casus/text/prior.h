#pragma once

#include "casus/core/export.h"
#include "casus/text/number.h"

namespace casus {

/// The value below which a share `u` in (0, 1) of the prior lies; of a constant, itself. Designs of
/// experiments put their points through this.
CASUS_API double prior_quantile(const Number& number, double u);

}  // namespace casus
