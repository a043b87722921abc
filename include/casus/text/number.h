#pragma once

#include <limits>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "casus/core/export.h"
#include "casus/core/random.h"
#include "casus/core/source_place.h"

namespace casus {

/// What a number was found to be together with others: one value a row, each row as likely as any
/// other. All numbers whose rows have one name take the same row in a run.
struct NumberRows {
  std::string of;
  std::vector<double> values;
  friend bool operator==(const NumberRows&, const NumberRows&) = default;
};

/// A number of a scenario: a constant, or a prior that each run draws from once. A prior's draw is
/// addressed by the number's path, so every policy of a run sees the same world.
struct Number {
  enum class Shape { constant, uniform, triangular, normal, lognormal, beta, rows };
  Shape shape = Shape::constant;
  /// constant: a. uniform: [a, b]. triangular: low a, mode b, high c. normal: mean a, sd b.
  /// lognormal: median a, log-sd b. beta: shapes a and b, scaled to [0, 1].
  /// rows: none of them.
  double a = 0.0, b = 0.0, c = 0.0;
  /// normal, lognormal: the tails are cut here, and the draw is made between the limits.
  double low = -std::numeric_limits<double>::infinity();
  double high = std::numeric_limits<double>::infinity();
  std::shared_ptr<const NumberRows> rows{};  ///< of the shape `rows` alone

  constexpr Number() = default;
  constexpr Number(double value) : a(value) {}  // NOLINT: a constant is a number
  constexpr Number(Shape s, double a_, double b_, double c_ = 0.0)
      : shape(s), a(a_), b(b_), c(c_) {}
  /// One or more values.
  explicit Number(NumberRows r)
      : shape(Shape::rows), rows(std::make_shared<const NumberRows>(std::move(r))) {}

  /// The mean of the prior between its limits (of a constant: itself).
  double mean() const;
  friend bool operator==(const Number& x, const Number& y) {
    const bool same_rows =
        x.rows == y.rows || (x.rows != nullptr && y.rows != nullptr && *x.rows == *y.rows);
    return x.shape == y.shape && x.a == y.a && x.b == y.b && x.c == y.c && x.low == y.low &&
           x.high == y.high && same_rows;
  }
};

/// The value of the number at `path` ("actors.jnim.forces") in this run. `place` is for the book of
/// addresses.
CASUS_API double draw(const Number& number, Replicate replicate, std::string_view path,
                      SourcePlace place = SourcePlace::current());

}  // namespace casus
