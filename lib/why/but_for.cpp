#include "casus/why/but_for.h"

#include <algorithm>
#include <limits>
#include <string_view>

namespace casus::why {
namespace {

/// What the law thinks, and not what anybody does.
bool thought(const Event& e) {
  switch (e.kind) {
    case EventKind::covered:
    case EventKind::invoked:
    case EventKind::obliged:
    case EventKind::able:
    case EventKind::law_no:
      return true;
    default:
      return false;
  }
}

class Reader {
 public:
  explicit Reader(const Recorded& run) : run_(run) { skip(); }
  const Event* now() const { return at_ < log().size() ? &log()[EventId(at_)] : nullptr; }
  void next() {
    ++at_;
    skip();
  }

  std::string_view actor(ActorId a) const {
    return a.valid() ? std::string_view(run_.events.actors[a.row()]) : std::string_view();
  }
  std::string_view region(RegionId r) const {
    return r.valid() ? std::string_view(run_.scenario.regions[r.row()].name) : std::string_view();
  }
  std::string_view pact(PactId p) const {
    return p.valid() ? std::string_view(run_.scenario.pact_names[p.row()]) : std::string_view();
  }
  std::string_view article(const Event& e) const {
    if (!e.pact.valid() || !e.article.valid()) return "";
    return run_.scenario.pacts[e.pact.row()].articles[e.article.row()].id;
  }

 private:
  const EventLog& log() const { return run_.events.log; }
  void skip() {
    while (at_ < log().size() && thought(log()[EventId(at_)])) ++at_;
  }

  const Recorded& run_;
  std::size_t at_ = 0;
};

bool same(const Reader& x, const Event& a, const Reader& y, const Event& b) {
  return a.kind == b.kind && a.step == b.step && x.actor(a.who) == y.actor(b.who) &&
         x.actor(a.whom) == y.actor(b.whom) && x.region(a.where) == y.region(b.where) &&
         x.pact(a.pact) == y.pact(b.pact) && x.article(a) == y.article(b) && a.reason == b.reason &&
         a.size == b.size && a.deaths == b.deaths && a.civilian_deaths == b.civilian_deaths &&
         a.ground == b.ground;
}

/// What one pair has shown.
struct Pair {
  bool ok = false, with = false, without = false;
  Divergence parting;
};

Estimate share(std::size_t part, std::size_t whole) {
  if (whole > 0) return proportion_estimate(part, whole);
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  return {nan, nan, nan, 0};
}

}  // namespace

Divergence first_divergence(const Recorded& with, const Recorded& without) {
  Reader x(with), y(without);
  Divergence out;
  while (x.now() != nullptr && y.now() != nullptr && same(x, *x.now(), y, *y.now())) {
    ++out.common;
    x.next();
    y.next();
  }
  if (x.now() == nullptr && y.now() == nullptr) return out;
  out.parts = true;
  if (x.now() != nullptr) out.with = x.now()->id;
  if (y.now() != nullptr) out.without = y.now()->id;
  constexpr std::uint32_t never = std::numeric_limits<std::uint32_t>::max();
  out.step = std::min(x.now() != nullptr ? x.now()->step : never,
                      y.now() != nullptr ? y.now()->step : never);
  return out;
}

void estimate(ButFor& p) {
  p.necessity = share(p.only_with, p.both + p.only_with);
  p.sufficiency = share(p.only_with, p.only_with + p.neither);
  p.necessary_and_sufficient =
      share(p.only_with, p.both + p.only_with + p.only_without + p.neither);
}

ButFor but_for(const Scenario& with, const Scenario& without, const Registry& registry,
               const std::string& target, const Runs& runs) {
  const Target here(with.data(), target);
  const Target there(without.data(), target);
  std::vector<Pair> pairs(runs.runs);
  EnsembleOptions options;
  options.runs = runs.runs;
  options.first_run = runs.first;
  options.seed = runs.seed;
  options.executor = runs.executor;
  if (runs.on_run) options.on_progress = [&](const EnsembleProgress&) { runs.on_run(); };
  const auto one = [&](const RunSpec& asked) {
    RunSpec spec = asked;
    spec.keep_events = true;
    RunResult a = run_once(with, registry, spec);
    const RunResult b = run_once(without, registry, spec);
    Pair& pair = pairs[spec.run - runs.first];
    pair.ok = !a.failure && !b.failure;
    if (pair.ok) {
      pair.with = here.happened(a);
      pair.without = there.happened(b);
      pair.parting = first_divergence({with.data(), *a.events}, {without.data(), *b.events});
    }
    a.events.reset();
    return a;
  };
  run_each(one, options);
  ButFor out;
  std::vector<std::uint32_t> steps;
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    const Pair& p = pairs[i];
    if (!p.ok) {
      ++out.failed;
      continue;
    }
    ++out.runs;
    ++(p.with ? (p.without ? out.both : out.only_with)
              : (p.without ? out.only_without : out.neither));
    if (p.parting.parts) {
      steps.push_back(p.parting.step);
    } else if (out.never.size() < 5) {
      out.never.push_back(runs.first + static_cast<std::uint32_t>(i));
    }
  }
  out.parted = steps.size();
  std::sort(steps.begin(), steps.end());
  if (!steps.empty()) out.median_step = steps[steps.size() / 2];
  estimate(out);
  return out;
}

Edit taking_away(const std::string& path) {
  const std::size_t equals = path.find('=');
  if (equals == std::string::npos) return {Edit::Kind::remove, path, ""};
  return {Edit::Kind::set, path.substr(0, equals), path.substr(equals + 1)};
}

}  // namespace casus::why
