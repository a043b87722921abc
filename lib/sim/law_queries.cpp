#include "sim/law_queries.h"

#include <algorithm>
#include <cmath>

#include "casus/law/expectation.h"
#include "casus/law/membership.h"
#include "casus/law/organ.h"
#include "sim/world_facts.h"

namespace casus {

law::Act make_act(const StepView& context, law::ActKind kind, ActorId author, ActorId victim,
                  RegionId where, double size) {
  const World& w = context.world;
  law::Act act;
  act.kind = kind;
  act.author = author;
  act.victim = victim;
  act.place = place_of(w, context.scenario, where);
  act.date = context.clock.date(context.step);
  act.size = size;
  const bool coup = kind == law::ActKind::coup || kind == law::ActKind::coup_attempt;
  act.against_usurper = coup && w.actors.regime[victim.row()] == Regime::junta;
  if (author.valid() && w.actors.kind[author.row()] == ActorKind::armed_group) {
    act.sponsor = w.actors.sponsor[author.row()];
    act.sponsor_evidence = act.sponsor.valid() ? w.actors.sponsor_evidence[author.row()] : 0.0;
  }
  return act;
}

std::vector<ExpectedAlly> expected_allies(const StepView& context, law::ActKind kind,
                                          ActorId author, ActorId victim, RegionId where) {
  const law::Act act = make_act(context, kind, author, victim, where, 0.0);
  const WorldFacts facts(context);
  std::vector<ExpectedAlly> allies;
  for (const law::Expected& e :
       law::expected_coalition(act, author, context.world.pacts.index(), facts,
                               context.law.settings, context.law.memory)) {
    if (e.armed_probability > 0.0) allies.push_back({e.member, e.armed_probability});
  }
  return allies;
}

bool organ_votes(StepContext& context, PactId row, ActorId target,
                 const std::vector<double>& support, std::uint64_t about, EventId cause,
                 std::vector<Term> weighed, EventId* event) {
  const law::Pact& pact = context.world.pacts[row.row()];
  if (pact.organs.empty()) return false;
  WorldFacts facts(context);
  facts.set_votes(support);
  law::Proposal proposal;
  proposal.level = law::Obligation::troops;
  proposal.against = target;
  proposal.act = make_act(context, law::ActKind::coup, target, target,
                          context.world.actors.capital[target.row()], 0.0);
  proposal.key = about;
  // Interest has been weighed by the caller, affinity and cost included.
  law::Settings settings = context.law.settings;
  law::VoteSettings indifferent{};
  indifferent.band = settings.vote.band;
  settings.vote = indifferent;
  const law::Vote vote = law::organ_decides(pact, row, pact.organs.front(), proposal, facts,
                                            settings, context.replicate, context.step);
  Event e{.kind = EventKind::intervention_vote,
          .whom = target,
          .pact = row,
          .reason = static_cast<std::uint16_t>(vote.reason),
          .size = vote.adopted ? 1.0 : 0.0};
  *event = context.happened(e, {cause});
  const law::Organ& organ = pact.organs.front();
  law::ballots(pact, row, organ, proposal, facts, settings, context.replicate, context.step,
               weighed);
  context.decided(
      {.event = *event,
       .kind = DecisionKind::organ_vote,
       .yes = vote.adopted,
       .whom = target,
       .pact = row,
       .probability = law::adoption_probability(pact, row, organ, proposal, facts, settings)},
      weighed);
  return vote.adopted;
}

bool force_may_be_voted(const StepView& context, ActorId target) {
  return law::may_send_arms(target, context.clock.date(context.step), WorldFacts(context),
                            context.law.settings, context.law.memory);
}

void active_members(const StepView& context, PactId row, std::vector<ActorId>& members) {
  members.clear();
  const law::Pact& pact = context.world.pacts[row.row()];
  const Date date = context.clock.date(context.step);
  for (const law::Member& m : pact.members) {
    if (law::standing(pact, m, date).votes) members.push_back(m.actor);
  }
}

}  // namespace casus
