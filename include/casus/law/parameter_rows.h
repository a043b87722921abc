#pragma once

#include <optional>

// The parameters of the law, each in one place: casus/law/settings.h makes the members of these
// rows, casus/law/parameters.h their table, and the archive goes through them. A row is
//
//   PARAMETER(member, {"name", Unit, low, high, default, "meaning", "source"}, "older name", case)
//
// and the last two where they apply: how older casebooks spell it, and how a single case reads it
// (SingleCase); a false behind them says that no act of a scenario can make it matter. FIXED is a
// number that nobody sets by name. The order is that in which the state is saved.

/// Additions to the logit of honour of Leeds and Anac.
#define CASUS_LAW_HONOUR(PARAMETER)                                                                \
  PARAMETER(era,                                                                                   \
            {"era", Unit::none, -6.0, 6.0, -1.9, "Added to the logit of honour after 1945",        \
             "calibrated: member by member 66 % until 1944, 22 % after (Berkemeier & Fuhrmann "    \
             "2018)"},                                                                             \
            "honour.era", unweighted)                                                              \
  PARAMETER(affinity,                                                                              \
            {"affinity", Unit::none, 0.0, 6.0, 1.5,                                                \
             "Logit of honour per unit of affinity to the victim less that to its adversary",      \
             "calibrated"},                                                                        \
            "honour.affinity", unweighted)                                                         \
  PARAMETER(                                                                                       \
      cost,                                                                                        \
      {"cost", Unit::none, 0.0, 6.0, 1.0,                                                          \
       "Logit of honour lost per unit of the adversary's share of the two's power", "calibrated"}, \
      "honour.cost", unweighted)                                                                   \
  PARAMETER(shared_threat,                                                                         \
            {"shared_threat", Unit::none, 0.0, 6.0, 1.0,                                           \
             "Logit of honour per unit of threat shared with the victim", "calibrated"},           \
            "honour.shared_threat", unweighted)                                                    \
  PARAMETER(war_weariness,                                                                         \
            {"war_weariness", Unit::none, 0.0, 6.0, 1.0,                                           \
             "Logit of honour lost per unit of resolve lost", "calibrated"},                       \
            "honour.war_weariness", unweighted)                                                    \
  PARAMETER(own_vote,                                                                              \
            {"own_vote", Unit::none, 0.0, 8.0, 3.0,                                                \
             "Logit of honour gained by a member that voted for what its organ decided, and "      \
             "lost by one that voted against",                                                     \
             "calibrated: every force that ECOWAS decided on at a recognised government's "        \
             "request was fielded: 1990, 1997, 1998, 2003 twice, 2012, 2013, 2017, 2022"},         \
            "honour.own_vote", unweighted)                                                         \
  PARAMETER(declaration,                                                                           \
            {"declaration", Unit::none, 0.0, 6.0, 1.5,                                             \
             "Logit of honour lost where the promise is a declaration and no agreement was "       \
             "signed",                                                                             \
             "calibrated; direction: Morrow 2000, Alliances: Why Write Them Down?, "               \
             "doi:10.1146/annurev.polisci.3.1.63"},                                                \
            "honour.declaration", unweighted)                                                      \
  PARAMETER(standing_aside,                                                                        \
            {"standing_aside", Unit::none, -6.0, 6.0, 0.0,                                         \
             "Logit of standing aside for a member bound to both sides", "calibrated"},            \
            "honour.neutral", decisive)                                                            \
  PARAMETER(power_change,                                                                          \
            {"power_change", Unit::none, 0.01, 1.0, 0.1,                                           \
             "Relative change of a member's power since it signed that counts as one",             \
             "Leeds & Anac 2005, doi:10.1080/03050620500294135: 10 %"},                            \
            "honour.power_change", decisive)

/// Of HonourSettings::reluctance, by the level of help.
#define CASUS_LAW_RELUCTANCE(PARAMETER)                                                      \
  PARAMETER(troops, {"reluctance_troops", Unit::none, 0.0, 6.0, 0.5,                         \
                     "How much less willing a member is to send troops than to help at all", \
                     "calibrated"})                                                          \
  PARAMETER(war,                                                                             \
            {"reluctance_war", Unit::none, 0.0, 6.0, 1.0,                                    \
             "How much less willing a member is to go to war than to help at all", "calibrated"})

/// Time from the act to the help.
#define CASUS_LAW_DELAY(PARAMETER, FIXED)                                                     \
  PARAMETER(median_days,                                                                      \
            {"delay_median", Unit::days, 0.5, 1000.0, 76.0,                                   \
             "Median time from the obligation to armed help",                                 \
             "joiners of inter-state wars 1823-2003 without the World Wars, COW 4.0: 2.5 "    \
             "months"})                                                                       \
  /* Shares that have joined, see rules::JoiningDelay; used while the shape is 0. */          \
  FIXED(within_month, 0.31)                                                                   \
  FIXED(within_year, 0.64)                                                                    \
  PARAMETER(shape,                                                                            \
            {"delay_shape", Unit::none, 0.2, 3.0, 0.7,                                        \
             "Weibull shape of that time; below 1 many come at once and some very late",      \
             "the same wars: .2 gives the 44 % that had joined within a month, .86 the 93 % " \
             "within a year; between them judged"})                                           \
  PARAMETER(diplomatic_days,                                                                  \
            {"delay_diplomatic", Unit::days, 0.1, 365.0, 3.0,                                 \
             "Median time from the obligation to help below basing: statements, mediation, "  \
             "sanctions, aid",                                                                \
             "judged"})

/// How a member votes.
#define CASUS_LAW_VOTE(PARAMETER)                                                                \
  PARAMETER(intercept,                                                                           \
            {"vote_intercept", Unit::none, -5.0, 5.0, 0.0,                                       \
             "Logit of a member's vote for action without further interest", "calibrated"},      \
            "vote.intercept", decisive)                                                          \
  PARAMETER(affinity,                                                                            \
            {"vote_affinity", Unit::none, 0.0, 10.0, 3.0,                                        \
             "Logit of a vote per unit of affinity to who is helped less that to the adversary", \
             "calibrated"},                                                                      \
            "vote.affinity", decisive)                                                           \
  PARAMETER(threat,                                                                              \
            {"vote_threat", Unit::none, 0.0, 10.0, 2.0,                                          \
             "Logit of a vote per unit of shared threat", "calibrated"},                         \
            "vote.shared_threat", decisive)                                                      \
  PARAMETER(cost,                                                                                \
            {"vote_cost", Unit::none, 0.0, 10.0, 2.0, "Logit of a vote lost per unit of cost",   \
             "calibrated"},                                                                      \
            "vote.cost", decisive)                                                               \
  PARAMETER(                                                                                     \
      band,                                                                                      \
      {"vote_band", Unit::none, 0.0, 3.0, 0.3, "Half-width of abstention, logit", "calibrated"}, \
      "vote.band", SingleCase{0.0, 100.0, {}, {}})

/// The rest of the rules.
#define CASUS_LAW_RULES(PARAMETER)                                                                 \
  PARAMETER(provocation_threshold,                                                                 \
            {"provocation_threshold", Unit::none, 0.0, 1.0, 0.5,                                   \
             "Severity from which a provocation by the victim voids an article that excludes "     \
             "it",                                                                                 \
             "judged: a small war to which the victim was baited does not void its pacts"},        \
            "", std::nullopt, false)                                                               \
  PARAMETER(armed_attack,                                                                          \
            {"armed_attack", Unit::none, 0.0, 1.0, 0.3,                                            \
             "Severity from which force is an armed attack: it makes war, and calls articles "     \
             "that owe arms and set no severity of their own",                                     \
             "direction: \"the most grave forms of the use of force\", told apart by scale and "   \
             "effects, International Court of Justice, Nicaragua v. United States 1986, "          \
             "paragraphs 191 and 195; value judged: what the instruments of the casebook ask "     \
             "for lies between .3 and .5"})                                                        \
  PARAMETER(min_free_share,                                                                        \
            {"min_free_share", Unit::none, 0.0, 0.9, 0.05,                                         \
             "Share of its forces a member must have free to send any", "calibrated"},             \
            "", any_share)                                                                         \
  PARAMETER(deployable_share,                                                                      \
            {"deployable_share", Unit::none, 0.01, 1.0, 0.25,                                      \
             "Share of its free forces that a member sends at most", "calibrated"},                \
            "", any_share)                                                                         \
  PARAMETER(peaceful_days,                                                                         \
            {"peaceful_days", Unit::days, 0.0, 365.0, 30.0,                                        \
             "Time peaceful means are given where a pact demands them first", "calibrated"},       \
            "", SingleCase{0.0, 1e6, {}, {}})                                                      \
  PARAMETER(reconsider_days,                                                                       \
            {"reconsider", Unit::days, 1.0, 3650.0, 180.0,                                         \
             "Time after which a decision in a conflict that lasts is taken anew", "calibrated"},  \
            "reconsider_days",                                                                     \
            SingleCase{0.0, 1e6, 0.0,                                                              \
                       "what has been decided in a case stands until the case says otherwise; "    \
                       "0 is never"})                                                              \
  PARAMETER(answer_days,                                                                           \
            {"answer_days", Unit::days, 1.0, 36500.0, 365.0,                                       \
             "Time for which an attack can be answered in defence; later force is a reprisal. A "  \
             "war that goes on has no such end",                                                   \
             "direction: necessity and immediacy, Webster to Fox on the Caroline, 24 April 1841; " \
             "reprisals by force are forbidden, General Assembly resolution 2625 (XXV); value "    \
             "judged: Kuwait was freed 168 days after it was invaded"},                            \
            "", std::nullopt, false)                                                               \
  PARAMETER(proportion,                                                                            \
            {"proportion", Unit::none, 1.0, 100.0, 2.0,                                            \
             "How many times as grave as the attack an answer in defence may be, under the "       \
             "doctrine that weighs the one against the other",                                     \
             "direction: Oil Platforms (Iran v. United States), International Court of Justice "   \
             "2003, paragraph 77; value judged"})
