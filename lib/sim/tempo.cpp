#include "sim/tempo.h"

#include <cmath>

namespace casus {

namespace {

constexpr Purpose month_of_a_campaign("month_of_a_campaign");
constexpr double days_a_month = 30.0;
// Numerics: months are added up until those left out are below a thousandth of the variance; at the
// longest memory that takes half of so many.
constexpr double left_out = 1e-3;
constexpr std::uint32_t longest = 84;

}  // namespace

void Tempo::configure(double sd, double memory_days) {
  sd_ = sd;
  kept_ = std::exp(-days_a_month / memory_days);
  window_ = 1;
  for (double rest = kept_ * kept_; window_ < longest && rest > left_out; ++window_) {
    rest *= kept_ * kept_;
  }
  forget();
}

void Tempo::look_up(const StepView& context) {
  const auto month = static_cast<std::uint32_t>(context.day() / days_a_month);
  const World& w = context.world;
  if (factors_.size() > w.presences.size() || month < month_ || month > month_ + 1) forget();
  const std::size_t known = factors_.size();  // of which the months behind are
  const std::size_t first = month == month_ ? known : 0;
  month_ = month;
  factors_.resize(w.presences.size(), 1.0);
  if (sd_ <= 0.0) return;
  normals_.resize(factors_.size() * window_);
  for_rows(
      context.executor, factors_.size() - first,
      [&](std::size_t k) {
        const std::size_t i = first + k;
        double* normals = normals_.data() + i * window_;
        const std::uint64_t actor = w.actors.key[w.presences.actor[i].row()].value;
        const std::uint64_t region = w.regions.key[w.presences.region[i].row()].value;
        const std::uint32_t drawn = i < known ? 1 : window_;
        // Months are counted from long before the run, so that none begins with a lull.
        double z = 0.0, weight = std::sqrt(1.0 - kept_ * kept_);
        for (std::uint32_t back = 0; back < window_; ++back) {
          const std::uint32_t at = longest + month - back;
          double& x = normals[at % window_];
          if (back < drawn) {
            Stream stream =
                context.stream_of(at, month_of_a_campaign, {actor, region}, Stream::again);
            x = normal(stream);
          }
          z += weight * x;
          weight *= kept_;
        }
        factors_[i] = std::exp(sd_ * z - 0.5 * sd_ * sd_);
      },
      32);
}

}  // namespace casus
