#pragma once

#include <limits>

#include "casus/world/column_info.h"

namespace casus {

/// Rows' values as one: their sum, or a mean. NaN where a mean is of nobody.
class Aggregation {
 public:
  explicit Aggregation(Aggregate how) : how_(how) {}
  void add(double value, double residents) {
    const double w = how_ == Aggregate::by_residents ? residents : 1.0;
    total_ += how_ == Aggregate::sum ? value : value * w;
    weight_ += w;
  }
  double value() const {
    if (how_ == Aggregate::sum) return total_;
    return weight_ > 0.0 ? total_ / weight_ : std::numeric_limits<double>::quiet_NaN();
  }

 private:
  Aggregate how_;
  double total_ = 0.0, weight_ = 0.0;
};

}  // namespace casus
