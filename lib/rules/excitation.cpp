#include "casus/rules/excitation.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "casus/core/contracts.h"
#include "casus/rules/counts.h"

namespace casus::rules {
namespace {

double kept(double weeks) { return std::exp(-1.0 / weeks); }

/// The likelihood knows a camp by its rows: all weeks of all its regions.
struct Row {
  double count = 0.0;
  std::size_t region = 0;  ///< of the camp's
  ExcitationTerms terms;
  bool recent = false;  ///< counts for susceptibility
};

/// Expected events that each term brings, in the order of `Excitation`.
using Parts = std::array<double, 4>;

Parts parts(const Excitation& e, double susceptibility, const ExcitationTerms& t) {
  return {susceptibility * e.background, susceptibility * e.border * t.border, e.month * t.month,
          e.year * t.year};
}

class Fit {
 public:
  Fit(const WeeklyCounts& counts, const Neighbours& neighbours, const ExcitationSettings& settings)
      : settings_(settings), regions_(counts.regions), rows_(counts.camps) {
    ExcitationMemory memory(counts.camps, neighbours);
    std::vector<double> week(counts.camps * counts.regions);
    for (std::size_t w = 0; w < counts.weeks; ++w) {
      for (std::size_t i = 0; i < week.size(); ++i) week[i] = counts.counts[i * counts.weeks + w];
      for (std::size_t c = 0; w >= settings.burn_in && c < counts.camps; ++c) {
        for (std::size_t r = 0; r < regions_; ++r) {
          rows_[c].push_back({week[c * regions_ + r], r, memory.terms(c, r),
                              w + settings.susceptibility_weeks >= counts.weeks});
        }
      }
      memory.add_week(week);
    }
    out_.camps.resize(counts.camps);
    out_.susceptibility.assign(week.size(), 1.0);
  }

  ExcitationFit run() {
    for (int round = 0; round < settings_.rounds; ++round) {
      for (int step = 0; step < settings_.steps; ++step) {
        // The shape moves slowly and costs most.
        if (step % 10 == 0) fit_shapes();
        if (!improve()) break;
      }
      for (std::size_t c = 0; c < rows_.size(); ++c) decluster(c);
    }
    out_.log_likelihood = 0.0;
    for (std::size_t c = 0; c < rows_.size(); ++c) {
      for (const Row& row : rows_[c]) {
        const double mean = rate(c, row);
        out_.log_likelihood += NegativeBinomial(mean, out_.camps[c].shape)
                                   .log_probability(static_cast<std::uint64_t>(row.count));
      }
    }
    return std::move(out_);
  }

 private:
  double susceptibility(std::size_t camp, const Row& row) const {
    return out_.susceptibility[camp * regions_ + row.region];
  }
  double rate(std::size_t camp, const Row& row) const {
    return out_.camps[camp].rate(susceptibility(camp, row), row.terms);
  }

  void fit_shapes() {
    std::vector<double> counts, means;
    for (std::size_t c = 0; c < rows_.size(); ++c) {
      counts.clear();
      means.clear();
      for (const Row& row : rows_[c]) {
        counts.push_back(row.count);
        means.push_back(rate(c, row));
      }
      out_.camps[c].shape = negative_binomial_shape(counts, means);
    }
  }

  /// One step for all parameters but the shapes. False once none of them moves.
  bool improve() {
    std::vector<Parts> events(rows_.size()), exposure(rows_.size());
    for (std::size_t c = 0; c < rows_.size(); ++c) {
      events[c].fill(0.0);
      exposure[c].fill(0.0);
      const double shape = out_.camps[c].shape;
      for (const Row& row : rows_[c]) {
        const double s = susceptibility(c, row);
        const Parts p = parts(out_.camps[c], s, row.terms);
        const double total = p[0] + p[1] + p[2] + p[3];
        const double factor = (row.count + shape) / (total + shape);
        const Parts unit = {s, s * row.terms.border, row.terms.month, row.terms.year};
        for (std::size_t k = 0; k < p.size(); ++k) {
          if (row.count > 0.0) events[c][k] += row.count * p[k] / total;
          exposure[c][k] += factor * unit[k];
        }
      }
    }
    for (const std::size_t shared : {2U, 3U}) {
      double e = 0.0, x = 0.0;
      for (std::size_t c = 0; c < rows_.size(); ++c) {
        e += events[c][shared];
        x += exposure[c][shared];
      }
      for (std::size_t c = 0; c < rows_.size(); ++c) {
        events[c][shared] = e;
        exposure[c][shared] = x;
      }
    }
    double moved = 0.0;
    for (std::size_t c = 0; c < rows_.size(); ++c) {
      Excitation& e = out_.camps[c];
      double* const values[] = {&e.background, &e.border, &e.month, &e.year};
      for (std::size_t k = 0; k < std::size(values); ++k) {
        // What was never exposed (no neighbour, no past) is not known, and brings nothing.
        const double next = exposure[c][k] > 0.0 ? events[c][k] / exposure[c][k] : 0.0;
        // Rates of exactly zero would make an event of that kind impossible for ever.
        const double floored = k == 0 ? std::max(next, 1e-9) : next;
        moved = std::max(moved, std::abs(floored - *values[k]) / (std::abs(floored) + 1e-4));
        *values[k] = floored;
      }
    }
    return moved > 1e-6;
  }

  void decluster(std::size_t camp) {
    const Excitation& e = out_.camps[camp];
    std::vector<double> found(regions_, settings_.prior_events);
    std::vector<double> expected(found);
    for (const Row& row : rows_[camp]) {
      if (!row.recent) continue;
      const Parts p = parts(e, susceptibility(camp, row), row.terms);
      found[row.region] +=
          row.count > 0.0 ? row.count * (p[0] + p[1]) / (p[0] + p[1] + p[2] + p[3]) : 0.0;
      expected[row.region] += e.background + e.border * row.terms.border;
    }
    for (std::size_t r = 0; r < regions_; ++r) {
      out_.susceptibility[camp * regions_ + r] = found[r] / expected[r];
    }
  }

  ExcitationSettings settings_;
  std::size_t regions_;
  std::vector<std::vector<Row>> rows_;  // by camp
  ExcitationFit out_;
};

}  // namespace

ExcitationMemory::ExcitationMemory(std::size_t camps, const Neighbours& neighbours)
    : regions_(neighbours.size()),
      neighbours_(&neighbours),
      month_(camps * regions_, 0.0),
      year_(month_),
      border_(month_),
      near_(month_) {}

void ExcitationMemory::add_week(std::span<const double> counts) {
  CASUS_EXPECTS(counts.size() == month_.size(), "a week has a count for each camp and region");
  static const double keep_month = kept(month_weeks), keep_year = kept(year_weeks),
                      keep_border = kept(border_weeks);
  for (std::size_t i = 0; i < counts.size(); ++i) {
    month_[i] = keep_month * month_[i] + (1.0 - keep_month) * counts[i];
    year_[i] = keep_year * year_[i] + (1.0 - keep_year) * counts[i];
    border_[i] = keep_border * border_[i] + (1.0 - keep_border) * counts[i];
  }
  for (std::size_t i = 0; i < near_.size(); ++i) {
    const std::vector<std::uint32_t>& around = (*neighbours_)[i % regions_];
    const std::size_t camp = i - i % regions_;
    double sum = 0.0;
    for (const std::uint32_t n : around) sum += border_[camp + n];
    near_[i] = around.empty() ? 0.0 : sum / static_cast<double>(around.size());
  }
}

ExcitationTerms ExcitationMemory::terms(std::size_t camp, std::size_t region) const {
  const std::size_t i = camp * regions_ + region;
  return {near_[i], month_[i], year_[i]};
}

Excitation capped(Excitation excitation, double most) {
  CASUS_EXPECTS(most > 0.0, fmt::format("at most {} successors", most));
  const double scale = std::min(1.0, most / std::max(excitation.branching(), 1e-300));
  excitation.border *= scale;
  excitation.month *= scale;
  excitation.year *= scale;
  return excitation;
}

ExcitationFit fit_excitation(const WeeklyCounts& counts, const Neighbours& neighbours,
                             const ExcitationSettings& settings) {
  CASUS_EXPECTS(counts.camps > 0 && counts.regions == neighbours.size() && counts.regions > 0,
                "counts need a camp and the neighbours of each region");
  CASUS_EXPECTS(counts.weeks > settings.burn_in,
                fmt::format("{} weeks leave none to fit after {} to begin with", counts.weeks,
                            settings.burn_in));
  CASUS_EXPECTS(counts.counts.size() == counts.camps * counts.regions * counts.weeks,
                "counts of each camp, region and week");
  CASUS_EXPECTS(settings.prior_events > 0.0 && settings.rounds >= 1 && settings.steps >= 1,
                "a prior above zero, a round and a step");
  return Fit(counts, neighbours, settings).run();
}

}  // namespace casus::rules
