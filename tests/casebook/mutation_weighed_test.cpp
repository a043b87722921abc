#include <gtest/gtest.h>

#include "corpus.h"

/// More of what is broken on purpose: what is weighed together, how far an answer may go, and whom
/// an article means.
namespace casus::casebook {
namespace {

using law::Attribution;
using law::Case;
using law::Context;
using law::Coverage;
using law::Invocation;
using law::Owed;
using law::Reason;
using law::Stages;

TEST(Mutation, AnswersMayGoAsFarAsTheyLike) {
  Stages s;
  s.attribute = [](const law::Act& act, const Context& context) {
    Attribution out = law::attribute(act, context);
    if (out.out_of_proportion) out.posture = law::Posture::self_defence;
    out.out_of_proportion = false;
    return out;
  };
  expect_noticed(s, {"war_for_a_skirmish_out_of_proportion", "how_much_is_a_setting",
                     "too_far_over_steps", "ally_goes_too_far", "the_sender_is_weighed_too",
                     "a_promise_and_an_answer", "beaten_back"});
}

TEST(Mutation, EveryAnswerIsTooMuch) {
  Stages s;
  s.attribute = [](const law::Act& act, const Context& context) {
    Attribution out = law::attribute(act, context);
    if (out.posture == law::Posture::self_defence) {
      out.posture = law::Posture::attack;
      out.out_of_proportion = true;
    }
    return out;
  };
  expect_noticed(s,
                 {"war_for_a_skirmish", "in_proportion", "the_gravest_of_several", "too_far_once",
                  "together_and_in_proportion", "not_yet_beaten_back", "beaten_back_and_on"});
}

TEST(Mutation, WhatABandDidIsNotItsSendersDoing) {
  Stages s;
  s.attribute = [](const law::Act& act, const Context& context) {
    Attribution out = law::attribute(act, context);
    out.sponsor_proven = false;
    return out;
  };
  expect_noticed(s,
                 {"own_fire_and_the_bands", "bands_of_one_sponsor", "the_sender_is_weighed_too"});
}

TEST(Mutation, DefenceFillsTheMeasureOfSmallActs) {
  Stages s;
  s.attribute = [](const law::Act& act, const Context& context) {
    Attribution out = law::attribute(act, context);
    if (out.authorised) out.posture = law::Posture::attack;
    out.authorised = false;
    return out;
  };
  expect_noticed(s, {"allowed_force_is_not_added", "allowed_without_proportion"});
}

TEST(Mutation, WhomOneArticleDoesNotMeanNoneDoes) {
  Stages s;
  s.oblige = [](const Case& c, const Coverage& coverage, const Invocation& invocation,
                std::uint32_t slot, const Context& context) {
    Owed out = law::oblige(c, coverage, invocation, slot, context);
    // A reason that is of the member, and not of the article.
    if (!out.yes) out.reason = Reason::already_decided;
    return out;
  };
  expect_noticed(
      s, {"reserved_to_the_first_alone", "outvoted_and_automatic", "older_war_and_article_for_it",
          "at_war_and_bases", "if_also_chain", "secret_protocol_others_public"});
}

}  // namespace
}  // namespace casus::casebook
