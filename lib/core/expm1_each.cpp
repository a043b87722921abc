#include "casus/core/expm1_each.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>

namespace casus {
namespace {

// Where the library takes no multiple of ln 2 off: below about ln 2 / 2.
constexpr double near_zero = std::bit_cast<double>(std::uint64_t{0x3fd62e43} << 32);

/// e^x - 1 for |x| < near_zero, by the same sums in the same order as the library from which
/// casus_expm1 is taken (pinned_math.h; there after FreeBSD's s_expm1.c, Sun Microsystems 1993), so
/// that no bit differs. What that returns at once, where the square is lost in rounding, is what
/// comes out here as well.
inline double expm1_near_zero(double x) {
  constexpr double q1 = -3.33333333333331316428e-02, q2 = 1.58730158725481460165e-03,
                   q3 = -7.93650757867487942473e-05, q4 = 4.00821782732936239552e-06,
                   q5 = -2.01099218183624371326e-07;
  const double half = 0.5 * x;
  const double square = x * half;
  const double r1 =
      1.0 + square * (q1 + square * (q2 + square * (q3 + square * (q4 + square * q5))));
  const double t = 3.0 - r1 * half;
  const double e = square * ((r1 - t) / (6.0 - x * t));
  return x - (x * e - square);
}

}  // namespace

void expm1_each(std::span<double> of) {
  // A few at a time, so that the compiler takes two in each instruction, and what is too far from
  // zero is still there to be asked of the library.
  constexpr std::size_t at_once = 32;
  std::array<double, at_once> near;
  for (std::size_t begin = 0; begin < of.size(); begin += at_once) {
    const std::size_t n = std::min(at_once, of.size() - begin);
    double* x = of.data() + begin;
    for (std::size_t i = 0; i < n; ++i) near[i] = expm1_near_zero(x[i]);
    for (std::size_t i = 0; i < n; ++i) {
      x[i] = std::abs(x[i]) < near_zero ? near[i] : std::expm1(x[i]);
    }
  }
}

}  // namespace casus
