#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "casus/core/export.h"

/// Fitting the few parameters of a model to outcomes of yes or no, by penalised maximum likelihood.
namespace casus {

/// What is fitted: outcomes of 0 or 1, how much each counts (empty: 1), and a normal prior on every
/// parameter as its mean and precision (1 / variance; 0: none).
struct BinaryData {
  std::span<const std::uint8_t> outcomes;
  std::span<const double> weights;
};
struct Prior {
  double mean = 0.0;
  double precision = 0.0;
};

struct Calibration {
  std::vector<double> parameters;
  double log_posterior = 0.0;  ///< up to a constant
  int iterations = 0;
  bool converged = false;
};

/// Writes the probability of every outcome under the given parameters.
using ProbabilityModel =
    std::function<void(std::span<const double> parameters, std::span<double> probabilities)>;

/// Fisher scoring with step halving, derivatives by central differences (relative step 1e-5). For
/// any smooth model with a handful of parameters. `start` has one value a parameter, as `priors`.
CASUS_API Calibration calibrate(const ProbabilityModel& model, const BinaryData& data,
                                std::span<const double> start, std::span<const Prior> priors);

/// The log posterior of a model, up to a constant, at any parameters that are finite.
using LogPosterior = std::function<double(std::span<const double> parameters)>;

/// Newton's steps from `start`, halved until they do not lead down; derivatives of first and second
/// order by central differences (relative step 1e-4), and where the surface is not concave as much
/// damping as makes it so. For what is smooth, has a handful of parameters and is no sum over
/// independent outcomes, as where those of a group have something in common. It climbs to the
/// maximum that is uphill from `start`.
CASUS_API Calibration maximise(const LogPosterior& log_posterior, std::span<const double> start);

/// Logistic regression with an intercept, by Newton's method (which for the logit is iteratively
/// reweighted least squares), and a ridge penalty `ridge` / 2 * b^2 on every coefficient but the
/// intercept. `rows`: covariates, row-major, `columns` a row. Parameters: intercept first.
CASUS_API Calibration fit_logistic(std::span<const double> rows, std::size_t columns,
                                   const BinaryData& data, double ridge);

/// Probability of a row under the fitted parameters.
CASUS_API double logistic_probability(std::span<const double> row,
                                      std::span<const double> parameters);

}  // namespace casus
