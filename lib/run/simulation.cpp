#include "casus/run/simulation.h"

#include <exception>

#include "casus/core/contracts.h"
#include "casus/core/diagnostics.h"
#include "run/guards.h"
#include "run/simulation_state.h"

namespace casus {

Scenario load_scenario(const std::string& file, const std::vector<Edit>& edits,
                       const ReadLimits& limits) {
  return Scenario::load(file, standard_registry().vocabulary(), edits, limits);
}

Simulation::Simulation(const Scenario& scenario, RunOptions options)
    : Simulation(scenario, standard_registry(), options) {}

Simulation::Simulation(With with, const Scenario& scenario, RunOptions options)
    : state_(std::make_unique<State>(scenario, with.registry, options)) {
  state_->begin();
}

Simulation::Simulation(std::unique_ptr<State> state) : state_(std::move(state)) {}

Simulation::~Simulation() = default;
Simulation::Simulation(Simulation&&) noexcept = default;
Simulation& Simulation::operator=(Simulation&&) noexcept = default;

namespace {

/// What a mechanism throws stops the run with date and mechanism; what says so already is left.
void step_guarded(Mechanism& mechanism, StepContext& context) {
  const auto wrapped = [&](const std::string& what) {
    return SimulationError(to_string(context.clock.date(context.step)), mechanism.info().name, {},
                           what + " [E0704]");
  };
  try {
    mechanism.step(context);
  } catch (const SimulationError&) {
    throw;
  } catch (const std::exception& e) {
    std::throw_with_nested(wrapped(e.what()));
  } catch (...) {
    std::throw_with_nested(wrapped("an exception of unknown type"));
  }
}

}  // namespace

void Simulation::step() {
  State& s = *state_;
  CASUS_EXPECTS(s.phase == State::Phase::rest, "a step inside a step");
  CASUS_EXPECTS(s.broken.empty(), "the run broke off and can only be restored: " + s.broken);
  CASUS_EXPECTS(!done(), "the run has ended");
  s.attacks.clear();
  s.operations.clear();
  s.acts.clear();
#ifdef CASUS_ENABLE_ASSERTS
  s.book.clear();
#endif
  StepContext context = s.context();
  s.phase = State::Phase::mechanisms;
  try {
    const std::size_t before = s.log.size();
    for (const ActOrder& order : s.orders) act(context, order);
    if (!s.orders.empty()) context.from_outside(before);
    s.orders.clear();
    for (std::size_t m = 0; m < s.mechanisms.size(); ++m) {
      if (!s.scenario->mechanisms[m].enabled) continue;
      if (s.changed[m] != 0) s.mechanisms[m]->configure(s.parameters[m]);
      s.changed[m] = 0;
      const std::string& name = s.mechanisms[m]->info().name;
      context.mechanism = s.names[m];
#ifdef CASUS_ENABLE_ASSERTS
      s.undeclared.watch(s.world);
#endif
      const std::size_t mark = s.log.size();
      const std::size_t presences = s.world.presences.size(), actors = s.world.actors.size();
      s.world.noted_presences.clear(presences);
      s.world.noted_actors.clear(actors);
      context.wrote = true;
      step_guarded(*s.mechanisms[m], context);
#ifdef CASUS_ENABLE_ASSERTS
      s.undeclared.expect_none(s.world, name, context.wrote ? s.writes[m] : ColumnSet(),
                               context.wrote ? s.notes[m] : ColumnSet());
#endif
      if (context.wrote) {
        check_world(context, name, s.written[m], s.affinities_looked_at);
        check_noted(context, name, s.noted[m], presences, actors);
      }
      check_kinds(context, name, mark);
    }
    check_world(context, "the step", s.unclaimed);
    check_log(context, s.options.max_events);
  } catch (const std::exception& e) {
    s.phase = State::Phase::rest;
    s.broken = e.what();
    throw;
  }
  s.phase = State::Phase::rest;
  ++s.step;
  // Of the last step at least: mechanisms read in this one what happened after them in the last.
  const std::uint32_t keep = s.options.keep_events;
  if (keep != 0 && s.step > keep) s.log.let_go(s.step - keep);
  s.notify(context.step_mark);
}

void Simulation::run() {
  while (!done()) step();
}

bool Simulation::done() const { return state_->step >= state_->scenario->clock.steps(); }
std::uint32_t Simulation::steps_done() const { return state_->step; }
Date Simulation::date() const { return state_->scenario->clock.date(state_->step); }
const World& Simulation::world() const { return state_->world; }
const Columns& Simulation::columns() const { return state_->world.columns; }
const EventLog& Simulation::log() const { return state_->log; }
const Scenario& Simulation::scenario() const { return state_->scenario; }

std::uint64_t Simulation::hash() const {
  State& s = *state_;
  Digester digester;
  digester(s.world, s.law, s.parameters, s.changed, s.orders);
  for (const auto& m : s.mechanisms) digester(*m);
  return digester.value();
}

Simulation::Observer Simulation::on_event(std::function<void(const Event&)> observer, From from) {
  CASUS_EXPECTS(state_->phase != State::Phase::mechanisms, "an observer added inside a step");
  const auto entry = std::make_shared<Observer::Entry>();
  entry->call = std::move(observer);
  if (from == From::start) {
    for (std::size_t i = 0; i < state_->log.size(); ++i) entry->call(state_->log.all()[i]);
  }
  state_->observers.push_back(entry);
  return Observer(entry);
}

void Simulation::Observer::remove() {
  if (const auto entry = entry_.lock()) entry->removed = true;
}

void Simulation::order(const ActOrder& order) {
  CASUS_EXPECTS(state_->phase != State::Phase::mechanisms, "an act ordered inside a step");
  check_order(state_->world, order);
  state_->orders.push_back(order);
}

std::vector<law::Expected> Simulation::expected(const ActOrder& order, ActorId observer) const {
  State& s = *state_;
  CASUS_EXPECTS(observer.valid() && observer.row() < s.world.actors.size(),
                "the observer is no actor");
  return casus::expected(s.context(), order, observer);
}

}  // namespace casus
