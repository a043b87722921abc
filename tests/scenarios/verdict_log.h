#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "../support/shipped.h"
#include "casus/core/executor.h"
#include "casus/law/vocabulary.h"

namespace casus::test {

/// What to look for in the log of a run; what is left out may be anything.
struct Wanted {
  EventKind kind{};
  std::string pact{};
  std::string article{};
  std::optional<law::Reason> reason{};
  std::string who{};
  std::string whom{};
  std::string where{};
  double at_least = 0.0;
};

/// How many runs such an ensemble has.
inline constexpr std::uint32_t runs = 60;

/// The logs of an ensemble, and questions about the stages of the law in them.
class VerdictLog {
 public:
  explicit VerdictLog(const std::string& file, const std::vector<Edit>& edits = {})
      : scenario_(load(file, edits)), logs_(runs) {
    const auto executor = tbb_executor(2);
    for_each(
        *executor, runs,
        [&](std::size_t r) {
          RunOptions options;
          options.run = static_cast<std::uint32_t>(r);
          Simulation s(scenario_, options);
          s.run();
          logs_[r].assign(s.log().all().begin(), s.log().all().end());
        },
        1);
  }

  /// In how many runs is there such an event?
  std::uint32_t in_runs(const Wanted& w) const {
    std::uint32_t n = 0;
    for (const auto& log : logs_) {
      n += std::any_of(log.begin(), log.end(), [&](const Event& e) { return fits(e, w); });
    }
    return n;
  }

  /// How many such events are there in all runs?
  std::uint32_t events(const Wanted& w) const {
    std::uint32_t n = 0;
    for (const auto& log : logs_) {
      n += static_cast<std::uint32_t>(
          std::count_if(log.begin(), log.end(), [&](const Event& e) { return fits(e, w); }));
    }
    return n;
  }

  /// The day of the first such event of each run that has one, in order.
  std::vector<double> days(const Wanted& w) const {
    std::vector<double> found;
    for (const auto& log : logs_) {
      const auto e =
          std::find_if(log.begin(), log.end(), [&](const Event& x) { return fits(x, w); });
      if (e != log.end()) found.push_back(e->step * scenario_->clock.days());
    }
    std::sort(found.begin(), found.end());
    return found;
  }

 private:
  template <class Id, class Names>
  static bool named(Id id, const Names& names, const std::string& wanted) {
    return wanted.empty() || (id.valid() && id.row() < names.size() && name(names, id) == wanted);
  }
  template <class Id>
  static const std::string& name(const std::vector<std::string>& names, Id id) {
    return names[id.row()];
  }
  template <class Spec, class Id>
  static const std::string& name(const std::vector<Spec>& specs, Id id) {
    return specs[id.row()].name;
  }

  bool fits(const Event& e, const Wanted& w) const {
    const ScenarioData& s = scenario_.data();
    if (e.kind != w.kind || e.size < w.at_least) return false;
    if (w.reason && e.reason != static_cast<std::uint16_t>(*w.reason)) return false;
    if (!named(e.pact, s.pact_names, w.pact) || !named(e.who, s.actors, w.who)) return false;
    if (!named(e.whom, s.actors, w.whom) || !named(e.where, s.regions, w.where)) return false;
    return w.article.empty() || (e.pact.valid() && e.article.valid() &&
                                 s.pacts[e.pact.row()].articles[e.article.row()].id == w.article);
  }

  Scenario scenario_;
  std::vector<std::vector<Event>> logs_;
};

inline constexpr double troops = static_cast<double>(law::Obligation::troops);

}  // namespace casus::test
