#include "casus/study/outcome.h"

#include <algorithm>
#include <limits>
#include <map>
#include <utility>

#include "casus/world/columns.h"
#include "study/aggregation.h"
#include "study/question.h"

namespace casus {
namespace {

constexpr std::uint32_t never = std::numeric_limits<std::uint32_t>::max();

/// What one pass over the log finds for one outcome.
struct Tally {
  std::size_t count = 0, whole = 0;
  std::uint32_t first_step = never, last_step = 0;
  EventToll toll{};
};

OutcomeValue known(double value) { return {value, OutcomeValue::Status::known}; }
OutcomeValue ratio(double part, double whole) {
  return whole > 0.0 ? known(part / whole) : OutcomeValue{};
}

OutcomeValue from_world(const Question& q, const World& world) {
  Aggregation all(q.column->info->aggregate);
  PathRef ref;
  ref.table = q.column->table;
  ref.column = q.column->column;
  if (ref.table == PathRef::Table::actor) {
    for (const ActorId a : q.actors) {
      ref.row = a.row();
      all.add(get(world, ref), 0.0);
    }
    return OutcomeValue::of(all.value());
  }
  for (ref.row = 0; ref.row < world.regions.size(); ++ref.row) {
    if (!q.where.passes(RegionId(ref.row))) continue;
    all.add(get(world, ref), world.regions.residents[ref.row]);
  }
  return OutcomeValue::of(all.value());
}

}  // namespace

struct OutcomeSet::State {
  double step_days = 1.0, run_days = 0.0;
  std::vector<Question> questions;
  Columns columns;                                  ///< which questions point into
  std::vector<std::vector<std::uint32_t>> by_kind;  ///< the questions that look at a kind
  std::map<EventKind, std::vector<std::uint32_t>> by_own_kind;
  std::vector<std::uint32_t> any_kind;  ///< those that look at every event

  void watch(EventKind kind, std::size_t question) {
    const auto row = static_cast<std::size_t>(kind);
    if (!is_own(kind) && row >= by_kind.size()) by_kind.resize(row + 1);
    auto& watchers = is_own(kind) ? by_own_kind[kind] : by_kind[row];
    const auto q = static_cast<std::uint32_t>(question);
    if (watchers.empty() || watchers.back() != q) watchers.push_back(q);
  }

  void count(std::size_t question, const Event& e, std::vector<Tally>& tallies) const {
    const Question& q = questions[question];
    if (!q.passes(e, e.step * step_days)) return;
    Tally& t = tallies[question];
    if (q.events != nullptr) {
      t.toll.deaths += e.deaths;
      t.toll.civilian_deaths += e.civilian_deaths;
      t.toll.size += e.size;
      t.toll.reported_deaths += e.reported_deaths;
      if (e.deaths > 0.0) {
        t.toll.reported_civilian_deaths += e.reported_deaths * (e.civilian_deaths / e.deaths);
      }
      return;
    }
    if (q.counts(e.kind)) {
      ++t.count;
      t.first_step = std::min(t.first_step, e.step);
      t.last_step = std::max(t.last_step, e.step);
    }
    if (std::find(q.whole.begin(), q.whole.end(), e.kind) != q.whole.end()) ++t.whole;
  }

  /// On which it first came, or up to which it was looked for.
  double first_day(const Question& q, const Tally& t) const {
    return t.first_step != never ? t.first_step * step_days : std::min(q.within_days, run_days);
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
        return {first_day(q, t), t.first_step != never ? OutcomeValue::Status::known
                                                       : OutcomeValue::Status::censored};
      case OutcomeSpec::Form::last:
        return t.count > 0 ? known(t.last_step * step_days) : OutcomeValue{};
      case OutcomeSpec::Form::sum:
      case OutcomeSpec::Form::final:
        break;
    }
    return q.events != nullptr ? known(q.events->of(t.toll)) : from_world(q, world);
  }
};

OutcomeSet::OutcomeSet(const ScenarioData& scenario) {
  auto state = std::make_unique<State>();
  state->columns = scenario.columns;
  state->step_days = scenario.clock.days();
  state->run_days = scenario.clock.steps() * scenario.clock.days();
  for (const OutcomeSpec& spec : scenario.outcomes) {
    const std::size_t row = state->questions.size();
    state->questions.push_back(make_question(spec, scenario));
    const Question& q = state->questions.back();
    if (q.column == nullptr) {
      for (const EventKind kind : q.kinds) state->watch(kind, row);
      for (const EventKind kind : q.whole) state->watch(kind, row);
    } else if (q.events != nullptr && q.events->only) {
      state->watch(*q.events->only, row);
    } else if (q.events != nullptr) {
      state->any_kind.push_back(static_cast<std::uint32_t>(row));
    }
  }
  state_ = std::move(state);
}

OutcomeSet::~OutcomeSet() = default;
OutcomeSet::OutcomeSet(OutcomeSet&&) noexcept = default;
OutcomeSet& OutcomeSet::operator=(OutcomeSet&&) noexcept = default;

std::size_t OutcomeSet::size() const { return state_->questions.size(); }

std::vector<EventId> OutcomeSet::events(std::size_t outcome, const EventLog& log) const {
  const Question& q = state_->questions[outcome];
  std::vector<EventId> found;
  if (q.column != nullptr && q.events == nullptr) return found;
  for (const Event& e : log.all()) {
    const bool kind =
        q.events == nullptr ? q.counts(e.kind) : !q.events->only || e.kind == *q.events->only;
    if (kind && q.passes(e, e.step * state_->step_days)) found.push_back(e.id);
  }
  return found;
}

std::vector<OutcomeValue> OutcomeSet::evaluate(const EventLog& log, const World& world) const {
  std::vector<double> days;
  return evaluate(log, world, days);
}

std::vector<OutcomeValue> OutcomeSet::evaluate(const EventLog& log, const World& world,
                                               std::vector<double>& days) const {
  std::vector<Tally> tallies(size());
  for (const Event& e : log.all()) {
    const auto kind = static_cast<std::size_t>(e.kind);
    if (kind < state_->by_kind.size()) {
      for (const std::uint32_t q : state_->by_kind[kind]) state_->count(q, e, tallies);
    } else if (const auto own = state_->by_own_kind.find(e.kind);
               own != state_->by_own_kind.end()) {
      for (const std::uint32_t q : own->second) state_->count(q, e, tallies);
    }
    for (const std::uint32_t q : state_->any_kind) state_->count(q, e, tallies);
  }
  std::vector<OutcomeValue> values;
  values.reserve(size());
  days.clear();
  days.reserve(size());
  for (std::size_t q = 0; q < size(); ++q) {
    const Question& question = state_->questions[q];
    values.push_back(state_->answer(question, tallies[q], world));
    days.push_back(question.form == OutcomeSpec::Form::ever
                       ? state_->first_day(question, tallies[q])
                       : OutcomeValue{}.value);
  }
  return values;
}

}  // namespace casus
