#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <set>
#include <string>
#include <vector>

#include "corpus.h"

/// Each stage of the law is broken on purpose, in the ways in which it has been got wrong before,
/// and the cases that are there to notice must notice.
namespace casus::casebook {
namespace {

using law::Ability;
using law::Attribution;
using law::Case;
using law::Context;
using law::Coverage;
using law::Invocation;
using law::Owed;
using law::Reason;
using law::Stages;
using law::Willingness;

/// The clause with some of its conditions changed, under the real rules of coverage.
template <class Change>
Coverage cover_with(const Case& c, const Context& context, Change change) {
  law::Clause clause = c.clause;
  change(clause);
  return law::cover(Case{c.act, c.who, c.pact, clause}, context);
}

TEST(Mutation, NothingBrokenNothingNoticed) { EXPECT_TRUE(failing({}).empty()); }

// Every stage that can be exchanged is named here, and broken below: this does not compile once
// there is another.
TEST(Mutation, EveryStageIsBrokenBelow) {
  const auto& [attribute, cover, invoke, oblige, able, willing] = Stages{};
  EXPECT_TRUE(attribute && cover && invoke && oblige && able && willing);
}

TEST(Mutation, AttributedWithoutEvidence) {
  Stages s;
  s.attribute = [](const law::Act& act, const Context& context) {
    Attribution out = law::attribute(act, context);
    out.sponsor_proven = act.sponsor.valid();
    out.host_proven = act.host.valid();
    if (!out.yes && act.sponsor.valid()) {
      out.yes = true;
      out.author = act.sponsor;
      out.reason = Reason::evidence_sufficient;
    }
    return out;
  };
  expect_noticed(s, {"unknown_author_alleged_sponsor", "group_with_a_suspected_sponsor",
                     "host_that_cannot_help_it"});
}

TEST(Mutation, AttributedToNobody) {
  Stages s;
  s.attribute = [](const law::Act& act, const Context& context) {
    Attribution out = law::attribute(act, context);
    out.yes = false;
    out.reason = Reason::author_unknown;
    return out;
  };
  expect_noticed(s, {"state_act", "attack_at_home", "majority"});
}

TEST(Mutation, DefenceTakenForAttack) {
  Stages s;
  s.attribute = [](const law::Act& act, const Context& context) {
    Attribution out = law::attribute(act, context);
    out.posture = law::Posture::attack;
    return out;
  };
  expect_noticed(s, {"counter_attack", "helper_is_not_an_aggressor", "declaration_by_the_ally"});
}

TEST(Mutation, OccupationUnderAnArmisticeTakenForAnAttack) {
  Stages s;
  s.attribute = [](const law::Act& act, const Context& context) {
    Attribution out = law::attribute(act, context);
    out.goes_on = false;
    return out;
  };
  expect_noticed(s, {"occupation_under_an_armistice"});
}

TEST(Mutation, ThePeaceIsForgottenByTheNextWar) {
  Stages s;
  s.attribute = [](const law::Act& act, const Context& context) {
    Attribution out = law::attribute(act, context);
    const law::Hostility h = context.fronts.hostility(out.author, out.victim);
    if (h.settled != law::Settlement::none) out.conflict = h.conflict;
    return out;
  };
  expect_noticed(s, {"refused_then_asked_again", "after_peace_again"});
}

TEST(Mutation, WhoClaimsAnAuthorisationHasOne) {
  Stages s;
  s.attribute = [](const law::Act& act, const Context& context) {
    Attribution out = law::attribute(act, context);
    if (act.posture == law::Posture::authorised) out.posture = law::Posture::enforcement;
    return out;
  };
  expect_noticed(s, {"kosovo_1999", "ecowas_niger_2023"});
}

TEST(Mutation, TheCouncilIsNotHeard) {
  Stages s;
  s.attribute = [](const law::Act& act, const Context& context) {
    Context deaf = context;
    deaf.memory = nullptr;
    return law::attribute(act, deaf);
  };
  expect_noticed(s, {"kuwait_1990", "libya_2011", "no_defence_against_the_council"});
}

TEST(Mutation, ARightIsForgotten) {
  Stages s;
  s.attribute = [](const law::Act& act, const Context& context) {
    Attribution out = law::attribute(act, context);
    if (out.by_right) out.posture = law::Posture::attack;
    out.by_right = false;
    return out;
  };
  expect_noticed(s, {"a_right_is_used", "cyprus_1974", "persia_1921"});
}

TEST(Mutation, CoveredWhateverTheAct) {
  Stages s;
  s.cover = [](const Case& c, const Context& context) {
    return cover_with(c, context,
                      [&](law::Clause& clause) { clause.when.acts.insert(c.act.kind); });
  };
  expect_noticed(s, {"declaration_without_an_attack", "overflight", "peacekeepers_abroad"});
}

TEST(Mutation, CoveredWhereverItHappens) {
  Stages s;
  s.cover = [](const Case& c, const Context& context) {
    return cover_with(c, context, [](law::Clause& clause) {
      clause.when.where = {};
      clause.when.where.scope = law::Scope::anywhere;
    });
  };
  expect_noticed(s, {"attack_abroad", "overseas_left_out", "outside_the_special_pact"});
}

TEST(Mutation, CoveredWhoeverDidIt) {
  Stages s;
  s.cover = [](const Case& c, const Context& context) {
    return cover_with(c, context, [](law::Clause& clause) { clause.when.by = {}; });
  };
  expect_noticed(s, {"only_this_adversary", "all_but_this_adversary", "group_without_a_state"});
}

TEST(Mutation, CoveredBetweenMembers) {
  Stages s;
  s.cover = [](const Case& c, const Context& context) {
    return cover_with(c, context, [](law::Clause& clause) { clause.when.between_members = true; });
  };
  expect_noticed(s, {"members_fight_each_other"});
}

TEST(Mutation, OtherHandsForgottenOnceAttributed) {
  Stages s;
  s.cover = [](const Case& c, const Context& context) {
    Coverage out = law::cover(c, context);
    for (ActorId& accomplice : out.accomplices) accomplice = {};
    return out;
  };
  expect_noticed(s, {"member_behind_the_band", "host_that_owes_help", "guarantor_behind_a_coup"});
}

TEST(Mutation, HelpedAgainstItself) {
  Stages s;
  s.cover = [](const Case& c, const Context& context) {
    Coverage out = law::cover(c, context);
    if (out.reason == Reason::own_act) out.yes = true;
    return out;
  };
  expect_noticed(s, {"false_flag", "own_band", "gleiwitz", "bombs_on_ones_own_town"});
}

TEST(Mutation, CoveredThoughTheWarIsOlder) {
  Stages s;
  s.cover = [](const Case& c, const Context& context) {
    return cover_with(c, context, [](law::Clause& clause) { clause.when.ongoing_wars = true; });
  };
  expect_noticed(s, {"signed_in_the_middle_of_a_war"});
}

TEST(Mutation, CoveredThoughTheVictimJoined) {
  Stages s;
  s.cover = [](const Case& c, const Context& context) {
    return cover_with(c, context, [](law::Clause& clause) { clause.when.joined_wars = true; });
  };
  expect_noticed(s, {"attack_on_the_helper"});
}

TEST(Mutation, CoveredThoughProvoked) {
  Stages s;
  s.cover = [](const Case& c, const Context& context) {
    return cover_with(c, context, [](law::Clause& clause) { clause.when.unprovoked = false; });
  };
  expect_noticed(s, {"provoked"});
}

TEST(Mutation, ABaitedVictimLosesItsPacts) {
  Stages s;
  s.cover = [](const Case& c, const Context& context) {
    law::Act act = c.act;
    act.provocation.baited = false;
    return law::cover(Case{act, c.who, c.pact, c.clause}, context);
  };
  expect_noticed(s, {"baited"});
}

TEST(Mutation, NothingIsCovered) {
  Stages s;
  s.cover = [](const Case& c, const Context& context) {
    Coverage out = law::cover(c, context);
    out.yes = false;
    out.reason = Reason::act_not_listed;
    return out;
  };
  expect_noticed(s, {"attack_at_home", "offence", "secret_pact_binds"});
}

TEST(Mutation, ArticlesOfferedInsteadOfCovered) {
  Stages s;
  s.cover = [](const Case& c, const Context& context) {
    Coverage out = law::cover(c, context);
    if (out.yes) out.reason = Reason::article_applies;
    return out;
  };
  // The right result for another reason is not enough.
  expect_noticed(s, {"peacekeepers_under_an_extension"});
}

TEST(Mutation, InvokedUnasked) {
  Stages s;
  s.invoke = [](const Case& c, const Coverage& coverage, const Context& context) {
    Invocation out = law::invoke(c, coverage, context);
    out.yes = true;
    out.cap = law::Obligation::war;
    return out;
  };
  expect_noticed(s, {"not_asked", "the_junta_does_not_ask_against_itself", "unanimity", "veto",
                     "quorum", "less_is_adopted"});
}

TEST(Mutation, NeverInvoked) {
  Stages s;
  s.invoke = [](const Case& c, const Coverage& coverage, const Context& context) {
    Invocation out = law::invoke(c, coverage, context);
    out.yes = false;
    return out;
  };
  expect_noticed(s, {"asked", "majority", "the_president_asks_from_exile"});
}

TEST(Mutation, OrgansForgetWhatTheyDecided) {
  Stages s;
  s.invoke = [](const Case& c, const Coverage& coverage, const Context& context) {
    Context forgetful = context;
    forgetful.memory = nullptr;
    return law::invoke(c, coverage, forgetful);
  };
  expect_noticed(s, {"decided_once"});
}

TEST(Mutation, ObligedWhoeverItIs) {
  Stages s;
  s.oblige = [](const Case& c, const Coverage& coverage, const Invocation& invocation,
                std::uint32_t slot, const Context& context) {
    Owed out = law::oblige(c, coverage, invocation, slot, context);
    if (!out.yes) {
      out.yes = true;
      out.reason = Reason::bound;
      out.set = c.clause.then.assist;
      out.level = law::highest(out.set);
    }
    return out;
  };
  expect_noticed(
      s, {"reservation", "exempt", "after_notice", "suspended_from_duties",
          "member_at_war_with_the_victim", "refused_once", "opinions_that_do_not_bind",
          "acceding_in_the_middle_of_a_war", "the_exile_asks", "a_right_is_refused", "arms_alone"});
}

TEST(Mutation, FreeFromTheDayOfNotice) {
  Stages s;
  s.oblige = [](const Case& c, const Coverage& coverage, const Invocation& invocation,
                std::uint32_t slot, const Context& context) {
    Owed out = law::oblige(c, coverage, invocation, slot, context);
    if (out.reason == Reason::bound_during_notice) {
      out.yes = false;
      out.reason = Reason::has_left;
    }
    return out;
  };
  expect_noticed(s, {"during_notice", "notice_of_withdrawal"});
}

TEST(Mutation, EverythingIsOwedAtOnce) {
  Stages s;
  s.oblige = [](const Case& c, const Coverage& coverage, const Invocation& invocation,
                std::uint32_t slot, const Context& context) {
    Owed out = law::oblige(c, coverage, invocation, slot, context);
    if (out.yes) {
      out.set = c.clause.then.assist;
      out.level = law::highest(out.set);
    }
    return out;
  };
  expect_noticed(s, {"partial_reservation", "peaceful_means_first", "less_is_adopted"});
}

TEST(Mutation, NobodyIsObliged) {
  Stages s;
  s.oblige = [](const Case& c, const Coverage& coverage, const Invocation& invocation,
                std::uint32_t slot, const Context& context) {
    Owed out = law::oblige(c, coverage, invocation, slot, context);
    out.yes = false;
    return out;
  };
  expect_noticed(s, {"all_members_owe", "one_change_is_not_enough"});
}

TEST(Mutation, EverybodyIsAble) {
  Stages s;
  s.able = [](const Case& c, const Coverage& coverage, const Owed& owed, std::uint32_t slot,
              const Context& context) {
    Ability out = law::able(c, coverage, owed, slot, context);
    out.yes = true;
    out.level = owed.level;
    return out;
  };
  expect_noticed(
      s, {"tied_down", "no_way_there", "transit_refused", "nothing_but_arms_is_owed", "no_money"});
}

TEST(Mutation, NobodyIsAble) {
  Stages s;
  s.able = [](const Case& c, const Coverage& coverage, const Owed& owed, std::uint32_t slot,
              const Context& context) {
    Ability out = law::able(c, coverage, owed, slot, context);
    out.yes = false;
    return out;
  };
  expect_noticed(s, {"by_air_only", "attack_at_home"});
}

TEST(Mutation, EverybodyKeepsItsWord) {
  Stages s;
  s.willing = [](const Case&, const Coverage&, const Invocation&, std::uint32_t, law::Obligation,
                 const Context&) { return Willingness{.logit = 10.0, .probability = 0.99995}; };
  expect_noticed(s, {"formal_and_changed", "a_junta_that_does_not_keep_its_word", "refused_once",
                     "reluctance_grows_with_the_level", "cost"});
}

TEST(Mutation, NobodyKeepsItsWord) {
  Stages s;
  s.willing = [](const Case&, const Coverage&, const Invocation&, std::uint32_t, law::Obligation,
                 const Context&) { return Willingness{.logit = -10.0, .probability = 0.00005}; };
  expect_noticed(s, {"usually_kept", "one_change_is_not_enough", "common_danger"});
}

TEST(Mutation, BurdensOfThePactAreIgnored) {
  Stages s;
  s.willing = [](const Case& c, const Coverage& coverage, const Invocation& invocation,
                 std::uint32_t slot, law::Obligation level, const Context& context) {
    Willingness out = law::willing(c, coverage, invocation, slot, level, context);
    out.logit = std::max(out.logit, 3.69);
    out.probability = std::max(out.probability, 0.976);
    return out;
  };
  expect_noticed(s, {"formal_and_changed"});
}

TEST(Mutation, SuspendedArticlesCover) {
  Stages s;
  s.cover = [](const Case& c, const Context& context) {
    return cover_with(c, context, [](law::Clause& clause) { clause.suspensions.clear(); });
  };
  expect_noticed(s, {"the_article_is_suspended", "suspended_and_resumed"});
}

TEST(Mutation, ProtocolsAreClaimedByAll) {
  Stages s;
  s.cover = [](const Case& c, const Context& context) {
    return cover_with(c, context, [](law::Clause& clause) { clause.among.clear(); });
  };
  expect_noticed(s, {"protocol_between_two"});
}

TEST(Mutation, CountermeasuresAreBreaches) {
  Stages s;
  s.attribute = [](const law::Act& act, const Context& context) {
    Attribution out = law::attribute(act, context);
    if (out.countermeasure) out.posture = law::Posture::attack;
    out.countermeasure = false;
    return out;
  };
  expect_noticed(s, {"a_breach_is_answered"});
}

TEST(Mutation, WhoClaimsACountermeasureHasOne) {
  Stages s;
  s.attribute = [](const law::Act& act, const Context& context) {
    Attribution out = law::attribute(act, context);
    if (act.posture == law::Posture::countermeasure) out.posture = act.posture;
    return out;
  };
  expect_noticed(s, {"nothing_to_answer", "not_by_force", "not_by_a_third"});
}

TEST(Mutation, RequestsHaveNoLimit) {
  Stages s;
  s.invoke = [](const Case& c, const Coverage& coverage, const Context& context) {
    Invocation out = law::invoke(c, coverage, context);
    if (out.yes && !out.voted) out.cap = law::Obligation::war;
    return out;
  };
  expect_noticed(s, {"arms_are_not_asked_for", "a_limit_lasts"});
}

TEST(Mutation, RequestsAreNeverTakenBack) {
  Stages s;
  s.invoke = [](const Case& c, const Coverage& coverage, const Context& context) {
    Invocation out = law::invoke(c, coverage, context);
    if (out.reason == Reason::request_withdrawn) out = {true, Reason::requested, 1.0};
    return out;
  };
  expect_noticed(s, {"taken_back"});
}

TEST(Mutation, TheLimitOfAMembershipIsForgotten) {
  Stages s;
  s.cover = [](const Case& c, const Context& context) {
    return cover_with(c, context, [](law::Clause& clause) {
      if (clause.when.by.members) clause.when.between_members = true;
      clause.when.by.members = false;
    });
  };
  expect_noticed(s, {"not_by_an_outsider", "by_one_who_has_left"});
}

// The last stage is not a function of one verdict: what is broken here is what follows from them.

TEST(Mutation, NothingFollowsFromHelp) {
  const std::set<std::string> names = failing({}, [](LegalCase& c) {
    for (Step& step : c.steps) step.situation.settings.max_waves = 1;
  });
  EXPECT_TRUE(names.contains("helper_is_not_an_aggressor"));
  EXPECT_TRUE(names.contains("counts_responses"));
}

TEST(Mutation, HelpIsAnAggression) {
  Stages s;
  s.attribute = [](const law::Act& act, const Context& context) {
    Attribution out = law::attribute(act, context);
    if (act.on_behalf_of.valid()) out.posture = law::Posture::attack;
    return out;
  };
  expect_noticed(s, {"helper_is_not_an_aggressor"});
}

TEST(Mutation, DecisionsAreTakenAnew) {
  const std::set<std::string> names = failing({}, [](LegalCase& c) {
    for (Step& step : c.steps) step.situation.settings.reconsider_days = 1.0;
  });
  EXPECT_TRUE(names.contains("refused_once"));
  EXPECT_TRUE(names.contains("decided_once"));
}

}  // namespace
}  // namespace casus::casebook
