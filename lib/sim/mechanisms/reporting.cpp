#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "casus/core/row_index.h"
#include "sim/mechanisms.h"

namespace casus {
namespace {

constexpr Purpose report("report");

struct ReportingParameters {
  double visibility = 0.0;
  double dark_below = 0.0;
  double dark_share = 0.0;
  double noise = 0.0;
  double claims = 0.0;
};

/// What the world hears of an event's dead. It writes the report beside the truth in the log and
/// touches no column of the world, so that nothing can follow from it.
class Reporting final : public MechanismWith<Reporting, ReportingParameters> {
 public:
  static MechanismInfo about() {
    return {"reporting",
            "Which deaths are reported, and how many are said to have died: counts from afar are "
            "set beside these, not beside the truth.",
            "that small events and remote places are reported less: Weidmann 2016, "
            "doi:10.1111/ajps.12196; numbers judged",
            {},
            {},
            {},
            {},
            {},
            true};
  }
  static const std::vector<Parameter<ReportingParameters>>& table();

  void step(StepContext& context) override {
    seen_.clear();
    known_.clear();
    for (std::size_t i = context.step_mark; i < context.log.size(); ++i) {
      Event& e = context.log.at(EventId(i));
      if (e.deaths > 0.0) e.reported_deaths = reported(context, e);
    }
  }

  /// Each step begins from the log alone.
  void archive(Archive&) override {}

 private:
  double reported(const StepContext& context, const Event& e) {
    const World& w = context.world;
    const auto key = [&](ActorId a) { return a.valid() ? w.actors.key[a.row()].value : 0; };
    const std::uint64_t where = e.where.valid() ? w.regions.key[e.where.row()].value : 0;
    const auto kind = static_cast<std::uint64_t>(e.kind);
    // Of events that are alike in all this, the log's order tells one from another.
    const std::uint64_t alike = mix(mix(mix(key(e.who), key(e.whom)), where), kind);
    const auto event = [&](std::size_t row) { return seen_[row].event; };
    const std::uint32_t at = known_.find_or_add(
        alike, seen_.size(), event, [&](std::uint32_t row) { return event(row) == alike; });
    if (at == seen_.size()) seen_.push_back({alike, 0});
    const std::uint64_t before = seen_[at].times++;
    Stream stream = context.stream(report, {key(e.who), key(e.whom), where, kind, before});

    // Several attacks of a step are one event of the log: each is reported by itself.
    const bool counted = e.kind == EventKind::attack || e.kind == EventKind::operation;
    const double parts = counted ? std::max(1.0, std::round(e.size)) : 1.0;
    const bool dark = e.where.valid() && w.regions.control[e.where.row()] < p.dark_below;
    const double heard =
        -std::expm1(-p.visibility * e.deaths / parts) * (dark ? p.dark_share : 1.0);
    // Dead rebels are what armies claim; nobody claims those that groups kill of each other.
    const double claimed = with_a_state(w, e) ? (p.claims - 1.0) * e.group_deaths : 0.0;
    const double told = std::max(0.0, e.deaths + claimed) / parts;
    double sum = 0.0;
    for (double k = 0.0; k < parts; k += 1.0) {
      const double u = uniform(stream);
      const double z = normal(stream);
      if (u < heard) sum += told * std::exp(p.noise * z - 0.5 * p.noise * p.noise);
    }
    return sum;
  }

  static bool with_a_state(const World& w, const Event& e) {
    const auto army = [&](ActorId a) {
      return a.valid() && w.actors.kind[a.row()] != ActorKind::armed_group;
    };
    return army(e.who) || army(e.whom);
  }

  /// Events of the step so far that are alike.
  struct Seen {
    std::uint64_t event = 0, times = 0;
  };
  std::vector<Seen> seen_;
  RowIndex known_;  ///< of those
};

const std::vector<Parameter<ReportingParameters>>& Reporting::table() {
  using P = ReportingParameters;
  static const std::vector<Parameter<P>> rows{
      {{"visibility", Unit::none, 0.0, 5.0, 0.7,
        "An event with n dead is reported with the probability 1 - exp(-visibility n)",
        "judged: half of the events with one dead, nearly all with five"},
       &P::visibility},
      {{"dark_below", Unit::none, 0.0, 1.0, 0.3,
        "Share held by the owner below which less of a region is heard of",
        "judged: few journalists and officials work there"},
       &P::dark_below},
      {{"dark_share", Unit::none, 0.0, 1.0, 0.5,
        "Probability of a report from there, relative to elsewhere", "judged"},
       &P::dark_share},
      {{"noise", Unit::none, 0.0, 2.0, 0.3,
        "Log standard deviation of the number said to have died; its mean is the truth", "judged"},
       &P::noise},
      {{"claims", Unit::none, 0.5, 5.0, 1.5,
        "Dead of armed groups in a report of a fight with an army, for each that died",
        "judged: such figures are mostly the army's own"},
       &P::claims},
  };
  return rows;
}

}  // namespace

std::unique_ptr<Mechanism> make_reporting() { return std::make_unique<Reporting>(); }

}  // namespace casus
