#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "casus/law/vocabulary.h"
#include "sandbox.h"
#include "sim/acts.h"

/// A pact of mutual defence and an attack that puts it to the test.
namespace casus::test {

inline constexpr ActorId attacker{0}, victim{1}, ally{2}, rebels{3};
inline constexpr RegionId attackers_land{0}, victims_land{1};

/// A victim between an attacker and an ally that is bound to it; `edit` changes the pact.
inline ScenarioData alliance(const std::function<void(law::Pact&)>& edit = {},
                             Minutes step = Minutes(24 * 60)) {
  using namespace std::chrono_literals;
  ScenarioData s = empty_scenario(step);
  for (const char* name : {"attacker", "victim", "ally"}) {
    const ActorId a = add_actor(s, name, ActorKind::state, 10000.0);
    const RegionId r = add_region(s, std::string(name) + "s_land", a);
    if (r.row() > 0) add_border(s, RegionId(r.row() - 1), r);
  }
  const ActorId g = add_actor(s, "rebels", ActorKind::armed_group, 500.0);
  s.presence.push_back({g, victims_land, 500.0, Role::insurgent});
  law::Pact p;
  p.id = "pact";
  p.key = pact_key(p.id);
  p.in_force = Date{2020y / 1 / 1};
  for (const ActorId m : {victim, ally}) {
    p.members.emplace_back();
    p.members.back().actor = m;
  }
  p.articles.emplace_back();
  p.articles[0].id = "preamble";
  p.articles.emplace_back();
  p.articles[1].id = "1";
  p.articles[1].when.acts = {law::ActKind::invasion, law::ActKind::strike};
  p.articles[1].then.assist = {law::Obligation::troops, law::Obligation::war};
  p.articles[1].procedure = law::Procedure::automatic;
  if (edit) edit(p);
  s.pacts = {p};
  s.pact_names = {p.id};
  return s;
}

inline constexpr std::pair<std::string_view, double> faithful{"era", 6.0};
inline constexpr std::pair<std::string_view, double> faithless{"era", -6.0};
inline constexpr std::pair<std::string_view, double> soon{"delay_median", 2.0};

/// The attacker invades on the given step.
inline std::function<void(Sandbox&)> invasion(std::uint32_t step = 0) {
  return [step](Sandbox& box) {
    if (box.step != step) return;
    StepContext c = box.context();
    act(c, law::ActKind::invasion, attacker, victim, victims_land, 3000.0, {}, {});
  };
}

inline const Event* first(const Sandbox& box, EventKind kind) {
  for (const Event& e : box.log.all()) {
    if (e.kind == kind) return &e;
  }
  return nullptr;
}

/// Is `cause` among the causes of `e`, or of its causes, and so on?
inline bool follows_from(const EventLog& log, const Event& e, EventId cause) {
  std::vector<EventId> open(log.causes(e).begin(), log.causes(e).end());
  while (!open.empty()) {
    const EventId id = open.back();
    open.pop_back();
    if (id == cause) return true;
    for (const EventId next : log.causes(log[id])) open.push_back(next);
  }
  return false;
}

}  // namespace casus::test
