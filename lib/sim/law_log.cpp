#include "sim/law_log.h"

#include <algorithm>
#include <span>

namespace casus {
namespace {

EventKind kind_of(const law::Verdict& v) {
  if (!v.yes) return v.stage == law::Stage::honoured ? EventKind::breach : EventKind::law_no;
  switch (v.stage) {
    case law::Stage::covered:
      return EventKind::covered;
    case law::Stage::invoked:
      return EventKind::invoked;
    case law::Stage::obliged:
      return EventKind::obliged;
    case law::Stage::able:
      return EventKind::able;
    case law::Stage::honoured:
      return EventKind::honour;
    default:
      return EventKind::hostile_act;
  }
}

law::Reason reason_of(const law::Conflict& c) {
  if (c.kind == law::ConflictKind::members_at_war) return law::Reason::member_attacked;
  switch (c.decided_by) {
    case law::Decision::precedence:
      return law::Reason::lower_precedence;
    case law::Decision::release:
      return law::Reason::is_the_adversary;
    case law::Decision::cumulation:
      return law::Reason::kept;
    case law::Decision::choice:
      break;
  }
  return c.chosen.valid() ? law::Reason::chose_other_side : law::Reason::chose_neither;
}

}  // namespace

void log_verdicts(StepContext& context, const law::Resolution& result,
                  std::vector<EventId>& events) {
  events.assign(result.verdicts.size(), {});
  for (std::size_t i = 0; i < result.verdicts.size(); ++i) {
    const law::Verdict& v = result.verdicts[i];
    if (v.act == law::no_index) {  // a term has run out
      const auto of = std::find_if(result.breaches.begin(), result.breaches.end(),
                                   [&](const law::Breach& b) { return b.verdict == i; });
      events[i] = context.happened_in({.kind = EventKind::breach,
                                       .who = v.member,
                                       .whom = v.towards,
                                       .pact = v.pact,
                                       .article = v.article,
                                       .reason = static_cast<std::uint16_t>(v.reason),
                                       .size = static_cast<double>(v.level)},
                                      of != result.breaches.end() ? of->event : EventId{});
      continue;
    }
    const law::Act& act = result.acts[v.act];
    // Each stage is caused by the one before it, so that the log can be read backwards from help to
    // the act.
    const EventId before = v.cause != law::no_index ? events[v.cause] : act.event;
    // Attribution of a plain act and the consequence of help are other events already.
    const bool said = v.stage == law::Stage::consequence ||
                      (v.stage == law::Stage::attributed && !v.pact.valid());
    if (said) {
      events[i] = before;
      continue;
    }
    Event e{.kind = kind_of(v),
            .who = v.member.valid() ? v.member : act.victim,
            .whom = v.towards.valid() ? v.towards : act.victim,
            .where = act.place.region,
            .pact = v.pact,
            .article = v.article,
            .reason = static_cast<std::uint16_t>(v.reason),
            .size = v.yes ? static_cast<double>(v.level) : static_cast<double>(v.stage)};
    events[i] = context.happened(e, {before});
  }
  for (const law::Weighed& x : result.weighed) {
    const law::Verdict& v = result.verdicts[x.verdict];
    context.decided({.event = events[x.verdict],
                     .kind = x.kind,
                     .yes = x.yes,
                     .who = x.kind == DecisionKind::organ_vote ? ActorId{}
                            : v.member.valid()                 ? v.member
                                                               : v.towards,
                     .whom = v.towards,
                     .pact = v.pact,
                     .article = v.article,
                     .probability = x.probability,
                     .draw = x.draw},
                    std::span(result.terms).subspan(x.term_begin, x.term_count));
  }
}

void log_conflict(StepContext& context, const law::Resolution& result, const law::Conflict& c,
                  const std::vector<EventId>& events) {
  EventId cause = c.act != law::no_index ? result.acts[c.act].event : EventId{};
  // Help that the same cascade has brought about is no event yet: what is said of it first goes
  // back to the decision to give it.
  for (std::size_t i = 0; i < result.verdicts.size() && !cause.valid(); ++i) {
    if (result.verdicts[i].act == c.act) cause = events[i];
  }
  Event e{.kind = EventKind::conflict_of_obligation,
          .who = c.member,
          .whom = c.chosen,
          .pact = c.first,
          .article = c.first_article,
          .reason = static_cast<std::uint16_t>(reason_of(c)),
          .size = static_cast<double>(c.kind)};
  context.happened(e, {cause});
}

void open_crises(StepContext& context, const law::Resolution& result,
                 const std::vector<EventId>& events, double stake) {
  World& w = context.world;
  for (std::size_t i = 0; i < result.verdicts.size(); ++i) {
    const law::Verdict& v = result.verdicts[i];
    if (v.stage != law::Stage::invoked || !v.yes || !v.pact.valid()) continue;
    const law::Act& act = result.acts[v.act];
    if (act.kind != law::ActKind::coup || w.pacts[v.pact.row()].organs.empty()) continue;
    const bool open = std::any_of(w.crises.begin(), w.crises.end(), [&](const Crisis& c) {
      return c.organisation == v.pact && c.target == act.victim &&
             c.stage <= Confrontation::ultimatum;
    });
    if (open) continue;
    Crisis c;
    // By pact, country and day: a second coup is another crisis, with draws of its own.
    c.key = mix(mix(w.pacts[v.pact.row()].key.value, w.actors.key[act.victim.row()].value),
                context.step);
    c.organisation = v.pact;
    c.target = act.victim;
    c.issue = Issue::coup;
    c.stake = stake;
    c.begun_day = context.day();
    c.deadline_day = context.day() + context.law.ultimatum_days;
    c.stage = Confrontation::ultimatum;
    Event e{.kind = EventKind::ultimatum, .whom = act.victim, .pact = v.pact, .size = c.stake};
    c.cause = context.happened(e, {events[i]});
    w.crises.push_back(c);
  }
}

}  // namespace casus
