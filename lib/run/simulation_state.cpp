#include "run/simulation_state.h"

#include <algorithm>
#include <exception>

#include "casus/core/archive.h"
#include "casus/core/contracts.h"
#include "casus/scenario/make_world.h"
#include "run/guards.h"
#include "run/start.h"

namespace casus {

Simulation::State::State(const Scenario& s, const Registry& r, RunOptions o)
    : replicate{o.seed, o.run}, scenario(s), registry(r), options(o) {
  if (options.executor == nullptr) own_executor = serial_executor();
  mechanisms = registry.make();
  const std::vector<MechanismSpec>& specs = scenario->mechanisms;
  bool same = mechanisms.size() == specs.size();
  for (std::size_t m = 0; same && m < mechanisms.size(); ++m) {
    same = mechanisms[m]->info().name == specs[m].name &&
           mechanisms[m]->info().parameters.size() == specs[m].values.size();
  }
  CASUS_EXPECTS(same, "the scenario was loaded with another registry's vocabulary");
  world.columns = scenario->columns;
  expect_own_columns();
  for (const auto& m : mechanisms) {
    m->bind(world.columns);
    writes.push_back(columns_written(m->info(), world.columns));
    written.push_back(rows_of(writes.back(), world.columns));
    notes.push_back(columns_noted(m->info(), world.columns));
    noted.push_back(rows_of(notes.back(), world.columns));
    names.push_back(name_hash(m->info().name));
  }
  const bool standard = std::all_of(mechanisms.begin(), mechanisms.end(), [](const auto& m) {
    return is_standard_mechanism(m->info().name);
  });
  ColumnSet rest = every_column(world.columns);
  for (std::size_t m = 0; standard && m < writes.size(); ++m) rest &= ~(writes[m] | notes[m]);
  unclaimed = rows_of(rest, world.columns);
  changed.assign(mechanisms.size(), 0);
}

void Simulation::State::expect_own_columns() const {
  std::size_t columns = 0, events = 0;
  bool same = true;
  for (const auto& m : mechanisms) {
    for (const OwnColumn& c : m->info().columns) {
      const auto own = world.columns.own();
      same = same && std::any_of(own.begin(), own.end(), [&](const OwnColumn& other) {
               return other.table == c.table && other.info.name == c.info.name;
             });
      ++columns;
    }
    for (const OwnEvent& e : m->info().events) {
      same = same && scenario->events.knows(own_event_kind(e.name));
      ++events;
    }
  }
  CASUS_EXPECTS(
      same && columns == world.columns.own().size() && events == scenario->events.own().size(),
      "the scenario was loaded without the columns or events that the mechanisms own");
}

void Simulation::State::begin() {
  world = make_world(scenario.data(), source(), options.dense_relations);
  for (std::size_t m = 0; m < mechanisms.size(); ++m) {
    const MechanismSpec& spec = scenario->mechanisms[m];
    const MechanismInfo& info = mechanisms[m]->info();
    auto& values = parameters.emplace_back();
    for (std::size_t i = 0; i < spec.values.size(); ++i) {
      values.push_back(draw(spec.values[i], source(),
                            "mechanisms." + spec.name + "." + info.parameters[i].name));
    }
    mechanisms[m]->configure(values);
  }
  StepContext now = context();
  // A draw from a wide prior can be too large for a double; mechanisms begin on numbers.
  check_world(now, "the start");
  log_starting_conditions(now);
  for (std::size_t m = 0; m < mechanisms.size(); ++m) {
    if (!scenario->mechanisms[m].enabled) continue;
    now.mechanism = name_hash(mechanisms[m]->info().name);
    mechanisms[m]->begin(now);
  }
}

void Simulation::State::settle() {
  affinities_looked_at = never_looked;
  check_shape(world, log.size());
  index_rows(world);
  world.wars.index(world.actors.size());
  CASUS_EXPECTS(parameters.size() == mechanisms.size() && changed.size() == mechanisms.size(),
                "parameters of another number of mechanisms");
  for (std::size_t m = 0; m < mechanisms.size(); ++m) {
    const auto& table = mechanisms[m]->info().parameters;
    CASUS_EXPECTS(parameters[m].size() == table.size(),
                  "another number of parameters of '" + mechanisms[m]->info().name + "'");
  }
}

void Simulation::State::check_rows() {
  RowChecker rows;
  using Table = Archive::Table;
  rows.limit(Table::actors, world.actors.size());
  rows.limit(Table::regions, world.regions.size());
  rows.limit(Table::pacts, world.pacts.size());
  rows.limit(Table::wars, world.wars.size());
  rows.limit(Table::events, log.size());
  archive(rows);
}

void Simulation::State::archive(Archive& a) {
  a(replicate.seed, replicate.run, step, world, log, law, parameters, changed, orders);
  if (a.reads()) settle();
  for (std::size_t m = 0; m < mechanisms.size(); ++m) {
    // What follows from the parameters is no memory, and has to be there before it.
    if (a.reads()) mechanisms[m]->configure(parameters[m]);
    mechanisms[m]->archive(a);
    if (a.reads()) mechanisms[m]->attach(law);
  }
}

Fingerprint Simulation::State::fingerprint() const {
  Fingerprint all = casus::fingerprint(scenario.data());
  // Fresh ones, so that what a memory holds has no part in how it is laid out.
  for (const auto& fresh : registry.make()) {
    const MechanismInfo& info = fresh->info();
    Digester table;
    for (ParameterInfo p : info.parameters) table(p.name, p.unit, p.low, p.high);
    LayoutDigester memory;
    fresh->archive(memory);
    all.emplace_back("the parameters of '" + info.name + "'", table.value());
    all.emplace_back("the memory of '" + info.name + "'", memory.value());
  }
  return all;
}

void Simulation::State::notify(std::size_t mark) {
  // Those that come while others are told see the next step; those that go see nothing more.
  const auto told = observers;
  std::exception_ptr first;
  phase = Phase::observers;
  for (const auto& observer : told) {
    try {
      for (std::size_t i = mark; i < log.size() && !observer->removed; ++i) {
        observer->call(log[EventId(i)]);
      }
    } catch (...) {
      if (!first) first = std::current_exception();
    }
  }
  phase = Phase::rest;
  std::erase_if(observers, [](const auto& o) { return o->removed; });
  if (first) std::rethrow_exception(first);
}

}  // namespace casus
