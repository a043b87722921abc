#include "casus/study/promises.h"

#include <map>
#include <tuple>

namespace casus {

std::vector<PromiseCount> count_promises(const EventLog& log, const ScenarioData& scenario) {
  std::map<std::tuple<std::uint32_t, std::uint32_t, std::uint32_t>, PromiseCount> counts;
  for (const Event& e : log.all()) {
    std::uint32_t PromiseCount::*counted = nullptr;
    switch (e.kind) {
      case EventKind::obliged:
        counted = &PromiseCount::obliged;
        break;
      case EventKind::able:
        counted = &PromiseCount::able;
        break;
      case EventKind::honour:
        counted = &PromiseCount::honoured;
        break;
      case EventKind::breach:
        counted = &PromiseCount::broken;
        break;
      case EventKind::conflict_of_obligation:
        counted = &PromiseCount::conflicts;
        break;
      default:
        continue;
    }
    if (!e.pact.valid() || e.pact.row() >= scenario.pacts.size()) continue;
    if (!e.who.valid() || e.who.row() >= scenario.actors.size()) continue;
    PromiseCount key;
    key.pact = static_cast<std::uint32_t>(e.pact.row());
    key.member = static_cast<std::uint32_t>(e.who.row());
    // The timeline may have given the pact articles that the scenario does not have.
    if (e.article.valid() && e.article.row() < scenario.pacts[e.pact.row()].articles.size()) {
      key.article = static_cast<std::uint32_t>(e.article.row());
    }
    const auto found = counts.try_emplace(std::tuple(key.pact, key.member, key.article), key).first;
    ++(found->second.*counted);
  }
  std::vector<PromiseCount> all;
  all.reserve(counts.size());
  for (const auto& [key, count] : counts) all.push_back(count);
  return all;
}

}  // namespace casus
