#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "casus/law/resolve.h"

/// A made-up world for measuring the law: states and armed groups on a ring, pacts among
/// neighbours, acts between them. All shares and sizes are judged, so that every branch of the law
/// is taken often; nothing here says anything about the real world.
namespace casus::bench {

struct Size {
  std::size_t actors = 10000;
  std::size_t pacts = 2000;
  std::size_t acts = 1000;
  std::size_t members = 30;  ///< of the largest pact, at least 2
  bool one_war = false;      ///< all acts are attacks on one victim in one conflict
};

/// The facts: one row of plain values per actor, so that answers cost next to nothing.
class RingFacts final : public law::Facts {
 public:
  explicit RingFacts(std::size_t actors);

  std::size_t party_count() const override { return rows_.size(); }
  law::Party party(ActorId a) const override { return row(a).party; }
  double affinity(ActorId a, ActorId b) const override {
    return 1.0 - std::abs(row(a).ideal - row(b).ideal);
  }
  law::Hostility hostility(ActorId a, ActorId b) const override {
    if (row(a).enemy != b.row()) return {};
    return {true, row(b).began, false, {}, start - std::chrono::days{200}};
  }
  std::size_t state_enemies(ActorId a) const override { return row(a).enemy != none ? 1 : 0; }
  law::Government government(ActorId a) const override { return {row(a).ousted, true}; }
  double forces(ActorId a) const override { return row(a).forces; }
  double free_forces(ActorId a) const override { return row(a).free; }
  bool affords(ActorId a, law::Obligation level) const override {
    return level != law::Obligation::aid || row(a).forces > 2000.0;
  }
  law::Reach reach(ActorId a, const law::Place& place, ActorId) const override {
    if (row(a).fleet) return {law::Route::sealift, law::Reason::none, 0.1 * row(a).forces};
    if (!place.sovereign.valid() || apart(a, place.sovereign) <= 40) return {};
    return {law::Route::none, law::Reason::no_route, 0.0};
  }
  double power_change(ActorId a, PactId, Date) const override { return row(a).power_change; }
  bool institutional_change(ActorId a, PactId, Date) const override { return row(a).new_regime; }
  double resolve(ActorId a) const override { return row(a).resolve; }
  double cost(ActorId a, const law::Act& act, law::Obligation level) const override {
    if (level < law::Obligation::troops || !act.author.valid()) return 0.0;
    const double other = row(act.author).forces;
    return other / (other + row(a).forces);
  }
  double shared_threat(ActorId a, ActorId b, ActorId adversary) const override {
    if (!adversary.valid()) return 0.0;
    return apart(a, adversary) <= 20 && apart(b, adversary) <= 20 ? 0.5 : 0.1;
  }
  double request_probability(ActorId, const law::Act&, PactId) const override { return 0.8; }

  static constexpr Date start = Date{std::chrono::year{2020} / 1 / 1};

 private:
  static constexpr std::uint32_t none = 0xffffffffU;
  struct Row {
    law::Party party;
    double ideal = 0.0, forces = 0.0, free = 0.0, resolve = 1.0, power_change = 0.0;
    std::uint32_t enemy = none;
    bool began = false, fleet = false, new_regime = false, ousted = false;
  };
  const Row& row(ActorId a) const { return rows_[a.row()]; }
  std::size_t apart(ActorId a, ActorId b) const {
    const std::size_t d = a.row() > b.row() ? a.row() - b.row() : b.row() - a.row();
    return std::min(d, rows_.size() - d);
  }
  std::vector<Row> rows_;
};

struct LawWorld {
  RingFacts facts;
  std::vector<law::Pact> pacts;
  std::vector<law::Act> acts;
  law::Settings settings;

  explicit LawWorld(const Size& size);
};

}  // namespace casus::bench
