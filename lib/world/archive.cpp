#include "casus/core/archive.h"

#include <algorithm>
#include <string>
#include <vector>

#include "casus/core/contracts.h"
#include "casus/world/columns.h"
#include "casus/world/events.h"
#include "casus/world/world.h"

// What the state of the world is. A structure is taken apart into all its members, so that a new
// one does not compile before it has been thought of here.
namespace casus {

template <class Table>
static void archive_columns(Archive& a, const Columns& columns, ColumnTable which, Table& table) {
  if (a.reads()) table.own.resize(columns.own(which));
  for_each_column(table, columns.of<Table>(), [&](const auto&, auto& values) { a(values); });
}

static void archive(Archive& a, Belligerent& x) {
  auto& [actor, side, since, active] = x;
  a(actor, side, since, active);
}

void War::archive(Archive& a) {
  auto& [key_, begun_by_, since_, begun_day_, ceasefire_until_day_, mediated_until_day_,
         fought_day_, cause_, deaths_, stands, between_states, fighting] = *this;
  a(key_, stands, between_states, begun_by_, since_, begun_day_, ceasefire_until_day_,
    mediated_until_day_, fought_day_, cause_, deaths_, fighting);
}

void WarTable::archive(Archive& a) { a(wars_); }

static void archive(Archive& a, Event& x) {
  auto& [id, kind, step, who, whom, where, pact, article, reason, war, size, deaths,
         civilian_deaths, group_deaths, reported_deaths, ground, cause_begin, cause_count] = x;
  a(id, kind, step, who, whom, where, pact, article, reason, war, size, deaths, civilian_deaths,
    group_deaths, reported_deaths, ground, cause_begin, cause_count);
}

void EventLog::archive(Archive& a) {
  a(gone_, causes_gone_, gone_hash_, events_, causes_, decisions_);
  if (!a.reads()) return;
  constexpr std::uint64_t most = ~std::uint32_t{0};
  CASUS_EXPECTS(gone_ < most - events_.size() && causes_gone_ < most - causes_.size(),
                "more events than a log has numbers for");
  for (const Event& e : events_) {
    CASUS_EXPECTS(e.cause_begin >= causes_gone_ && e.cause_begin - causes_gone_ <= causes_.size() &&
                      e.cause_count <= causes_.size() - (e.cause_begin - causes_gone_),
                  "causes of an event are not in the log");
  }
}

static void archive(Archive& a, Crisis& x) {
  auto& [key, challenger, organisation, target, issue, stake, begun_day, deadline_day, stage,
         cause] = x;
  a(key, challenger, organisation, target, issue, stake, begun_day, deadline_day, stage, cause);
}

static void archive(Archive& a, Measure& x) {
  auto& [key, kind, by, organisation, on, size, begun_day, active, cause] = x;
  a(key, kind, by, organisation, on, size, begun_day, active, cause);
}

static void archive(Archive& a, Mandate& x) {
  auto& [key, sender, host, pact, against, people, begun_day, posted_day, until_day, leaving_days,
         active, cause] = x;
  a(key, sender, host, pact, against, people, begun_day, posted_day, until_day, leaving_days,
    active, cause);
}

struct Relations::Pair {
  ActorId to;
  double affinity = 0.0, baseline = 0.0;
  std::uint8_t flags = 0;
  std::uint16_t hostilities = 0;

  void archive(Archive& a) { a(to, affinity, baseline, flags, hostilities); }
};

/// What one sees. A table of a million views is not copied to be written: row by row it is.
struct Relations::SeenBy {
  const Relations* relations = nullptr;
  ActorId from;

  void archive(Archive& a) {
    std::vector<Pair> pairs;
    relations->each_seen_by(from, [&](const View& view) {
      if (!relations->known(from, view.other)) return;
      const auto of = [&](const auto& column) {
        return relations->value(column, from, view.other);
      };
      pairs.push_back({view.other, view.affinity, of(relations->baseline_), of(relations->flags_),
                       of(relations->hostilities_)});
    });
    a(pairs);
  }
};

void Relations::archive(Archive& a) {
  if (!a.reads()) {
    std::vector<SeenBy> all(n_);
    for (std::size_t from = 0; from < n_; ++from) all[from] = {this, ActorId(from)};
    return a(all);
  }
  std::vector<std::vector<Pair>> rows;
  a(rows);
  const std::uint64_t age = age_ + 1;
  *this = Relations(rows.size(), dense_up_to_);
  age_ = age;
  for (std::size_t from = 0; from < n_; ++from) {
    for (const Pair& pair : rows[from]) {
      CASUS_EXPECTS(pair.to.valid() && pair.to.row() < n_, "a relation to nobody");
      const std::size_t i = make(ActorId(from), pair.to);
      affinity_[i] = pair.affinity;
      baseline_[i] = pair.baseline;
      flags_[i] = pair.flags;
      hostilities_[i] = pair.hostilities;
    }
  }
}

void PactBook::archive(Archive& a, std::size_t parties) {
  a(pacts_);
  if (!a.reads() && !a.renumbers()) return;
  parties_ = parties;
  make_index();
  ++revision_;
}

namespace {

template <class Table>
void expect_rows(const Columns& columns, const Table& table, std::size_t borders,
                 const char* name) {
  for_each_column(table, columns.of<Table>(), [&](const auto& column, const auto& values) {
    const bool begins = column.info.name == "border_begin";
    const std::size_t rows = begins ? table.size() + 1 : column.per_border ? borders : table.size();
    CASUS_EXPECTS(values.size() == rows, std::string(name) + "." + column.info.name + " has " +
                                             std::to_string(values.size()) + " rows of " +
                                             std::to_string(rows));
  });
}

}  // namespace

void check_shape(const World& world, std::size_t events) {
  const RegionTable& r = world.regions;
  expect_rows(world.columns, r, r.border_to.size(), "regions");
  expect_rows(world.columns, world.actors, 0, "actors");
  expect_rows(world.columns, world.presences, 0, "presences");
  CASUS_EXPECTS(r.border_begin.front() == 0 && r.border_begin.back() == r.border_to.size() &&
                    std::is_sorted(r.border_begin.begin(), r.border_begin.end()),
                "borders are not in the order of their regions");
  CASUS_EXPECTS(world.relations.size() == world.actors.size(), "relations do not fit the actors");
  RowChecker rows;
  using Table = Archive::Table;
  rows.limit(Table::actors, world.actors.size());
  rows.limit(Table::regions, r.size());
  rows.limit(Table::pacts, world.pacts.size());
  rows.limit(Table::wars, world.wars.size());
  rows.limit(Table::events, events);
  rows(const_cast<World&>(world));
}

std::uint64_t hash(const World& world) { return digest_of(world); }

void archive(Archive& a, World& world) {
  auto& [columns, regions, actors, presences, relations, bordering, pacts, wars, crises, measures,
         mandates, noted_presences, noted_actors] = world;
  static_cast<void>(noted_presences);  // no state
  static_cast<void>(noted_actors);
  archive_columns(a, columns, ColumnTable::regions, regions);
  archive_columns(a, columns, ColumnTable::actors, actors);
  archive_columns(a, columns, ColumnTable::presences, presences);
  a(relations, bordering);
  pacts.archive(a, actors.size());
  a(wars, crises, measures, mandates);
}

}  // namespace casus
