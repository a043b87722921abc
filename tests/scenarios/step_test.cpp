// Halving the step must not change what comes out, beyond the noise of the runs.
#include <gtest/gtest.h>

#include <cmath>

#include "../support/shipped.h"
#include "casus/study/ensemble.h"

namespace casus::test {
namespace {

}  // namespace
}  // namespace casus::test
