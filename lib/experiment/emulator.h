#pragma once

#include <cstddef>
#include <vector>

// What stands in for a model between the points at which it was run.
namespace casus::experiment {

/// One target at the points of a wave: the mean of the runs, their variance, how many answered.
struct EmulatedRuns {
  std::vector<double> mean, variance;
  std::vector<std::size_t> n;
};

/// What an emulator says of the model at a point.
struct Emulated {
  double mean = 0.0;
  double unsure = 0.0;  ///< variance of the mean: too few points, too few runs, a poor fit
  double luck = 0.0;    ///< variance of single runs
};

/// Polynomials of the unit cube's coordinates, orthogonal on it.
class Features {
 public:
  /// As many terms as `points` can bear: linear ones, then squares, then products.
  Features(std::size_t dimensions, std::size_t points);
  std::vector<double> of(const std::vector<double>& u) const;
  std::size_t size() const { return size_; }

 private:
  std::size_t dimensions_, size_;
  bool squares_ = false, products_ = false;
};

/// How much each point says of the luck elsewhere: shares that add up to 1.
std::vector<double> nearness(const std::vector<std::vector<double>>& points,
                             const std::vector<double>& u);

/// A regression on features with weights and shrinkage.
class Emulator {
 public:
  Emulator(const Features& features, const std::vector<std::vector<double>>& points,
           const EmulatedRuns& runs);
  /// `near` is nearness() of the point.
  Emulated at(const std::vector<double>& features, const std::vector<double>& near) const;
  /// Mean square of what it is out at points that it was not shown, in its own standard deviations.
  double error() const { return error_; }

 private:
  double luck_at(const std::vector<double>& near) const;

  std::vector<double> coefficients_;
  std::vector<double> root_;  ///< of the precision of the coefficients, lower, by rows
  std::vector<double> variance_;
  double lack_ = 0.0;  ///< variance of what the features cannot follow
  double centre_ = 0.0, error_ = 1.0;
};

}  // namespace casus::experiment
