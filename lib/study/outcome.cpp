#include "casus/study/outcome.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "study/question.h"
#include "study/regions.h"

namespace casus {
namespace {

constexpr std::uint32_t never = std::numeric_limits<std::uint32_t>::max();

/// What one pass over the log finds for one outcome.
struct Tally {
  std::size_t count = 0, whole = 0;
  std::uint32_t first_step = never;
  double deaths = 0.0, civilian_deaths = 0.0, size = 0.0;
};

double region_value(const RegionTable& regions, Column column, std::size_t r) {
  switch (column) {
    case Column::deaths:
      return regions.deaths[r];
    case Column::civilian_deaths:
      return regions.civilian_deaths[r];
    case Column::combat_deaths:
      return regions.deaths[r] - regions.civilian_deaths[r];
    case Column::attacks:
      return regions.attacks[r];
    case Column::displaced:
      return displaced_from(regions, RegionId(r));
    default:
      return 0.0;
  }
}

OutcomeValue known(double value) { return {value, OutcomeValue::Status::known}; }
OutcomeValue ratio(double part, double whole) {
  return whole > 0.0 ? known(part / whole) : OutcomeValue{};
}

OutcomeValue from_regions(const Question& q, const World& world) {
  double total = 0.0, residents = 0.0;
  for (std::size_t r = 0; r < world.regions.size(); ++r) {
    if (!q.where.passes(RegionId(r))) continue;
    if (q.column == Column::control) {
      total += world.regions.control[r] * world.regions.residents[r];
      residents += world.regions.residents[r];
    } else {
      total += region_value(world.regions, q.column, r);
    }
  }
  return q.column == Column::control ? ratio(total, residents) : known(total);
}

OutcomeValue from_actors(const Question& q, const World& world) {
  double total = 0.0, count = 0.0;
  for (const ActorId a : q.actors) {
    switch (q.column) {
      case Column::forces:
        total += world.forces(a);
        break;
      case Column::resources:
        total += world.actors.resources[a.row()];
        break;
      default:
        total += world.actors.legitimacy[a.row()];
        break;
    }
    count += 1.0;
  }
  return q.column == Column::legitimacy ? ratio(total, count) : known(total);
}

double from_tally(Column column, const Tally& t) {
  switch (column) {
    case Column::civilian_deaths:
      return t.civilian_deaths;
    case Column::combat_deaths:
      return t.deaths - t.civilian_deaths;
    case Column::attacks:
      return t.size;
    default:
      return t.deaths;
  }
}

}  // namespace

struct OutcomeSet::State {
  double step_days = 1.0, run_days = 0.0;
  std::vector<Question> questions;
  std::vector<std::vector<std::uint32_t>> by_kind;  ///< the questions that look at a kind
  std::vector<std::uint32_t> any_kind;              ///< those that look at every event

  void watch(EventKind kind, std::size_t question) {
    const auto row = static_cast<std::size_t>(kind);
    if (row >= by_kind.size()) by_kind.resize(row + 1);
    auto& watchers = by_kind[row];
    const auto q = static_cast<std::uint32_t>(question);
    if (watchers.empty() || watchers.back() != q) watchers.push_back(q);
  }

  void count(std::size_t question, const Event& e, std::vector<Tally>& tallies) const {
    const Question& q = questions[question];
    if (!q.passes(e, e.step * step_days)) return;
    Tally& t = tallies[question];
    if (q.from_events) {
      t.deaths += e.deaths;
      t.civilian_deaths += e.civilian_deaths;
      t.size += e.size;
      return;
    }
    if (e.kind == q.kind) {
      ++t.count;
      t.first_step = std::min(t.first_step, e.step);
    }
    if (std::find(q.whole.begin(), q.whole.end(), e.kind) != q.whole.end()) ++t.whole;
  }

  OutcomeValue answer(const Question& q, const Tally& t, const World& world) const {
    switch (q.form) {
      case OutcomeSpec::Form::ever:
        return known(t.count > 0 ? 1.0 : 0.0);
      case OutcomeSpec::Form::count:
        return known(static_cast<double>(t.count));
      case OutcomeSpec::Form::share:
        return ratio(static_cast<double>(t.count), static_cast<double>(t.whole));
      case OutcomeSpec::Form::first:
        if (t.first_step != never) return known(t.first_step * step_days);
        return {std::min(q.within_days, run_days), OutcomeValue::Status::censored};
      case OutcomeSpec::Form::sum:
      case OutcomeSpec::Form::final:
        break;
    }
    if (q.from_events) return known(from_tally(q.column, t));
    return q.of_actors ? from_actors(q, world) : from_regions(q, world);
  }
};

OutcomeSet::OutcomeSet(const ScenarioData& scenario) {
  auto state = std::make_unique<State>();
  state->step_days = scenario.clock.days();
  state->run_days = scenario.clock.steps() * scenario.clock.days();
  for (const OutcomeSpec& spec : scenario.outcomes) {
    const std::size_t row = state->questions.size();
    state->questions.push_back(make_question(spec, scenario));
    const Question& q = state->questions.back();
    if (q.column == Column::none) {
      state->watch(q.kind, row);
      for (const EventKind kind : q.whole) state->watch(kind, row);
    } else if (q.from_events && q.column == Column::attacks) {
      state->watch(EventKind::attack, row);
    } else if (q.from_events) {
      state->any_kind.push_back(static_cast<std::uint32_t>(row));
    }
  }
  state_ = std::move(state);
}

OutcomeSet::~OutcomeSet() = default;
OutcomeSet::OutcomeSet(OutcomeSet&&) noexcept = default;
OutcomeSet& OutcomeSet::operator=(OutcomeSet&&) noexcept = default;

std::size_t OutcomeSet::size() const { return state_->questions.size(); }

std::vector<OutcomeValue> OutcomeSet::evaluate(const EventLog& log, const World& world) const {
  std::vector<Tally> tallies(size());
  for (const Event& e : log.all()) {
    const auto kind = static_cast<std::size_t>(e.kind);
    if (kind < state_->by_kind.size()) {
      for (const std::uint32_t q : state_->by_kind[kind]) state_->count(q, e, tallies);
    }
    for (const std::uint32_t q : state_->any_kind) state_->count(q, e, tallies);
  }
  std::vector<OutcomeValue> values;
  values.reserve(size());
  for (std::size_t q = 0; q < size(); ++q) {
    values.push_back(state_->answer(state_->questions[q], tallies[q], world));
  }
  return values;
}

}  // namespace casus
