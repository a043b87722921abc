#pragma once

#include <limits>
#include <string_view>

#include "casus/core/export.h"
#include "casus/core/random.h"
#include "casus/core/source_place.h"

namespace casus {

/// A number of a scenario: a constant, or a prior that each run draws from once. A prior's draw is
/// addressed by the number's path, so every policy of a run sees the same world.
struct Number {
  enum class Shape { constant, uniform, triangular, normal, lognormal, beta };
  Shape shape = Shape::constant;
  /// constant: a. uniform: [a, b]. triangular: low a, mode b, high c. normal: mean a, sd b.
  /// lognormal: median a, log-sd b. beta: shapes a and b, scaled to [0, 1].
  double a = 0.0, b = 0.0, c = 0.0;
  /// normal, lognormal: the tails are cut here, and the draw is made between the limits.
  double low = -std::numeric_limits<double>::infinity();
  double high = std::numeric_limits<double>::infinity();

  constexpr Number() = default;
  constexpr Number(double value) : a(value) {}  // NOLINT: a constant is a number
  constexpr Number(Shape s, double a_, double b_, double c_ = 0.0)
      : shape(s), a(a_), b(b_), c(c_) {}

  /// The mean of the prior between its limits (of a constant: itself).
  double mean() const;
  friend bool operator==(const Number&, const Number&) = default;
};

/// The value of the number at `path` ("actors.jnim.forces") in this run. `place` is for the book of
/// addresses.
CASUS_API double draw(const Number& number, Replicate replicate, std::string_view path,
                      SourcePlace place = SourcePlace::current());

}  // namespace casus
