#include "casus/sim/simulation.h"

#include "casus/core/contracts.h"
#include "casus/scenario/make_world.h"
#include "casus/scenario/paths.h"
#include "sim/guards.h"
#include "sim/start.h"

namespace casus {

// What a snapshot has to hold: everything that influences the rest of the run.
struct Simulation::Snapshot {
  World world;
  EventLog log;
  std::vector<std::unique_ptr<Mechanism>> mechanisms;
  LawRules law;
  std::vector<std::vector<double>> parameters;
  std::vector<std::uint8_t> changed;
  std::uint32_t step = 0;

  Snapshot() = default;
  Snapshot(const Snapshot& other)
      : world(other.world),
        log(other.log),
        law(other.law),
        parameters(other.parameters),
        changed(other.changed),
        step(other.step) {
    for (const auto& m : other.mechanisms) mechanisms.push_back(m->clone());
  }
};

struct Simulation::State : Snapshot {
  Scenario scenario;
  RunOptions options;
  std::unique_ptr<Executor> own_executor;
  std::vector<Attack> attacks;
  std::vector<law::Act> acts;
  std::vector<std::function<void(const Event&)>> observers;
  std::vector<ColumnSet> writes;  ///< of each mechanism
#ifdef CASUS_ENABLE_ASSERTS
  UndeclaredWrites undeclared;
#endif

  explicit State(const Scenario& s) : scenario(s) {}

  StepContext context() {
    Executor& executor = options.executor != nullptr ? *options.executor : *own_executor;
    return {world,
            log,
            executor,
            scenario.data(),
            scenario.data().clock,
            {options.seed, options.run},
            step,
            log.size(),
            attacks,
            acts,
            law,
            parameters,
            changed};
  }
};

Scenario load_scenario(const std::string& file, const std::vector<Edit>& edits,
                       const ReadLimits& limits) {
  return Scenario::load(file, standard_registry().vocabulary(), edits, limits);
}

Simulation::Simulation(const Scenario& scenario, RunOptions options)
    : Simulation(scenario, standard_registry(), options) {}

Simulation::Simulation(const Scenario& scenario, const Registry& registry, RunOptions options)
    : state_(std::make_unique<State>(scenario)) {
  State& s = *state_;
  s.options = options;
  if (options.executor == nullptr) s.own_executor = serial_executor();
  const Replicate replicate{options.seed, options.run};
  const ScenarioData& data = scenario.data();
  s.world = make_world(data, replicate, options.dense_relations);
  s.mechanisms = registry.make();
  CASUS_EXPECTS(s.mechanisms.size() == data.mechanisms.size(),
                "the scenario was loaded with another registry's vocabulary");
  for (std::size_t m = 0; m < s.mechanisms.size(); ++m) {
    const MechanismSpec& spec = data.mechanisms[m];
    const MechanismInfo& info = s.mechanisms[m]->info();
    CASUS_EXPECTS(spec.name == info.name,
                  "the scenario was loaded with another registry's vocabulary");
    auto& values = s.parameters.emplace_back();
    for (std::size_t i = 0; i < spec.values.size(); ++i) {
      values.push_back(draw(spec.values[i], replicate,
                            "mechanisms." + spec.name + "." + info.parameters[i].name));
    }
    s.mechanisms[m]->configure(values);
    s.writes.push_back(columns_named(info.writes));
  }
  s.changed.assign(s.mechanisms.size(), 0);
  StepContext context = s.context();
  log_starting_conditions(context);
  for (std::size_t m = 0; m < s.mechanisms.size(); ++m) {
    if (data.mechanisms[m].enabled) s.mechanisms[m]->begin(context);
  }
}

Simulation::~Simulation() = default;
Simulation::Simulation(Simulation&&) noexcept = default;
Simulation& Simulation::operator=(Simulation&&) noexcept = default;

void Simulation::step() {
  State& s = *state_;
  CASUS_EXPECTS(!done(), "the run has ended");
  s.attacks.clear();
  s.acts.clear();
  StepContext context = s.context();
  for (std::size_t m = 0; m < s.mechanisms.size(); ++m) {
    if (!s.scenario->mechanisms[m].enabled) continue;
    if (s.changed[m] != 0) s.mechanisms[m]->configure(s.parameters[m]);
    s.changed[m] = 0;
    const std::string& name = s.mechanisms[m]->info().name;
#ifdef CASUS_ENABLE_ASSERTS
    s.undeclared.watch(s.world, s.writes[m]);
#endif
    s.mechanisms[m]->step(context);
#ifdef CASUS_ENABLE_ASSERTS
    s.undeclared.expect_none(s.world, name);
#endif
    check_world(context, name, s.writes[m]);
  }
  // Once more for all: what a mechanism wrote without saying so, or somebody between two steps.
  check_world(context, "the step");
  check_log(context, s.options.max_events);
  ++s.step;
  for (const auto& observer : s.observers) {
    for (const Event& event : s.log.since(context.step_mark)) observer(event);
  }
}

void Simulation::run() {
  while (!done()) step();
}

bool Simulation::done() const { return state_->step >= state_->scenario->clock.steps(); }
std::uint32_t Simulation::steps_done() const { return state_->step; }
Date Simulation::date() const { return state_->scenario->clock.date(state_->step); }
const World& Simulation::world() const { return state_->world; }
const EventLog& Simulation::log() const { return state_->log; }
const Scenario& Simulation::scenario() const { return state_->scenario; }

std::uint64_t Simulation::hash() const {
  std::uint64_t h = casus::hash(state_->world);
  for (const auto& m : state_->mechanisms) h = mix(h, m->hash());
  return h;
}

void Simulation::on_event(std::function<void(const Event&)> observer) {
  state_->observers.push_back(std::move(observer));
}

double Simulation::get(std::string_view path) const {
  const PathRef ref = resolve_path(state_->scenario.data(), state_->scenario.vocabulary(), path);
  if (ref.table == PathRef::Table::parameter) return state_->parameters[ref.row][ref.row2];
  return casus::get(state_->world, ref);
}

void Simulation::set(std::string_view path, double value) {
  State& s = *state_;
  const PathRef ref = resolve_path(s.scenario.data(), s.scenario.vocabulary(), path);
  if (ref.table != PathRef::Table::parameter) return casus::set(s.world, ref, value);
  const ParameterInfo& info = s.scenario.vocabulary()[ref.row].parameters[ref.row2];
  CASUS_EXPECTS(value >= info.low && value <= info.high,
                ref.path + " = " + std::to_string(value) + " is outside [" +
                    std::to_string(info.low) + ", " + std::to_string(info.high) + "]");
  s.parameters[ref.row][ref.row2] = value;
  s.changed[ref.row] = 1;
}

std::span<const double> Simulation::column(std::string_view path) const {
  const auto values = casus::column(state_->world, path);
  CASUS_EXPECTS(!values.empty(), "no column '" + std::string(path) + "'; nearest: '" +
                                     nearest(path, column_names()) + "'");
  return values;
}

std::shared_ptr<const Simulation::Snapshot> Simulation::save() const {
  return std::make_shared<Snapshot>(*state_);
}

void Simulation::restore(const Snapshot& snapshot) {
  CASUS_EXPECTS(snapshot.mechanisms.size() == state_->mechanisms.size(),
                "a snapshot of another simulation");
  Snapshot copy(snapshot);
  state_->world = std::move(copy.world);
  state_->log = std::move(copy.log);
  state_->mechanisms = std::move(copy.mechanisms);
  state_->law = copy.law;
  state_->parameters = std::move(copy.parameters);
  state_->changed = std::move(copy.changed);
  state_->step = copy.step;
}

}  // namespace casus
