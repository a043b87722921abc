#include "run/guards.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>
#include <cstring>
#include <utility>

#include "casus/core/calendar.h"
#include "casus/core/column_scan.h"
#include "casus/core/contracts.h"
#include "casus/core/diagnostics.h"
#include "casus/world/columns.h"

namespace casus {
namespace {

// Rounding may leave a share a few ulps outside [0, 1]; more is an error of a mechanism.
constexpr double slack = 1e-9;
constexpr double one = 1.0 + slack;
constexpr double unbounded = 1e300;

/// Numbers that do not stand in columns of their own.
enum class Scattered { none, war_deaths, crisis_stake, measure_size, affinity };

struct Guard {
  std::string name;  ///< of the column, as a mechanism declares it
  std::string what;  ///< as the message says it
  double low = -unbounded, high = unbounded;
  std::vector<double> RegionTable::*region = nullptr;
  std::vector<double> ActorTable::*actor = nullptr;
  std::vector<double> PresenceTable::*presence = nullptr;
  Scattered scattered = Scattered::none;
  bool per_border = false;
  const OwnColumn* own = nullptr;  ///< of a mechanism
  std::size_t own_at = 0;          ///< among those of its table
};

struct Limits {
  double low = -unbounded, high = unbounded;
};

Limits limits_of(Domain domain) {
  Limits limits;
  if (domain != Domain::real) limits.low = domain == Domain::balance ? -one : -slack;
  if (domain == Domain::share || domain == Domain::balance) limits.high = one;
  return limits;
}

void limit(Guard& guard, Domain domain) {
  const Limits limits = limits_of(domain);
  guard.low = limits.low;
  guard.high = limits.high;
}

/// "the_name" as a message says it.
std::string in_words(std::string name) {
  std::replace(name.begin(), name.end(), '_', ' ');
  return name;
}

constexpr std::array<std::string_view, 3> table_names{"regions", "actors", "presences"};

template <class Table>
void add_columns(std::string_view table, std::vector<double> Table::*Guard::*member,
                 std::vector<Guard>& guards) {
  for (const Column<Table>& column : columns_of<Table>()) {
    const auto* values = std::get_if<std::vector<double> Table::*>(&column.member);
    if (values == nullptr) continue;
    Guard guard;
    guard.name = fmt::format("{}.{}", table, column.info.name);
    guard.what = in_words(column.info.name);
    guard.*member = *values;
    guard.per_border = column.per_border;
    limit(guard, column.info.domain);
    guards.push_back(std::move(guard));
  }
}

std::vector<Guard> make_guards() {
  std::vector<Guard> guards;
  add_columns<RegionTable>("regions", &Guard::region, guards);
  add_columns<ActorTable>("actors", &Guard::actor, guards);
  add_columns<PresenceTable>("presences", &Guard::presence, guards);
  const auto scattered = [&](const char* name, const char* what, Scattered where, Domain domain) {
    Guard guard;
    guard.name = name;
    guard.what = what;
    guard.scattered = where;
    limit(guard, domain);
    guards.push_back(std::move(guard));
  };
  scattered("wars.deaths", "a war's deaths", Scattered::war_deaths, Domain::nonnegative);
  scattered("crises.stake", "a crisis's stake", Scattered::crisis_stake, Domain::share);
  scattered("measures.size", "a measure's size", Scattered::measure_size, Domain::nonnegative);
  scattered("relations.affinity", "affinity", Scattered::affinity, Domain::balance);
  return guards;
}

const std::vector<Guard>& all_guards() {
  static const std::vector<Guard> guards = make_guards();
  return guards;
}

std::span<const double> own_values(const World& w, ColumnTable table, std::size_t at) {
  switch (table) {
    case ColumnTable::regions:
      return w.regions.own[at];
    case ColumnTable::actors:
      return w.actors.own[at];
    case ColumnTable::presences:
      return w.presences.own[at];
  }
  return {};
}

/// Those of the columns that mechanisms own, in the order of Columns::own.
std::vector<Guard> own_guards(const Columns& columns) {
  std::vector<Guard> guards;
  for (const OwnColumn& column : columns.own()) {
    Guard guard;
    guard.own = &column;
    const bool first = guards.empty() || guards.back().own->table != column.table;
    guard.own_at = first ? 0 : guards.back().own_at + 1;
    guard.name =
        fmt::format("{}.{}", table_names[static_cast<std::size_t>(column.table)], column.info.name);
    guard.what = in_words(column.info.name);
    limit(guard, column.info.domain);
    guards.push_back(std::move(guard));
  }
  return guards;
}

/// Calls `f(i, guard)` for every guard of a world with these columns.
template <class F>
void for_guards(const Columns& columns, F&& f) {
  const std::vector<Guard>& built_in = all_guards();
  for (std::size_t i = 0; i < built_in.size(); ++i) f(i, built_in[i]);
  const std::vector<Guard> own = own_guards(columns);
  for (std::size_t i = 0; i < own.size(); ++i) f(built_in.size() + i, own[i]);
}

/// Calls `f` with each run of values of a guard that lie side by side in memory.
template <class F>
void for_values(const World& w, const Guard& g, F&& f) {
  if (g.own != nullptr) return f(own_values(w, g.own->table, g.own_at));
  if (g.region != nullptr) return f(std::span(w.regions.*g.region));
  if (g.actor != nullptr) return f(std::span(w.actors.*g.actor));
  if (g.presence != nullptr) return f(std::span(w.presences.*g.presence));
  const auto each = [&](const auto& rows, auto member) {
    for (const auto& row : rows) f(std::span(&(row.*member), 1));
  };
  switch (g.scattered) {
    case Scattered::war_deaths:
      return each(w.wars, &War::deaths);
    case Scattered::crisis_stake:
      return each(w.crises, &Crisis::stake);
    case Scattered::measure_size:
      return each(w.measures, &Measure::size);
    case Scattered::affinity:
      return w.relations.each_run_of_affinities(f);
    case Scattered::none:
      break;
  }
}

/// Whose number it is; empty where the message needs no more than what it is.
std::string subject_of(const StepView& context, const Guard& g, std::size_t row) {
  const World& w = context.world;
  const auto region = [&](RegionId r) { return context.scenario.regions[r.row()].name; };
  const auto of = [&](ColumnTable table) { return g.own != nullptr && g.own->table == table; };
  if (g.per_border) return "a border";
  if (g.region != nullptr || of(ColumnTable::regions))
    return fmt::format("region '{}'", region(RegionId(row)));
  if (g.actor != nullptr || of(ColumnTable::actors)) {
    return fmt::format("actor '{}'", w.actors.name[row]);
  }
  if (g.presence != nullptr || of(ColumnTable::presences)) {
    return fmt::format("actor '{}' in region '{}'", w.actors.name[w.presences.actor[row].row()],
                       region(w.presences.region[row]));
  }
  return g.scattered == Scattered::affinity ? "a relation" : "";
}

[[noreturn]] void fail(const StepView& context, std::string_view mechanism, const Guard& g,
                       double value, std::size_t row) {
  const std::string message =
      std::isfinite(value)
          ? fmt::format("{} became {}, outside [{}, {}] [E0702]", g.what, value, g.low,
                        g.high >= unbounded ? std::string("inf") : fmt::format("{}", g.high))
          : fmt::format("{} became {} [E0701]", g.what, value);
  throw SimulationError(to_string(context.clock.date(context.step)), std::string(mechanism),
                        subject_of(context, g, row), message);
}

}  // namespace

ColumnSet every_column(const Columns& columns) {
  const std::size_t n = all_guards().size() + columns.own().size();
  CASUS_EXPECTS(n <= ColumnSet().size(), "more columns than a set of them holds");
  ColumnSet all;
  for (std::size_t i = 0; i < n; ++i) all.set(i);
  return all;
}

ColumnRows rows_of(const ColumnSet& columns, const Columns& all) {
  ColumnRows rows;
  const std::size_t n = all_guards().size() + all.own().size();
  for (std::size_t i = 0; i < n; ++i) {
    if (columns[i]) rows.push_back(static_cast<std::uint8_t>(i));
  }
  return rows;
}

std::vector<std::string> guarded_columns(const Columns& columns) {
  std::vector<std::string> names;
  for_guards(columns, [&](std::size_t, const Guard& g) { names.push_back(g.name); });
  return names;
}

ColumnSet columns_named(std::span<const std::string> names, const Columns& columns) {
  if (names.empty()) return every_column(columns);
  const std::vector<Guard>& built_in = all_guards();
  const std::vector<Guard> own = own_guards(columns);
  ColumnSet set;
  for (const std::string& name : names) {
    const auto named = [&](const Guard& guard) { return guard.name == name; };
    const auto b = std::find_if(built_in.begin(), built_in.end(), named);
    const auto o = std::find_if(own.begin(), own.end(), named);
    CASUS_EXPECTS(b != built_in.end() || o != own.end(),
                  "no column '" + name + "' to write; nearest: '" +
                      nearest(name, guarded_columns(columns)) + "'");
    set.set(static_cast<std::size_t>(b - built_in.begin()) +
            (b != built_in.end() ? 0 : static_cast<std::size_t>(o - own.begin())));
  }
  return set;
}

ColumnSet columns_written(const MechanismInfo& mechanism, const Columns& columns) {
  const bool any = !mechanism.writes.empty() || mechanism.notes.empty();
  ColumnSet set =
      mechanism.looks_on || !any ? ColumnSet() : columns_named(mechanism.writes, columns);
  const auto all = columns.own();
  for (std::size_t i = 0; i < all.size(); ++i) {
    const bool its =
        std::any_of(mechanism.columns.begin(), mechanism.columns.end(),
                    [&](const OwnColumn& c) { return c.info.name == all[i].info.name; });
    if (its) set.set(all_guards().size() + i);
  }
  return set;
}

ColumnSet columns_noted(const MechanismInfo& mechanism, const Columns& columns) {
  if (mechanism.notes.empty()) return {};
  const ColumnSet noted = columns_named(mechanism.notes, columns);
  const std::vector<Guard>& guards = all_guards();
  for (std::size_t i = 0; i < noted.size(); ++i) {
    if (!noted[i]) continue;
    const bool by_row =
        i < guards.size() && guards[i].scattered == Scattered::none && !guards[i].per_border;
    CASUS_EXPECTS(by_row, "only rows of columns of the world's tables can be noted: '" +
                              guarded_columns(columns)[i] + "'");
  }
  return noted;
}

namespace {

std::size_t first_wrong(std::span<const double> values, double low, double high) {
  if (values.size() == 1) return values[0] >= low && values[0] <= high ? 1 : 0;
  return first_outside(values, low, high);
}

bool wars_within(Executor& executor, const World& w, const Guard& g) {
  std::atomic<bool> wrong = false;
  for_rows(executor, w.wars.size(), [&](std::size_t i) {
    const double deaths = w.wars[i].deaths;
    if (!(deaths >= g.low && deaths <= g.high)) wrong = true;
  });
  return !wrong;
}

/// The values and limits of a column that a mechanism owns, by its number among those.
std::pair<std::span<const double>, Limits> own_column(const World& w, std::size_t number) {
  const auto own = w.columns.own();
  std::size_t at = number;  // in its table
  while (at > 0 && own[number - at].table != own[number].table) --at;
  return {own_values(w, own[number].table, at), limits_of(own[number].info.domain)};
}

/// Have affinities not changed since they were looked at? Otherwise they are now.
bool as_they_were(const World& w, std::uint64_t& looked_at) {
  const std::uint64_t before = std::exchange(looked_at, w.relations.affinity_changes());
  return before == looked_at;
}

/// Are all numbers of a large world as they should be? Reading a column is little work, so the
/// columns are handed out together. Which number is wrong is not asked here.
bool all_within(Executor& executor, const World& w, std::span<const std::uint8_t> columns,
                std::uint64_t& looked_at) {
  constexpr std::size_t per_block = 1 << 14;
  struct Part {
    std::span<const double> values;
    Limits limits;
    std::size_t begin_block;
  };
  std::array<Part, ColumnSet().size()> parts;
  std::size_t n = 0, blocks = 0;
  std::atomic<bool> wrong = false;
  const auto add = [&](std::span<const double> values, Limits limits) {
    parts[n++] = {values, limits, blocks};
    blocks += (values.size() + per_block - 1) / per_block;
  };
  const std::vector<Guard>& guards = all_guards();
  for (const std::size_t i : columns) {
    if (i >= guards.size()) {
      const auto [values, limits] = own_column(w, i - guards.size());
      add(values, limits);
      continue;
    }
    const Guard& g = guards[i];
    if (g.scattered == Scattered::affinity) {
      if (as_they_were(w, looked_at)) continue;
      if (!w.relations.affinities_within(g.low, g.high, executor)) wrong = true;
    } else if (g.scattered == Scattered::war_deaths) {
      if (!wars_within(executor, w, g)) wrong = true;
    } else if (g.scattered != Scattered::none) {
      for_values(w, g, [&](std::span<const double> values) {
        if (first_wrong(values, g.low, g.high) < values.size()) wrong = true;
      });
    } else {
      for_values(w, g, [&](std::span<const double> values) { add(values, {g.low, g.high}); });
    }
  }
  const std::span<const Part> all(parts.data(), n);
  for_each(
      executor, blocks,
      [&](std::size_t block) {
        const auto behind =
            std::upper_bound(all.begin(), all.end(), block,
                             [](std::size_t b, const Part& p) { return b < p.begin_block; });
        const Part& part = *(behind - 1);
        const std::size_t begin = (block - part.begin_block) * per_block;
        const std::size_t length = std::min(per_block, part.values.size() - begin);
        const auto values = part.values.subspan(begin, length);
        if (first_wrong(values, part.limits.low, part.limits.high) < length) wrong = true;
      },
      1);
  return !wrong;
}

}  // namespace

void check_world(const StepView& context, std::string_view mechanism,
                 std::span<const std::uint8_t> columns) {
  std::uint64_t looked_at = never_looked;
  check_world(context, mechanism, columns, looked_at);
}

void check_world(const StepView& context, std::string_view mechanism,
                 std::span<const std::uint8_t> columns, std::uint64_t& looked_at) {
  const World& w = context.world;
  Executor& executor = context.executor;
  if (executor.workers() > 1) {
    const std::size_t rows = std::max({w.presences.size(), w.actors.size(), w.regions.size()});
    std::uint64_t looked = looked_at;
    if (rows >= executor.few_rows() && all_within(executor, w, columns, looked)) {
      looked_at = looked;
      return;
    }
  }
  const std::vector<Guard>& guards = all_guards();
  for (const std::size_t i : columns) {
    if (i >= guards.size()) {
      // A guard of a mechanism's column is made when it has something to say.
      const auto [values, limits] = own_column(w, i - guards.size());
      const std::size_t row = first_wrong(values, limits.low, limits.high);
      if (row == values.size()) continue;
      fail(context, mechanism, own_guards(w.columns)[i - guards.size()], values[row], row);
    }
    const Guard& g = guards[i];
    if (g.scattered == Scattered::affinity && as_they_were(w, looked_at)) {
      CASUS_ASSERT(w.relations.affinities_within(g.low, g.high, executor));
      continue;
    }
    if (g.scattered == Scattered::war_deaths && wars_within(executor, w, g)) continue;
    for_values(w, g, [&](std::span<const double> values) {
      const std::size_t row = first_wrong(values, g.low, g.high);
      if (row < values.size()) fail(context, mechanism, g, values[row], row);
    });
  }
}

void check_noted(const StepView& context, std::string_view mechanism,
                 std::span<const std::uint8_t> columns, std::size_t old_presences,
                 std::size_t old_actors) {
  const World& w = context.world;
  const std::vector<Guard>& guards = all_guards();
  for (const std::size_t i : columns) {
    const Guard& g = guards[i];
    const auto look = [&](const std::vector<double>& values, std::size_t row) {
      const double value = values[row];
      if (!(value >= g.low && value <= g.high)) fail(context, mechanism, g, value, row);
    };
    const auto look_at_presence = [&](std::size_t p) {
      if (g.presence != nullptr) look(w.presences.*g.presence, p);
      if (g.actor != nullptr) look(w.actors.*g.actor, w.presences.actor[p].row());
      if (g.region != nullptr) look(w.regions.*g.region, w.presences.region[p].row());
    };
    for (const std::uint32_t p : w.noted_presences.all()) look_at_presence(p);
    for (std::size_t p = old_presences; p < w.presences.size(); ++p) look_at_presence(p);
    if (g.actor == nullptr) continue;
    for (const std::uint32_t a : w.noted_actors.all()) look(w.actors.*g.actor, a);
    for (std::size_t a = old_actors; a < w.actors.size(); ++a) look(w.actors.*g.actor, a);
  }
}

void check_world(const StepView& context, std::string_view mechanism) {
  const Columns& all = context.world.columns;
  check_world(context, mechanism, rows_of(every_column(all), all));
}

void UndeclaredWrites::watch(const World& world) {
  before_.clear();
  sizes_.clear();
  for_guards(world.columns, [&](std::size_t, const Guard& guard) {
    const std::size_t begin = before_.size();
    for_values(world, guard, [&](std::span<const double> values) {
      before_.insert(before_.end(), values.begin(), values.end());
    });
    sizes_.push_back(before_.size() - begin);
  });
}

namespace {

/// Which rows of the table of a guard were noted; those born since are left out.
void mark_noted(const World& w, const Guard& g, std::vector<std::uint8_t>& marks) {
  const auto mark = [&](std::size_t row) {
    if (row < marks.size()) marks[row] = 1;
  };
  for (const std::uint32_t p : w.noted_presences.all()) {
    mark(g.presence != nullptr ? p
         : g.actor != nullptr  ? w.presences.actor[p].row()
                               : w.presences.region[p].row());
  }
  if (g.actor == nullptr) return;
  for (const std::uint32_t a : w.noted_actors.all()) mark(a);
}

}  // namespace

void UndeclaredWrites::expect_none(const World& world, std::string_view mechanism,
                                   const ColumnSet& written, const ColumnSet& noted) {
  const double* before = before_.data();
  std::size_t column = 0;
  for_guards(world.columns, [&](std::size_t i, const Guard& guard) {
    std::size_t left = sizes_[column++];
    if (written[i]) {
      before += left;
      return;
    }
    if (noted[i]) {
      noted_.assign(left, 0);
      mark_noted(world, guard, noted_);
      for_values(world, guard, [&](std::span<const double> values) {
        for (std::size_t row = 0; row < left; ++row) {
          const bool same = std::memcmp(before + row, values.data() + row, sizeof(double)) == 0;
          CASUS_EXPECTS(same || noted_[row] != 0,
                        fmt::format("mechanism '{}' writes row {} of {} and does not note it",
                                    mechanism, row, guard.name));
        }
      });
      before += left;
      return;
    }
    // Rows that were added are no writes: they have the values of a parent, or none.
    for_values(world, guard, [&](std::span<const double> values) {
      const std::size_t n = std::min(left, values.size());
      // Bit by bit: a NaN differs from itself.
      const bool same = n == 0 || std::memcmp(before, values.data(), n * sizeof(double)) == 0;
      CASUS_EXPECTS(
          same, fmt::format("mechanism '{}' writes {} and does not say so", mechanism, guard.name));
      before += n;
      left -= n;
    });
    CASUS_EXPECTS(left == 0,
                  fmt::format("mechanism '{}' removes rows of {}", mechanism, guard.name));
  });
}

void check_kinds(const StepView& context, std::string_view mechanism, std::size_t mark) {
  for (const Event& e : context.log.since(mark)) {
    if (!is_own(e.kind) || context.scenario.events.knows(e.kind)) continue;
    throw SimulationError(to_string(context.clock.date(context.step)), std::string(mechanism), {},
                          "it logged an event of a kind that no mechanism declares [E0706]");
  }
}

void check_log(const StepView& context, std::size_t max_events) {
  if (context.log.size() <= max_events) return;
  throw SimulationError(to_string(context.clock.date(context.step)), "event log", "the run",
                        fmt::format("more than {} events [E0705]", max_events));
}

}  // namespace casus
