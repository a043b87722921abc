#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

#include "casus/core/executor.h"

// Points of the unit cube in proportion to a density that is cheap to have.
namespace casus::experiment {

using CubePoints = std::vector<std::vector<double>>;
/// The logarithm of a density, up to a constant; minus infinity where there is none.
using LogDensity = std::function<double(const std::vector<double>& u)>;

struct CubeSample {
  CubePoints points;            ///< each as likely as the others
  std::vector<double> density;  ///< the logarithm at each
  double log_mass = 0.0;        ///< ln of the mean of exp(power x density) over where it began
};

struct SamplerOptions {
  double power = 1.0;  ///< what the density is raised to in the end
  std::uint64_t seed = 1;
  std::uint32_t stage = 0;  ///< part of the addresses of draws: samples of one seed are apart
};

/// Sequential Monte Carlo (Del Moral, Doucet & Jasra 2006): the power grows from 0 as fast as half
/// of the points stay of use, points are drawn again by their weights, and each walks on at random.
/// `start` is a sample of where the density begins to be looked at; at least one of its points must
/// have a density. The result is the same for any executor.
CubeSample sample_cube(const CubePoints& start, const LogDensity& density,
                       const SamplerOptions& options, Executor& executor);

}  // namespace casus::experiment
