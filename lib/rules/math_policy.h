#pragma once

#include <boost/math/policies/policy.hpp>

namespace casus::rules {

/// Boost.Math would compute in the x87's extended precision by default; results must not depend on
/// whether a machine has one.
using MathPolicy = boost::math::policies::policy<boost::math::policies::promote_double<false>>;

}  // namespace casus::rules
