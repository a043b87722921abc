#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <string_view>

#include "report/findings.h"
#include "report/text.h"

namespace casus::report {
namespace {

/// How much an event of a kind is worth telling; 0: not by itself.
int weight_of(std::string_view kind) {
  static const std::map<std::string_view, int> weights{{"coup", 9},
                                                       {"war_begins", 9},
                                                       {"invasion", 9},
                                                       {"intervention", 9},
                                                       {"peace", 8},
                                                       {"war_ends", 8},
                                                       {"ceasefire", 8},
                                                       {"occupation", 7},
                                                       {"joins_war", 7},
                                                       {"honour", 7},
                                                       {"breach", 7},
                                                       {"conflict_of_obligation", 7},
                                                       {"ultimatum", 6},
                                                       {"exit", 6},
                                                       {"exit_notice", 6},
                                                       {"expulsion", 6},
                                                       {"accession", 6},
                                                       {"intervention_vote", 6},
                                                       {"coup_attempt", 5},
                                                       {"sanction", 5},
                                                       {"sanction_lifted", 5},
                                                       {"blockade", 5},
                                                       {"suspension", 5},
                                                       {"reinstatement", 5},
                                                       {"threat", 4},
                                                       {"mobilisation", 4},
                                                       {"region_lost", 4},
                                                       {"region_regained", 4},
                                                       {"split", 4},
                                                       {"merge", 4},
                                                       {"war_resumes", 8},
                                                       {"strike", 4},
                                                       {"withdrawal", 3},
                                                       {"mediation", 3},
                                                       {"disbanded", 3},
                                                       {"deployment", 2}};
  const auto found = weights.find(kind);
  return found == weights.end() ? 0 : found->second;
}

}  // namespace

std::string heading(const ReportRun& run, double deaths) {
  const std::string name = fmt::format("Run {}", run.run);
  const std::string toll = deaths < 0.5 ? std::string("nobody killed")
                                        : number(deaths) + (deaths < 1.5 ? " death" : " deaths");
  if (run.role.empty()) return fmt::format("{}: {}", name, toll);
  if (run.role == "typical") return fmt::format("{}, a typical one: {}", name, toll);
  if (run.measure.empty()) {
    return deaths < 1.5 ? fmt::format("{}, with the {}: {}", name, run.role, toll)
                        : fmt::format("{}, with the {}: {}", name, run.role, number(deaths));
  }
  return fmt::format("{}, {} in “{}” ({}): {}", name, run.role, run.measure, number(run.value),
                     toll);
}

Telling telling(const ReportRun& run, std::size_t most) {
  Telling t;
  std::vector<std::pair<int, std::size_t>> ranked;
  std::map<std::string, std::size_t> seen;
  for (std::size_t i = 0; i < run.events.size(); ++i) {
    const ReportEvent& e = run.events[i];
    t.deaths += e.deaths;
    const int weight = weight_of(e.kind);
    if (weight == 0 || e.who.empty()) continue;
    // The tenth of the same kind by the same actor says less than the first of another.
    const std::size_t before = seen[e.kind + '\n' + e.who]++;
    ranked.emplace_back(weight - static_cast<int>(std::min<std::size_t>(before / 2, 8)), i);
  }
  std::stable_sort(ranked.begin(), ranked.end(),
                   [](const auto& a, const auto& b) { return a.first > b.first; });
  if (ranked.size() > most) ranked.resize(most);
  std::vector<std::size_t> rows;
  rows.reserve(ranked.size());
  for (const auto& [weight, i] : ranked) rows.push_back(i);
  std::sort(rows.begin(), rows.end());
  std::map<std::uint32_t, std::size_t> by_id;  // of all events
  std::map<std::size_t, std::uint32_t> told;   // rows of the log that are told
  for (std::size_t i = 0; i < run.events.size(); ++i) by_id.emplace(run.events[i].id, i);
  for (const std::size_t i : rows) {
    told.emplace(i, static_cast<std::uint32_t>(t.events.size()));
    t.events.push_back(&run.events[i]);
  }
  // Behind what is not told stands what led to it: the nearest that is.
  for (const std::size_t i : rows) {
    std::set<std::size_t> looked;
    std::vector<std::size_t> open{i};
    std::set<std::uint32_t> causes;
    while (!open.empty() && looked.size() < 200) {
      const std::size_t at = open.back();
      open.pop_back();
      for (const std::uint32_t id : run.events[at].causes) {
        const auto found = by_id.find(id);
        if (found == by_id.end() || !looked.insert(found->second).second) continue;
        const auto there = told.find(found->second);
        if (there != told.end()) {
          causes.insert(there->second);
        } else {
          open.push_back(found->second);
        }
      }
    }
    t.causes.emplace_back(causes.begin(), causes.end());
  }
  std::map<std::string, int> busy;
  for (const ReportEvent* e : t.events) ++busy[e->who];
  std::vector<std::pair<int, std::string>> lanes;
  lanes.reserve(busy.size());
  for (const auto& [who, n] : busy) lanes.emplace_back(-n, who);
  std::sort(lanes.begin(), lanes.end());
  t.lanes.reserve(lanes.size());
  for (const auto& [n, who] : lanes) t.lanes.push_back(who);
  return t;
}

}  // namespace casus::report
