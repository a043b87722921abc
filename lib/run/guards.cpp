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
#include "run/guard_table.h"

namespace casus {
namespace {

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
                        g.high >= no_limit ? std::string("inf") : fmt::format("{}", g.high))
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
