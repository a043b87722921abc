#include "sim/expeditions.h"

#include <algorithm>
#include <vector>

#include "casus/world/forces.h"
#include "sim/acts.h"
#include "sim/gate.h"
#include "sim/law_queries.h"
#include "sim/warfare.h"

namespace casus {
namespace {

constexpr Purpose word_kept("word_kept");

}  // namespace

void send_expedition(StepContext& context, const Crisis& c, ActorId lead, double contribution,
                     EventId decision) {
  World& w = context.world;
  std::vector<ActorId> members;
  active_members(context, c.organisation, members);
  const RegionId where = entry_region(w, lead, c.target, context.law.entry_defence);
  const law::Pact& pact = w.pacts[c.organisation.row()];
  std::stable_partition(members.begin(), members.end(), [&](ActorId m) { return m == lead; });
  WarId war;
  for (const ActorId m : members) {
    if (m == c.target || w.relations.at_war(m, c.target)) continue;
    double pledged = 0.0;
    for (const law::Member& member : pact.members) {
      if (member.actor == m) pledged = member.contribution;
    }
    double people = pledged > 0.0 ? pledged
                                  : contribution * (w.forces(m) + w.actors.home_power[m.row()]) *
                                        free_share(w, m, context.law.garrison_free) *
                                        w.actors.appetite[m.row()];
    people = std::min(people, may_send(context, m, where));
    if (people < context.law.smallest_contingent) continue;
    Stream stream = context.stream(word_kept, {w.actors.key[m.row()].value, c.key});
    // A vote is not yet a soldier: resolve decides whether the word is kept, once for each crisis.
    const double draw = uniform(stream);
    const double resolve = w.actors.resolve[m.row()];
    const bool keeps = draw < resolve;
    const EventId word = context.happened({.kind = keeps ? EventKind::honour : EventKind::breach,
                                           .who = m,
                                           .whom = c.target,
                                           .where = where,
                                           .pact = c.organisation,
                                           .size = static_cast<double>(law::Obligation::troops)},
                                          {decision});
    context.decided({.event = word,
                     .kind = DecisionKind::word,
                     .yes = keeps,
                     .who = m,
                     .whom = c.target,
                     .pact = c.organisation,
                     .probability = resolve,
                     .draw = draw},
                    {{TermKind::resolve, m, resolve}});
    if (!keeps) continue;
    // The first to arrive begins the war; the others join it.
    if (war.valid()) {
      join_war(context, war, m, 0, c.organisation, {}, word);
    }
    const EventId arrival = act(context, law::ActKind::intervention, m, c.target, where, people,
                                {.posture = law::Posture::enforcement}, word);
    context.log.at(arrival).pact = c.organisation;
    if (!war.valid()) war = war_between(w, m, c.target);
  }
}

}  // namespace casus
