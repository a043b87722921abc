#include "experiment/parting.h"

#include <algorithm>
#include <bit>
#include <cstddef>

#include "casus/core/ids.h"

namespace casus::experiment {
namespace {

class Names {
 public:
  explicit Names(std::size_t rows) { keys_.reserve(rows); }
  void add(std::string_view name) { keys_.push_back(name_hash(name)); }
  template <class Id>
  std::uint64_t operator[](Id id) const {
    return id.valid() && id.row() < keys_.size() ? keys_[id.row()] : 0;
  }

 private:
  std::vector<std::uint64_t> keys_;
};

/// The events of one world from a step on, by what they say, in order.
std::vector<std::uint64_t> digests(const std::vector<Trace>& events, std::size_t from) {
  std::vector<std::uint64_t> all;
  all.reserve(events.size() - from);
  for (std::size_t i = from; i < events.size(); ++i) all.push_back(events[i].who);
  std::sort(all.begin(), all.end());
  return all;
}

/// The first event of a step.
std::size_t begin_of(const std::vector<Trace>& events, std::uint32_t step) {
  const auto found = std::partition_point(events.begin(), events.end(),
                                          [step](const Trace& t) { return t.step < step; });
  return static_cast<std::size_t>(found - events.begin());
}

std::size_t in_common(const std::vector<std::uint64_t>& a, const std::vector<std::uint64_t>& b) {
  std::size_t common = 0, i = 0, j = 0;
  while (i < a.size() && j < b.size()) {
    if (a[i] == b[j]) {
      ++common, ++i, ++j;
    } else if (a[i] < b[j]) {
      ++i;
    } else {
      ++j;
    }
  }
  return common;
}

}  // namespace

std::vector<Trace> trace(const ScenarioData& scenario, const KeptEvents& events) {
  Names actors(events.actors.size()), regions(scenario.regions.size()),
      pacts(scenario.pacts.size());
  for (const std::string& name : events.actors) actors.add(name);
  for (const RegionSpec& region : scenario.regions) regions.add(region.name);
  for (const std::string& name : scenario.pact_names) pacts.add(name);
  std::vector<Trace> all;
  all.reserve(events.log.size());
  for (const Event& e : events.log.all()) {
    std::uint64_t article = 0;
    if (e.pact.valid() && e.article.valid() && e.pact.row() < scenario.pacts.size()) {
      const auto& articles = scenario.pacts[e.pact.row()].articles;
      if (e.article.row() < articles.size()) article = name_hash(articles[e.article.row()].id);
    }
    std::uint64_t h = mix(e.step, static_cast<std::uint64_t>(e.kind));
    for (const std::uint64_t key :
         {actors[e.who], actors[e.whom], regions[e.where], pacts[e.pact], article}) {
      h = mix(h, key);
    }
    std::uint64_t whole = mix(h, e.reason);
    for (const double x :
         {e.size, e.deaths, e.civilian_deaths, e.group_deaths, e.reported_deaths, e.ground}) {
      whole = mix(whole, std::bit_cast<std::uint64_t>(x));
    }
    all.push_back({e.step, e.kind, h, whole});
  }
  return all;
}

Parting parting(const std::vector<Trace>& base, const std::vector<Trace>& other,
                double days_per_step) {
  Parting found;
  const std::size_t both = std::min(base.size(), other.size());
  std::size_t i = 0;
  while (i < both && base[i].whole == other[i].whole) ++i;
  if (i == both && base.size() == other.size()) return found;
  found.parted = true;
  // Where each has another event next, the earlier of the two is the one that has no like.
  const bool of_base = i >= other.size() || (i < base.size() && base[i].step < other[i].step);
  const Trace& first = of_base ? base[i] : other[i];
  found.day = first.step * days_per_step;
  found.kind = first.kind;
  const auto b = digests(base, begin_of(base, first.step));
  const auto o = digests(other, begin_of(other, first.step));
  const auto all = static_cast<double>(b.size() + o.size());
  found.alike = 2.0 * static_cast<double>(in_common(b, o)) / all;
  return found;
}

}  // namespace casus::experiment
