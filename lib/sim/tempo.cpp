#include "sim/tempo.h"

#include <cmath>

namespace casus {

namespace {

constexpr Purpose month_of_a_campaign("month_of_a_campaign");
constexpr double days_a_month = 30.0;
// Numerics: months are added up until those left out are below a thousandth of the variance; at the
// longest memory that takes half of so many.
constexpr double left_out = 1e-3;
constexpr std::uint32_t months = 84;

}  // namespace

void Tempo::configure(double sd, double memory_days) {
  sd_ = sd;
  kept_ = std::exp(-days_a_month / memory_days);
  forget();
}

void Tempo::look_up(const StepView& context) {
  const auto month = static_cast<std::uint32_t>(context.day() / days_a_month);
  const World& w = context.world;
  std::size_t first = factors_.size();
  if (month != month_ || first > w.presences.size()) first = 0;
  month_ = month;
  factors_.resize(w.presences.size(), 1.0);
  if (sd_ <= 0.0) return;
  for_rows(
      context.executor, factors_.size() - first,
      [&](std::size_t k) {
        const std::size_t i = first + k;
        const std::uint64_t actor = w.actors.key[w.presences.actor[i].row()].value;
        const std::uint64_t region = w.regions.key[w.presences.region[i].row()].value;
        // Months are counted from long before the run, so that none begins with a lull.
        double z = 0.0, weight = std::sqrt(1.0 - kept_ * kept_), rest = 1.0;
        for (std::uint32_t back = 0; back < months && rest > left_out; ++back) {
          Stream stream = context.stream_of(months + month - back, month_of_a_campaign,
                                            {actor, region}, Stream::again);
          z += weight * normal(stream);
          weight *= kept_;
          rest *= kept_ * kept_;
        }
        factors_[i] = std::exp(sd_ * z - 0.5 * sd_ * sd_);
      },
      32);
}

}  // namespace casus
