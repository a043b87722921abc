#include "sim/war_choice.h"

#include <algorithm>

#include "casus/core/calendar.h"
#include "casus/rules/bargaining.h"
#include "casus/rules/logit.h"
#include "casus/world/forces.h"
#include "sim/warfare.h"

namespace casus {
namespace {

constexpr Purpose common_mood("common_mood");
constexpr Purpose own_reasons("own_reasons");

/// Chance of winning for a side of the given power against the target and whoever is expected to
/// stand by it; `with`: those on the side itself.
double chance_of_winning(const StepView& context, const Crisis& c, ActorId lead, double power,
                         const std::vector<ActorId>& with, const WarRules& rule,
                         std::vector<Term>& terms) {
  const World& w = context.world;
  const RegionId where = entry_region(w, lead, c.target, context.law.entry_defence);
  std::vector<double> strengths;
  std::vector<double> probabilities;
  for (const ExpectedAlly& ally :
       expected_allies(context, law::ActKind::invasion, lead, c.target, where)) {
    // Who marches along does not stand by the target, whatever its pacts say.
    if (std::find(with.begin(), with.end(), ally.actor) != with.end()) continue;
    strengths.push_back(projectable_power(w, ally.actor, context.law.garrison_free));
    probabilities.push_back(ally.probability);
    terms.push_back({TermKind::ally, ally.actor, ally.probability, strengths.back()});
  }
  const double defence = home_defence(w, c.target, rule.without_resolve);
  terms.push_back({TermKind::own_power, lead, power});
  terms.push_back({TermKind::defence, c.target, defence});
  // One expected value for many allies: beyond ten, coalition_win_probability expands.
  const double win = rules::coalition_win_probability(std::max(power, 1.0), std::max(defence, 1.0),
                                                      strengths, probabilities, rule.decisiveness);
  terms.push_back({TermKind::winning, lead, win});
  return win;
}

bool bound_together(const StepView& context, ActorId a, ActorId b) {
  const Date date = context.clock.date(context.step);
  for (const law::Pact& pact : context.world.pacts) {
    if (law::is_member(pact, a, date) && law::is_member(pact, b, date)) return true;
  }
  return false;
}

/// Dispositions last: asking the same government again tomorrow is no second chance. They are
/// drawn anew each month of a crisis.
Stream season(const StepView& context, const Crisis& c, Purpose what) {
  const double months = (context.day() - c.begun_day) / days_per_month;
  const auto month = static_cast<std::uint32_t>(std::max(0.0, months));
  return context.stream_of(month, what, {c.key});
}

/// What moves all who decide alike: the plan on the table, the news, the great powers.
double mood(const StepView& context, const Crisis& c, double common_noise) {
  Stream stream = season(context, c, common_mood);
  return common_noise * normal(stream);
}

/// What the organisation's war is worth to a member, with its own share of the cost, beyond living
/// with the matter; as a logit.
double member_support(const World& w, const Crisis& c, ActorId m, double win,
                      const WarRules& rule) {
  const std::size_t i = m.row();
  const double liking = w.relations.affinity(m, c.target);
  const double border = neighbours(w, m, c.target) ? rule.border : 0.0;
  const double fear = rule.fear * w.actors.threat[i];
  // Force against a friend costs more.
  const double cost = rule.cost * (1.0 + rule.friendship * std::max(0.0, liking) + border + fear);
  // Living with the matter is worth what is not at stake; without appetite less of it is.
  const double stake = c.stake * (rule.indifference + w.actors.appetite[i]);
  const double value = rules::attack_value(win, win, 1.0, cost);
  return (value - (1.0 - stake)) / rule.noise;
}

}  // namespace

bool goes_to_war(const StepView& context, const Crisis& c, const WarRules& rule,
                 Weighing& weighed) {
  const World& w = context.world;
  // Its own allies are a part of what it can count on, as the classic blank cheque shows.
  double power = projectable_power(w, c.challenger, context.law.garrison_free);
  w.relations.each_viewer_of(c.challenger, [&](ActorId friendly) {
    if (friendly == c.challenger || friendly == c.target) return;
    if (w.actors.kind[friendly.row()] != ActorKind::state) return;
    const double liking = w.relations.affinity(friendly, c.challenger);
    if (liking > rule.ally_affinity && bound_together(context, friendly, c.challenger)) {
      power += rule.support * liking * projectable_power(w, friendly, context.law.garrison_free);
    }
  });
  const double win =
      chance_of_winning(context, c, c.challenger, power, {c.challenger}, rule, weighed.terms);
  const double cost = rule.cost * (1.0 - rule.appetite * w.actors.appetite[c.challenger.row()]);
  const double value = rules::attack_value(win, win, 1.0, cost);
  Stream own = season(context, c, own_reasons);
  const double u = uniform(own);
  const double reasons = rule.noise * rules::log_odds(u);
  const double shared = mood(context, c, rule.common_noise);
  weighed.terms.push_back({TermKind::war_worth, {}, value});
  weighed.terms.push_back({TermKind::peace_worth, {}, 1.0 - c.stake});
  weighed.terms.push_back({TermKind::mood, {}, shared});
  weighed.terms.push_back({TermKind::reasons, {}, reasons});
  // The mood given, its own reasons decide; the draw is turned, so that a low one means war.
  weighed.probability = rules::logistic((value - (1.0 - c.stake) + shared) / rule.noise);
  weighed.draw = 1.0 - u;
  return value - (1.0 - c.stake) + shared + reasons > 0.0;
}

std::vector<double> votes_on_war(const StepView& context, const Crisis& c, const WarRules& rule,
                                 Weighing& weighed) {
  const World& w = context.world;
  std::vector<ActorId> members;
  active_members(context, c.organisation, members);
  double power = 0.0;
  ActorId lead;
  double most = 0.0;
  for (const ActorId m : members) {
    if (m == c.target) continue;
    const double own = rule.contribution * projectable_power(w, m, context.law.garrison_free);
    power += own;
    if (own > most) {
      most = own;
      lead = m;
    }
  }
  std::vector<double> support(w.actors.size(), 0.0);
  if (!lead.valid()) return support;
  const double win = chance_of_winning(context, c, lead, power, members, rule, weighed.terms);
  const double shared = mood(context, c, rule.common_noise);
  weighed.terms.push_back({TermKind::stake, {}, c.stake});
  weighed.terms.push_back({TermKind::mood, {}, shared});
  for (const ActorId m : members) {
    support[m.row()] = member_support(w, c, m, win, rule) + shared / rule.noise;
  }
  return support;
}

}  // namespace casus
