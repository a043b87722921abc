#include "casus/law/parameters.h"

#include <vector>

namespace casus::law {
namespace {

/// A case may make a weight so large that it decides alone.
const SingleCase decisive{-100.0, 100.0, {}, {}};
/// A weight of the logit of honour: unless the case gives it one, it has none.
const SingleCase unweighted{-100.0, 100.0, 0.0,
                            "a case is read with the published estimate of honour alone"};
/// A share that a case may also set to nothing or to all.
const SingleCase any_share{0.0, 1.0, {}, {}};

void add_honour(std::vector<LawParameter>& rows) {
  const auto to = [](double HonourSettings::*member) { return inside(&Settings::honour, member); };
  using H = HonourSettings;
  const auto reluctance = [](Obligation level) {
    return inside(&Settings::honour, &H::reluctance, level);
  };
  const std::vector<LawParameter> honour{
      {{{"era", Unit::none, -6.0, 6.0, -1.9, "Added to the logit of honour",
         "calibrated: member by member 66 % until 1944, 22 % after (Berkemeier & Fuhrmann 2018)"},
        to(&H::era)},
       "honour.era",
       unweighted},
      {{{"affinity", Unit::none, 0.0, 6.0, 1.5,
         "Logit of honour per unit of affinity to the victim less that to its adversary",
         "calibrated"},
        to(&H::affinity)},
       "honour.affinity",
       unweighted},
      {{{"cost", Unit::none, 0.0, 6.0, 1.0,
         "Logit of honour lost per unit of the adversary's share of the two's power", "calibrated"},
        to(&H::cost)},
       "honour.cost",
       unweighted},
      {{{"shared_threat", Unit::none, 0.0, 6.0, 1.0,
         "Logit of honour per unit of threat shared with the victim", "calibrated"},
        to(&H::shared_threat)},
       "honour.shared_threat",
       unweighted},
      {{{"war_weariness", Unit::none, 0.0, 6.0, 1.0,
         "Logit of honour lost per unit of resolve lost", "calibrated"},
        to(&H::war_weariness)},
       "honour.war_weariness",
       unweighted},
      {{{"own_vote", Unit::none, 0.0, 8.0, 3.0,
         "Logit of honour gained by a member that voted for what its organ decided, and lost by "
         "one "
         "that voted against",
         "calibrated: every force that ECOWAS decided on at a recognised government's request was "
         "fielded: 1990, 1997, 1998, 2003 twice, 2012, 2013, 2017, 2022"},
        to(&H::own_vote)},
       "honour.own_vote",
       unweighted},
      {{{"declaration", Unit::none, 0.0, 6.0, 1.5,
         "Logit of honour lost where the promise is a declaration and no agreement was signed",
         "calibrated; direction: Morrow 2000, Alliances: Why Write Them Down?, "
         "doi:10.1146/annurev.polisci.3.1.63"},
        to(&H::declaration)},
       "honour.declaration",
       unweighted},
      {{{"standing_aside", Unit::none, -6.0, 6.0, 0.0,
         "Logit of standing aside for a member bound to both sides", "calibrated"},
        to(&H::standing_aside)},
       "honour.neutral",
       decisive},
      {{{"power_change", Unit::none, 0.01, 1.0, 0.1,
         "Relative change of a member's power since it signed that counts as one",
         "Leeds & Anac 2005, doi:10.1080/03050620500294135: 10 %"},
        to(&H::power_change)},
       "honour.power_change",
       decisive},
      {{{"reluctance_troops", Unit::none, 0.0, 6.0, 0.5,
         "How much less willing a member is to send troops than to help at all", "calibrated"},
        reluctance(Obligation::troops)},
       {},
       {}},
      {{{"reluctance_war", Unit::none, 0.0, 6.0, 1.0,
         "How much less willing a member is to go to war than to help at all", "calibrated"},
        reluctance(Obligation::war)},
       {},
       {}},
  };
  rows.insert(rows.end(), honour.begin(), honour.end());
}

void add_delay(std::vector<LawParameter>& rows) {
  using D = DelaySettings;
  const auto to = [](double D::*member) { return inside(&Settings::delay, member); };
  const std::vector<LawParameter> delay{
      {{{"delay_median", Unit::days, 0.5, 1000.0, 76.0,
         "Median time from the obligation to armed help",
         "joiners of inter-state wars 1823-2003 without the World Wars, COW 4.0: 2.5 months"},
        to(&D::median_days)},
       {},
       {}},
      {{{"delay_shape", Unit::none, 0.2, 3.0, 0.7,
         "Weibull shape of that time; below 1 many come at once and some very late",
         "the same wars: .2 gives the 44 % that had joined within a month, .86 the 93 % within a "
         "year; between them judged"},
        to(&D::shape)},
       {},
       {}},
      {{{"delay_diplomatic", Unit::days, 0.1, 365.0, 3.0,
         "Median time from the obligation to help below basing: statements, mediation, sanctions, "
         "aid",
         "judged"},
        to(&D::diplomatic_days)},
       {},
       {}},
  };
  rows.insert(rows.end(), delay.begin(), delay.end());
}

void add_vote(std::vector<LawParameter>& rows) {
  using V = VoteSettings;
  const auto to = [](double V::*member) { return inside(&Settings::vote, member); };
  const std::vector<LawParameter> vote{
      {{{"vote_intercept", Unit::none, -5.0, 5.0, 0.0,
         "Logit of a member's vote for action without further interest", "calibrated"},
        to(&V::intercept)},
       "vote.intercept",
       decisive},
      {{{"vote_affinity", Unit::none, 0.0, 10.0, 3.0,
         "Logit of a vote per unit of affinity to who is helped less that to the adversary",
         "calibrated"},
        to(&V::affinity)},
       "vote.affinity",
       decisive},
      {{{"vote_threat", Unit::none, 0.0, 10.0, 2.0, "Logit of a vote per unit of shared threat",
         "calibrated"},
        to(&V::threat)},
       "vote.shared_threat",
       decisive},
      {{{"vote_cost", Unit::none, 0.0, 10.0, 2.0, "Logit of a vote lost per unit of cost",
         "calibrated"},
        to(&V::cost)},
       "vote.cost",
       decisive},
      {{{"vote_band", Unit::none, 0.0, 3.0, 0.3, "Half-width of abstention, logit", "calibrated"},
        to(&V::band)},
       "vote.band",
       SingleCase{0.0, 100.0, {}, {}}},
  };
  rows.insert(rows.end(), vote.begin(), vote.end());
}

void add_rules(std::vector<LawParameter>& rows) {
  using S = Settings;
  const std::vector<LawParameter> rules{
      {{{"armed_attack", Unit::none, 0.0, 1.0, 0.3,
         "Severity from which force is an armed attack: it makes war, and calls articles that owe "
         "arms and set no severity of their own",
         "direction: \"the most grave forms of the use of force\", told apart by scale and "
         "effects, "
         "International Court of Justice, Nicaragua v. United States 1986, paragraphs 191 and 195; "
         "value judged: what the instruments of the casebook ask for lies between .3 and .5"},
        &S::armed_attack},
       {},
       {}},
      {{{"provocation_threshold", Unit::none, 0.0, 1.0, 0.5,
         "Severity from which a provocation by the victim voids an article that excludes it",
         "judged: a small war to which the victim was baited does not void its pacts"},
        &S::provocation_threshold},
       {},
       {},
       false},
      {{{"deployable_share", Unit::none, 0.01, 1.0, 0.25,
         "Share of its free forces that a member sends at most", "calibrated"},
        &S::deployable_share},
       {},
       any_share},
      {{{"min_free_share", Unit::none, 0.0, 0.9, 0.05,
         "Share of its forces a member must have free to send any", "calibrated"},
        &S::min_free_share},
       {},
       any_share},
      {{{"peaceful_days", Unit::days, 0.0, 365.0, 30.0,
         "Time peaceful means are given where a pact demands them first", "calibrated"},
        &S::peaceful_days},
       {},
       SingleCase{0.0, 1e6, {}, {}}},
      {{{"reconsider", Unit::days, 1.0, 3650.0, 180.0,
         "Time after which a decision in a conflict that lasts is taken anew", "calibrated"},
        &S::reconsider_days},
       "reconsider_days",
       SingleCase{0.0, 1e6, 0.0,
                  "what has been decided in a case stands until the case says otherwise; 0 is "
                  "never"}},
  };
  rows.insert(rows.end(), rules.begin(), rules.end());
}

}  // namespace

std::span<const LawParameter> parameters() {
  static const std::vector<LawParameter> rows = [] {
    std::vector<LawParameter> all;
    add_honour(all);
    add_delay(all);
    add_vote(all);
    add_rules(all);
    return all;
  }();
  return rows;
}

Settings::Settings() {
  for (const LawParameter& row : parameters()) row.member(*this) = row.case_value();
}

}  // namespace casus::law
