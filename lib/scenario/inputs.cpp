#include "casus/scenario/inputs.h"

#include <algorithm>
#include <cstddef>
#include <utility>
#include <variant>

#include "casus/core/units.h"
#include "casus/world/columns.h"

namespace casus {

/// Goes where make_world and the start of a run go. Constants are passed over.
struct DrawnInputs::Listing {
  struct Prior {
    InputInfo info;
    Number number;
  };
  const ScenarioData& data;
  std::vector<Prior> priors{};

  void add(std::string path, std::string_view unit, const Number& number) {
    if (number.shape == Number::Shape::constant) return;
    priors.push_back({{std::move(path), std::string(unit)}, number});
  }

  template <class Table>
  void columns(const Given<Table>& given, const std::string& base) {
    const auto all = data.columns.of<Table>();
    for (std::size_t c = 0; c < all.size(); ++c) {
      const ColumnInfo& info = all[c].info;
      if (!info.given) continue;
      const bool own = std::holds_alternative<OwnRow>(all[c].member);
      add(base + info.name, unit_name(info.unit), own ? given.of_own(info) : given.at(c));
    }
  }

  void places() {
    const std::string_view people = unit_name(Unit::people);
    for (const RegionSpec& r : data.regions) {
      const std::string base = "regions." + r.name + ".";
      add(base + "population", people, r.population);
      if (!r.neighbours.empty()) add(base + "displaced", people, r.displaced);
      columns(r.given, base);
    }
    for (const ActorSpec& a : data.actors) {
      const std::string base = "actors." + a.name + ".";
      add(base + "forces", people, a.forces);
      columns(a.given, base);
    }
    for (const PresenceSpec& p : data.presence) {
      const std::string path =
          "presence." + data.regions[p.region.row()].name + "." + data.actors[p.actor.row()].name;
      add(path, people, p.strength);
      columns(p.given, path + ".");
    }
  }

  void between() {
    for (const RelationSpec& r : data.relations) {
      add("relations." + data.actors[r.from.row()].name + "." + data.actors[r.to.row()].name, "",
          r.affinity);
    }
    for (const CrisisSpec& c : data.crises) add("crises." + c.name + ".stake", "", c.stake);
    for (const MeasureSpec& m : data.measures) {
      const std::string& by =
          m.by.valid() ? data.actors[m.by.row()].name : data.pact_names[m.organisation.row()];
      add("measures." + by + "." + data.actors[m.on.row()].name + "." +
              std::to_string(static_cast<int>(m.kind)),
          m.kind == MeasureKind::aid ? unit_name(Unit::musd_per_year) : std::string_view(), m.size);
    }
  }

  void parameters(const Vocabulary& vocabulary) {
    for (std::size_t m = 0; m < data.mechanisms.size() && m < vocabulary.size(); ++m) {
      const auto& rows = vocabulary[m].parameters;
      const auto& values = data.mechanisms[m].values;
      for (std::size_t i = 0; i < values.size() && i < rows.size(); ++i) {
        add("mechanisms." + data.mechanisms[m].name + "." + rows[i].name, unit_name(rows[i].unit),
            values[i]);
      }
    }
  }
};

DrawnInputs::DrawnInputs(const Scenario& scenario) {
  Listing list{scenario.data()};
  list.places();
  list.between();
  list.parameters(scenario.vocabulary());
  std::sort(list.priors.begin(), list.priors.end(),
            [](const auto& a, const auto& b) { return a.info.path < b.info.path; });
  infos_.reserve(list.priors.size());
  numbers_.reserve(list.priors.size());
  for (auto& prior : list.priors) {
    infos_.push_back(std::move(prior.info));
    numbers_.push_back(prior.number);
  }
}

std::vector<double> DrawnInputs::of(Replicate replicate) const {
  std::vector<double> values;
  values.reserve(numbers_.size());
  for (std::size_t i = 0; i < numbers_.size(); ++i) {
    values.push_back(draw(numbers_[i], replicate, infos_[i].path));
  }
  return values;
}

}  // namespace casus
