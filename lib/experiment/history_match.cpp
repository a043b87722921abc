#include "casus/experiment/history_match.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <mutex>
#include <utility>

#include "casus/core/contracts.h"
#include "casus/experiment/experiment.h"
#include "casus/study/statistics.h"
#include "experiment/cube_sampler.h"
#include "experiment/wave.h"

namespace casus {
namespace {

using experiment::CubePoints;
using experiment::CubeSample;
using experiment::sample_cube;
using experiment::scaled_runs;
using experiment::ScaledRuns;
using experiment::Wave;

constexpr double nothing = -std::numeric_limits<double>::infinity();
constexpr double not_known = std::numeric_limits<double>::quiet_NaN();
/// To what power the penalty of what is ruled out is raised: what is beyond the cut by a tenth of a
/// standard deviation then weighs nothing.
constexpr double hard = 50.0;
constexpr double known_together = 0.5;  // correlation

double worst(const std::vector<double>& implausible) {
  return *std::max_element(implausible.begin(), implausible.end());
}

/// So many of the points, evenly through them.
CubePoints some_of(const CubePoints& points, std::size_t n) {
  CubePoints out;
  for (std::size_t i = 0; i < n; ++i) out.push_back(points[i * points.size() / n]);
  return out;
}

MatchRange range_of(std::vector<double> values) {
  if (values.empty()) return {not_known, not_known, not_known};
  std::sort(values.begin(), values.end());
  return {quantile(values, 0.05), quantile(values, 0.5), quantile(values, 0.95)};
}

double variance_of(const std::vector<double>& values) {
  const double sd = standard_deviation(values);
  return std::isnan(sd) ? 0.0 : sd * sd;
}

class Matcher {
 public:
  Matcher(const std::vector<MatchParameter>& parameters, const MatchModel& model,
          const MatchOptions& options, Executor& executor, MatchResult& out)
      : parameters_(parameters), model_(model), options_(options), executor_(executor), out_(out) {
    waves_.reserve(options.waves);
  }

  void match(const CubePoints& design) {
    const std::size_t d = parameters_.size();
    DesignSpec even;
    planned_ = design.size() * options_.replicates * (options_.waves + 1);
    even.method = DesignMethod::sobol;
    even.points = static_cast<std::uint32_t>(options_.particles);
    CubePoints left = design_points(even, d, options_.seed);
    look_at(left);
    CubePoints points = design;
    double share = 1.0;
    for (std::size_t w = 1; w <= options_.waves; ++w) {
      if (!run(points, w)) return;
      add_wave(w);
      share *= rule_out(left, w);
      out_.waves.push_back({points.size(), share, waves_.back().errors()});
      if (left.empty()) {
        out_.empty = true;
        return;
      }
      points = some_of(left, std::min(design.size(), left.size()));
    }
    const CubeSample posterior = sample_cube(
        left, [&](const auto& u) { return likelihood(u); }, sampler(0), executor_);
    look_at(posterior.points);
    take_posterior(posterior.points);
    if (run(some_of(posterior.points, std::min(design.size(), posterior.points.size())), 0)) {
      check();
    }
  }

  /// Which targets can be met, alone and by twos, and what comes nearest.
  void find() {
    const std::size_t t = out_.targets.size();
    out_.findings.resize(t);
    for (std::size_t j = 0; j < t; ++j) compare_runs(j);
    if (waves_.empty()) return;
    for (const CubePoints& points : looked_at_) {
      CubePoints found(points.size());
      for_each(
          executor_, points.size(), [&](std::size_t i) { found[i] = implausible(points[i]); }, 16);
      for (std::size_t i = 0; i < points.size(); ++i) consider(points[i], std::move(found[i]));
    }
    for (std::size_t j = 0; j < t; ++j) {
      TargetFinding& f = out_.findings[j];
      f.least = std::numeric_limits<double>::infinity();
      for (const auto& i : considered_) f.least = std::min(f.least, i[j]);
      f.impossible = f.least > options_.cut;
    }
    for (std::size_t a = 0; a < t; ++a) {
      for (std::size_t b = 0; b < a; ++b) {
        if (out_.findings[a].impossible || out_.findings[b].impossible) continue;
        double least = std::numeric_limits<double>::infinity();
        for (const auto& i : considered_) least = std::min(least, std::max(i[a], i[b]));
        if (least > options_.cut) out_.conflicts.push_back({b, a, least});
      }
    }
  }

 private:
  experiment::SamplerOptions sampler(std::uint32_t stage, double power = 1.0) const {
    return {power, options_.seed, stage};
  }

  std::vector<double> values_of(const std::vector<double>& unit) const {
    std::vector<double> out;
    out.reserve(unit.size());
    for (std::size_t k = 0; k < unit.size(); ++k) out.push_back(parameters_[k].quantile(unit[k]));
    return out;
  }

  /// Runs the model at the points; false if it was asked to stop.
  bool run(const CubePoints& points, std::size_t wave) {
    const std::size_t first = out_.points.size();
    std::vector<MatchPoint> made(points.size());
    for_each(
        executor_, points.size(),
        [&](std::size_t i) {
          if (options_.cancelled && options_.cancelled()) return;
          MatchPoint& p = made[i];
          p.wave = wave;
          p.unit = points[i];
          p.values = values_of(p.unit);
          p.runs = model_(p.values, static_cast<std::uint32_t>((first + i) * options_.replicates),
                          options_.replicates);
          summarise_point(p);
          tell();
        },
        1);
    for (MatchPoint& p : made) {
      if (p.runs.size() < options_.replicates) {
        out_.cancelled = true;
        return false;
      }
      out_.runs += p.runs.size();
      out_.failed += p.runs.size() - p.answered;
      out_.points.push_back(std::move(p));
    }
    return true;
  }

  void tell() {
    if (!options_.on_progress) return;
    const std::lock_guard lock(telling_);
    done_ += options_.replicates;
    options_.on_progress(planned_, done_);
  }

  void summarise_point(MatchPoint& p) const {
    for (const auto& run : p.runs) {
      const bool any = std::any_of(run.begin(), run.end(), [](double x) { return !std::isnan(x); });
      p.answered += any ? 1 : 0;
    }
    for (std::size_t j = 0; j < out_.targets.size(); ++j) {
      const MatchTarget& t = out_.targets[j];
      std::vector<double> values;
      for (const auto& run : p.runs) {
        if (!std::isnan(run[j])) values.push_back(run[j]);
      }
      p.mean.push_back(values.empty() ? not_known : mean(values));
      const ScaledRuns s = scaled_runs(t, p.runs, j);
      const double luck = s.variance * ((t.of_mean ? 0.0 : 1.0) + 1.0 / static_cast<double>(s.n));
      p.implausible.push_back(s.n < 2 ? not_known
                                      : std::abs(t.scaled(t.observed) - s.mean) /
                                            std::sqrt(t.spread() + luck));
    }
  }

  /// Emulators see the points of their wave, and the earlier ones that were not ruled out.
  void add_wave(std::size_t wave) {
    std::vector<const MatchPoint*> seen;
    for (const MatchPoint& p : out_.points) {
      if (p.wave == wave || plausible(p.unit)) seen.push_back(&p);
    }
    waves_.emplace_back(out_.targets, seen);
  }

  /// Not ruled out by the first `n` waves.
  bool plausible(const std::vector<double>& u, std::size_t n) const {
    return std::all_of(waves_.begin(), waves_.begin() + static_cast<std::ptrdiff_t>(n),
                       [&](const Wave& w) { return worst(w.implausible(u)) <= options_.cut; });
  }
  bool plausible(const std::vector<double>& u) const { return plausible(u, waves_.size()); }

  /// By the emulators that know the place: those of the first wave that rules it out, or the last.
  std::vector<double> implausible(const std::vector<double>& u) const {
    std::vector<double> out;
    for (const Wave& w : waves_) {
      out = w.implausible(u);
      if (worst(out) > options_.cut) break;
    }
    return out;
  }

  /// Leaves of a sample what the newest wave does not rule out; the share of it that is left.
  double rule_out(CubePoints& left, std::size_t wave) {
    const auto penalty = [&](const std::vector<double>& u) {
      if (!plausible(u, waves_.size() - 1)) return nothing;
      double beyond = 0.0;
      for (const double i : waves_.back().implausible(u)) {
        beyond += std::max(0.0, i * i - options_.cut * options_.cut);
      }
      return -0.5 * beyond;
    };
    const auto stage = static_cast<std::uint32_t>(2 * wave);
    const CubeSample near = sample_cube(left, penalty, sampler(stage, hard), executor_);
    look_at(near.points);
    CubePoints inside;
    for (std::size_t i = 0; i < near.points.size(); ++i) {
      if (near.density[i] >= 0.0) inside.push_back(near.points[i]);
    }
    const double share = std::exp(near.log_mass) * static_cast<double>(inside.size()) /
                         static_cast<double>(near.points.size());
    if (inside.empty()) {
      left.clear();
      return 0.0;
    }
    CubePoints full;
    for (std::size_t i = 0; i < options_.particles; ++i) {
      full.push_back(inside[i * inside.size() / options_.particles]);
    }
    left = sample_cube(
               full, [&](const auto& u) { return plausible(u) ? 0.0 : nothing; },
               sampler(stage + 1), executor_)
               .points;
    return share;
  }

  double likelihood(const std::vector<double>& u) const {
    if (!plausible(u, waves_.size() - 1)) return nothing;
    return waves_.back().log_likelihood(u);
  }

  void look_at(const CubePoints& points) { looked_at_.push_back(points); }

  void consider(const std::vector<double>& u, std::vector<double> found) {
    const double now = worst(found);
    if (out_.nearest.empty() || now < worst(out_.nearest_implausible)) {
      out_.nearest = values_of(u);
      out_.nearest_implausible = found;
    }
    considered_.push_back(std::move(found));
  }

  void take_posterior(const CubePoints& points) {
    for (const auto& u : some_of(points, options_.rows)) out_.rows.push_back(values_of(u));
    const std::size_t d = parameters_.size();
    std::vector<std::vector<double>> units(d), values(d);
    for (const auto& u : points) {
      const std::vector<double> v = values_of(u);
      for (std::size_t k = 0; k < d; ++k) {
        units[k].push_back(u[k]);
        values[k].push_back(v[k]);
      }
    }
    for (std::size_t k = 0; k < d; ++k) {
      const auto& q = parameters_[k].quantile;
      // A share of a prior is uniform, of variance 1/12.
      out_.parameters.push_back({parameters_[k].name,
                                 {q(0.05), q(0.5), q(0.95)},
                                 range_of(values[k]),
                                 1.0 - 12.0 * variance_of(units[k])});
      for (std::size_t l = 0; l < k; ++l) {
        const double r = correlation(units[k], units[l]);
        if (std::abs(r) > known_together) out_.together.push_back({l, k, r});
      }
    }
  }

  static double correlation(const std::vector<double>& x, const std::vector<double>& y) {
    const double a = mean(x), b = mean(y);
    double product = 0.0;
    for (std::size_t i = 0; i < x.size(); ++i) product += (x[i] - a) * (y[i] - b);
    const double scale = std::sqrt(variance_of(x) * variance_of(y));
    return scale > 0.0 ? product / static_cast<double>(x.size() - 1) / scale : 0.0;
  }

  /// How far the emulators are out where the posterior is.
  void check() {
    double total = 0.0, n = 0.0;
    for (const MatchPoint& p : out_.points) {
      if (p.wave != 0) continue;
      const auto emulated = waves_.back().at(p.unit);
      for (std::size_t j = 0; j < out_.targets.size(); ++j) {
        const ScaledRuns s = scaled_runs(out_.targets[j], p.runs, j);
        if (!emulated[j] || s.n < 2) continue;
        const double expected = emulated[j]->unsure + emulated[j]->luck / static_cast<double>(s.n);
        if (!(expected > 0.0)) continue;
        const double z = s.mean - emulated[j]->mean;
        total += z * z / expected;
        n += 1.0;
      }
    }
    out_.checked = n > 0.0 ? total / n : not_known;
  }

  void compare_runs(std::size_t j) {
    const MatchTarget& t = out_.targets[j];
    std::vector<double> before, after, scaled, means;
    for (const MatchPoint& p : out_.points) {
      if (p.wave > 1) continue;
      for (const auto& run : p.runs) {
        if (std::isnan(run[j])) continue;
        (p.wave == 1 ? before : after).push_back(run[j]);
        if (p.wave == 0) scaled.push_back(t.scaled(run[j]));
      }
      const ScaledRuns s = scaled_runs(t, p.runs, j);
      if (p.wave == 0 && s.n > 0) means.push_back(s.mean);
    }
    TargetFinding& f = out_.findings[j];
    f.mean_before = before.empty() ? not_known : mean(before);
    f.mean_after = after.empty() ? not_known : mean(after);
    f.strained = scaled.empty()
                     ? not_known
                     : (t.scaled(t.observed) - mean(scaled)) /
                           std::sqrt(t.spread() + variance_of(t.of_mean ? means : scaled));
    f.before = range_of(std::move(before));
    f.after = range_of(std::move(after));
  }

  const std::vector<MatchParameter>& parameters_;
  const MatchModel& model_;
  const MatchOptions& options_;
  Executor& executor_;
  MatchResult& out_;
  std::vector<Wave> waves_;
  std::vector<CubePoints> looked_at_;
  CubePoints considered_;  ///< implausibilities, by target
  std::mutex telling_;
  std::size_t planned_ = 0, done_ = 0;
};

}  // namespace

double MatchTarget::scaled(double value) const {
  if (!log_scale) return value;
  CASUS_EXPECTS(value >= 0.0,
                fmt::format("target '{}' is compared by logarithms, and {} has none", name, value));
  return std::log1p(value);
}

double MatchTarget::spread() const {
  // On the scale of logarithms, relative to what was observed.
  const double by = log_scale ? 1.0 / (1.0 + observed) : 1.0;
  return (error * error + discrepancy * discrepancy) * by * by;
}

MatchResult match_history(const std::vector<MatchParameter>& parameters,
                          const std::vector<MatchTarget>& targets, const MatchModel& model,
                          const std::vector<std::vector<double>>& design,
                          const MatchOptions& options, Executor& executor) {
  CASUS_EXPECTS(!parameters.empty(), "nothing is uncertain");
  CASUS_EXPECTS(!targets.empty(), "nothing is observed");
  CASUS_EXPECTS(options.replicates >= 2, "luck is not known from one run a point");
  CASUS_EXPECTS(options.waves >= 1, "no wave");
  CASUS_EXPECTS(options.rows >= 1 && options.rows <= options.particles,
                "rows are of the particles");
  CASUS_EXPECTS(design.size() >= parameters.size() + 3,
                fmt::format("{} points for {} parameters: three more are needed at least",
                            design.size(), parameters.size()));
  for (const MatchTarget& t : targets) {
    CASUS_EXPECTS(t.error > 0.0 && t.discrepancy >= 0.0,
                  fmt::format("target '{}' has no error", t.name));
    CASUS_EXPECTS(!t.log_scale || t.observed >= 0.0,
                  fmt::format("target '{}' has no logarithm", t.name));
  }
  MatchResult out;
  out.targets = targets;
  Matcher matcher(parameters, model, options, executor, out);
  matcher.match(design);
  if (!out.cancelled) matcher.find();
  return out;
}

}  // namespace casus
