#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <utility>

#include "casus/core/archive.h"
#include "casus/core/contracts.h"
#include "casus/law/doctrines.h"
#include "casus/world/columns.h"
#include "casus/world/paths.h"
#include "run/pact_edit.h"
#include "run/simulation_state.h"

namespace casus {
namespace {

/// Rows of pacts as the edited scenario has them.
class Renumber final : public Archive {
 public:
  explicit Renumber(std::vector<std::size_t> now) : now_(std::move(now)) {}
  bool renumbers() const override { return true; }

 private:
  void words(void*, std::size_t, std::size_t) override {}
  std::size_t count(std::size_t n, std::size_t) override { return n; }
  void row(std::uint32_t& row, Table table) override {
    if (table == Table::pacts && row != no_row) row = static_cast<std::uint32_t>(now_.at(row));
  }
  std::vector<std::size_t> now_;
};

constexpr std::size_t nowhere = Mechanism::new_entry;

}  // namespace

/// Brings a state in line with an edited scenario. What it has dealt with is noted in `settled_`,
/// the old scenario so edited; what still differs then cannot be reconciled.
class Simulation::Reconciler {
 public:
  Reconciler(Simulation::State& state, const ScenarioData& old)
      : s_(state),
        settled_(old),
        edited_(state.scenario.data()),
        today_(old.clock.date(state.step)) {}

  std::vector<std::string> run() {
    // Terms are bits in the order of first mention: those known so far have to keep theirs.
    const auto& terms = settled_.areas.names();
    const auto& more = edited_.areas.names();
    const std::size_t common = std::min(terms.size(), more.size());
    if (std::equal(terms.begin(), terms.begin() + static_cast<std::ptrdiff_t>(common),
                   more.begin())) {
      settled_.areas = edited_.areas;
    }
    if (same_names()) {
      pacts();
      values();
      relations();
      parameters();
    }
    doctrines();
    timeline();
    for (const std::string& path : differences(fingerprint(settled_), fingerprint(edited_))) {
      if (path.rfind("timeline.", 0) == 0 || path == "the list of timeline") continue;
      problems_.push_back(path + " cannot change in mid-run");
    }
    CASUS_EXPECTS(problems_.empty(),
                  fmt::format("the run cannot go on from {} under this scenario: {}",
                              to_string(today_), fmt::join(problems_, "; ")));
    return std::move(changes_);
  }

 private:
  bool same_names() const {
    const auto same = [](const auto& a, const auto& b) {
      return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                        [](const auto& x, const auto& y) { return x.name == y.name; });
    };
    return same(settled_.regions, edited_.regions) && same(settled_.actors, edited_.actors) &&
           same(settled_.mechanisms, edited_.mechanisms);
  }

  void value(const PathColumn& column, const std::string& path, std::size_t row,
             const Number& now) {
    PathRef ref;
    ref.table = column.table;
    ref.path = path;
    ref.row = row;
    ref.column = column.column;
    const double before = casus::get(s_.world, ref);
    const double x = draw(now, s_.replicate, path);
    casus::set(s_.world, ref, x);
    changes_.push_back(fmt::format("{}: {} becomes {}", path, before, x));
  }

  template <class Table>
  void values(PathRef::Table table, const std::string& base, std::size_t row, Given<Table>& old,
              const Given<Table>& now) {
    const auto all = edited_.columns.of<Table>();
    for (const PathColumn& column : edited_.columns.paths()) {
      if (column.table != table || !column.info->given || !column.info->settable) continue;
      const bool own = std::holds_alternative<OwnRow>(all[column.column].member);
      const auto given = [&](const Given<Table>& by) {
        return own ? by.of_own(*column.info) : by.at(column.column);
      };
      if (!(given(old) == given(now))) {
        value(column, base + column.info->name, row, given(now));
        if (!own) old.at(column.column) = now.at(column.column);
      }
      if (own) settle_own(column.info->name, old, now);
    }
  }

  /// What an entry says of a mechanism's column and what it does not say may be the same.
  template <class Table>
  static void settle_own(const std::string& name, Given<Table>& old, const Given<Table>& now) {
    Given<Table> settled;
    for (const auto& [said, number] : old.own()) {
      if (said != name) settled.set_own(said, number);
    }
    for (const auto& [said, number] : now.own()) {
      if (said == name) settled.set_own(said, number);
    }
    old.replace_own(settled);
  }

  void values() {
    for (std::size_t r = 0; r < edited_.regions.size(); ++r) {
      values(PathRef::Table::region, "regions." + edited_.regions[r].name + ".", r,
             settled_.regions[r].given, edited_.regions[r].given);
    }
    const PathColumn* forces = find_path_column(PathRef::Table::actor, "forces");
    for (std::size_t a = 0; a < edited_.actors.size(); ++a) {
      const std::string base = "actors." + edited_.actors[a].name + ".";
      values(PathRef::Table::actor, base, a, settled_.actors[a].given, edited_.actors[a].given);
      if (settled_.actors[a].forces == edited_.actors[a].forces) continue;
      value(*forces, base + "forces", a, edited_.actors[a].forces);
      settled_.actors[a].forces = edited_.actors[a].forces;
    }
  }

  static RelationSpec relation(const ScenarioData& data, ActorId from, ActorId to) {
    for (const RelationSpec& r : data.relations) {
      if (r.from == from && r.to == to) return r;
    }
    RelationSpec none;
    none.from = from;
    none.to = to;
    return none;
  }

  void relations() {
    std::vector<std::pair<ActorId, ActorId>> pairs;
    for (const auto* list : {&std::as_const(settled_).relations, &edited_.relations}) {
      for (const RelationSpec& r : *list) pairs.emplace_back(r.from, r.to);
    }
    std::sort(pairs.begin(), pairs.end());
    pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
    for (const auto& [from, to] : pairs) {
      const RelationSpec old = relation(settled_, from, to);
      const RelationSpec now = relation(edited_, from, to);
      const std::string path = fmt::format("relations.{}.{}", edited_.actors[from.row()].name,
                                           edited_.actors[to.row()].name);
      if (!(old.affinity == now.affinity)) {
        const double x = draw(now.affinity, s_.replicate, path);
        changes_.push_back(
            fmt::format("{}: {} becomes {}", path, s_.world.relations.affinity(from, to), x));
        s_.world.relations.set_affinity(from, to, x);
        s_.world.relations.set_baseline(from, to, x);
      }
      if (old.rivalry != now.rivalry) {
        s_.world.relations.set_rivalry(from, to, now.rivalry);
        s_.world.relations.set_rivalry(to, from, now.rivalry);
        changes_.push_back(path + (now.rivalry ? ": rivals" : ": no longer rivals"));
      }
      if (old.hosting != now.hosting) {
        s_.world.relations.set_hosting(from, to, now.hosting);
        changes_.push_back(path + (now.hosting ? ": hosts" : ": no longer hosts"));
      }
    }
    settled_.relations = edited_.relations;
  }

  void parameters() {
    for (std::size_t m = 0; m < edited_.mechanisms.size(); ++m) {
      MechanismSpec& old = settled_.mechanisms[m];
      const MechanismSpec& now = edited_.mechanisms[m];
      const auto& table = s_.mechanisms[m]->info().parameters;
      for (std::size_t i = 0; i < now.values.size(); ++i) {
        if (old.values[i] == now.values[i]) continue;
        const std::string path = fmt::format("mechanisms.{}.{}", now.name, table[i].name);
        const double x = draw(now.values[i], s_.replicate, path);
        changes_.push_back(fmt::format("{}: {} becomes {}", path, s_.parameters[m][i], x));
        s_.parameters[m][i] = x;
        s_.changed[m] = 1;
      }
      if (old.enabled != now.enabled) {
        changes_.push_back(
            fmt::format("mechanisms.{}: switched {}", now.name, now.enabled ? "on" : "off"));
        if (now.enabled) switched_on_.push_back(m);
      }
      old = now;
    }
  }

  void doctrines() {
    for (const law::Question& q : law::questions()) {
      const std::uint8_t old = q.get(settled_.doctrines), now = q.get(edited_.doctrines);
      if (old == now) continue;
      changes_.push_back(fmt::format("doctrines.{}: {} becomes {}", q.name, q.readings[old].name,
                                     q.readings[now].name));
    }
    settled_.doctrines = edited_.doctrines;
  }

  // --- pacts: by name; who is taken out of the scenario ends today and keeps a row behind the rest

  void pacts() {
    const auto row_of = [](const std::vector<std::string>& names, const std::string& name) {
      return static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin());
    };
    const std::vector<std::string> old_names = settled_.pact_names;
    std::vector<std::size_t> now(s_.world.pacts.size(), nowhere);
    std::vector<law::Pact> book;
    PactEditor editor(today_, edited_.actors, changes_, problems_);
    for (std::size_t j = 0; j < edited_.pacts.size(); ++j) {
      const std::size_t i = row_of(old_names, edited_.pact_names[j]);
      if (i == old_names.size()) {
        book.push_back(editor.added(edited_.pacts[j]));
      } else {
        now[i] = j;
        book.push_back(editor.merged(settled_.pacts[i], edited_.pacts[j], s_.world.pacts[i]));
      }
    }
    for (std::size_t i = 0; i < s_.world.pacts.size(); ++i) {
      if (now[i] != nowhere) continue;
      now[i] = book.size();
      book.push_back(i < old_names.size() ? editor.removed(s_.world.pacts[i])
                                          : s_.world.pacts[i]);  // by an earlier fork
    }
    Renumber renumber(now);
    for (CrisisSpec& c : settled_.crises) renumber(c.organisation);
    for (MeasureSpec& m : settled_.measures) renumber(m.organisation);
    for (TimelineSpec& t : settled_.timeline) {
      if (!t.when) continue;
      for (Condition::Term& term : t.when->terms) renumber(term.pact);
    }
    settled_.pacts = edited_.pacts;
    settled_.pact_names = edited_.pact_names;
    // The pacts themselves name no rows of pacts: what does is renumbered, and they are replaced.
    s_.archive(renumber);
    s_.world.pacts = PactBook(std::move(book), s_.world.actors.size());
  }

  // --- the timeline: by content

  static std::vector<std::uint64_t> entries(const ScenarioData& data) {
    std::vector<std::uint64_t> digests;
    for (const auto& [path, digest] : fingerprint(data)) {
      if (path.rfind("timeline.", 0) == 0) digests.push_back(digest);
    }
    return digests;
  }

  static std::string called(const TimelineSpec& entry, std::size_t i) {
    return "timeline." + (entry.title.empty() ? std::to_string(i) : "'" + entry.title + "'");
  }

  bool over(const TimelineSpec& entry) const {
    return entry.at && edited_.clock.step_at(*entry.at) < s_.step;
  }

  void timeline() {
    const auto old = entries(settled_);
    const auto now = entries(edited_);
    std::vector<std::size_t> stood(now.size(), nowhere);
    std::vector<std::uint8_t> kept(old.size(), 0);
    for (std::size_t j = 0; j < now.size(); ++j) {
      for (std::size_t i = 0; i < old.size() && stood[j] == nowhere; ++i) {
        if (kept[i] == 0 && old[i] == now[j]) stood[j] = i, kept[i] = 1;
      }
      if (stood[j] != nowhere) continue;
      const TimelineSpec& entry = edited_.timeline[j];
      if (over(entry)) {
        problems_.push_back(
            fmt::format("{} is dated {}, which is past", called(entry, j), to_string(*entry.at)));
      }
      changes_.push_back(called(entry, j) + ": new");
    }
    for (std::size_t i = 0; i < old.size(); ++i) {
      if (kept[i] != 0) continue;
      const TimelineSpec& entry = settled_.timeline[i];
      if (over(entry)) problems_.push_back(called(entry, i) + " has happened");
      changes_.push_back(called(entry, i) + ": taken out");
    }
    if (!problems_.empty()) return;
    for (const auto& m : s_.mechanisms) m->edited(stood);
    StepContext context = s_.context();
    for (const std::size_t m : switched_on_) s_.mechanisms[m]->begin(context);
  }

  Simulation::State& s_;
  ScenarioData settled_;
  const ScenarioData& edited_;
  Date today_;
  std::vector<std::size_t> switched_on_;
  std::vector<std::string> changes_, problems_;
};

Simulation::Fork Simulation::fork(const Scenario& edited) const {
  State& from = *state_;
  const auto snapshot = save();
  auto state = std::make_unique<State>(edited, from.registry, from.options);
  state->world.relations = Relations(0, from.options.dense_relations);
  Reader reader(snapshot->bytes);
  state->archive(reader);
  std::vector<std::string> changes = Reconciler(*state, from.scenario.data()).run();
  return {Simulation(std::move(state)), std::move(changes)};
}

}  // namespace casus
