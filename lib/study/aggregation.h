#pragma once

#include <cstddef>
#include <limits>

#include "casus/world/column_info.h"

namespace casus {

/// Rows' values as one: their sum, or a mean. Of rows where nobody lives any more a mean by
/// residents is the plain one; NaN where there are no rows.
class Aggregation {
 public:
  explicit Aggregation(Aggregate how) : how_(how) {}
  void add(double value, double residents) {
    const double w = how_ == Aggregate::by_residents ? residents : 1.0;
    total_ += how_ == Aggregate::sum ? value : value * w;
    weight_ += w;
    plain_ += value;
    ++rows_;
  }
  double value() const {
    if (how_ == Aggregate::sum) return total_;
    if (weight_ > 0.0) return total_ / weight_;
    return rows_ > 0 ? plain_ / static_cast<double>(rows_)
                     : std::numeric_limits<double>::quiet_NaN();
  }

 private:
  Aggregate how_;
  double total_ = 0.0, weight_ = 0.0, plain_ = 0.0;
  std::size_t rows_ = 0;
};

}  // namespace casus
