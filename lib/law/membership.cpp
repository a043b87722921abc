#include "casus/law/membership.h"

#include <algorithm>

namespace casus::law {
namespace {

/// The day the pact ends for all, renewals counted up to `date`.
bool expired(const Pact& pact, Date date) {
  if (pact.ended && *pact.ended <= date) return true;
  if (!pact.expires || date < *pact.expires) return false;
  return pact.term_years <= 0;  // a pact with a term renews itself at every expiry
}

bool suspended(const Member& m, Date date) { return within(m.suspensions, date); }

}  // namespace

bool within(std::span<const Suspension> intervals, Date date) {
  return std::any_of(intervals.begin(), intervals.end(), [&](const Suspension& s) {
    return s.from <= date && (!s.until || date < *s.until);
  });
}

bool in_force(const Pact& pact, Date date) { return pact.in_force <= date && !expired(pact, date); }

const Member* find_member(const Pact& pact, ActorId actor) {
  const auto it = std::find_if(pact.members.begin(), pact.members.end(),
                               [&](const Member& m) { return m.actor == actor; });
  return it == pact.members.end() ? nullptr : &*it;
}

Member* find_member(Pact& pact, ActorId actor) {
  const auto it = std::find_if(pact.members.begin(), pact.members.end(),
                               [&](const Member& m) { return m.actor == actor; });
  return it == pact.members.end() ? nullptr : &*it;
}

bool is_member(const Pact& pact, ActorId actor, Date date) {
  return standing(pact, actor, date).member;
}

std::optional<Date> term_end(const Pact& pact, Date date) {
  if (!pact.expires) return std::nullopt;
  Date end = *pact.expires;
  while (pact.term_years > 0 && end <= date) end = add_months(end, 12 * pact.term_years);
  return end;
}

std::optional<Date> withdrawal_date(const Pact& pact, const Member& member) {
  if (!member.notice) return std::nullopt;
  // A treaty that can be denounced for the end of a term alone binds until then.
  if (pact.denounce_months > 0) {
    if (const auto end = term_end(pact, *member.notice)) return end;
  }
  return add_months(*member.notice, pact.notice_months) + std::chrono::days{pact.notice_days};
}

Standing standing(const Pact& pact, const Member& member, Date date) {
  Standing s;
  if (!in_force(pact, date)) return s.reason = Reason::not_in_force, s;
  if (member.joined && date < *member.joined) return s.reason = Reason::not_yet_member, s;
  const std::optional<Date> withdrawal = withdrawal_date(pact, member);
  if ((member.left && *member.left <= date) || (withdrawal && *withdrawal <= date)) {
    return s.reason = Reason::has_left, s;
  }
  s = {true, true, true, true, Reason::bound};
  if (member.notice && *member.notice <= date) s.reason = Reason::bound_during_notice;
  if (suspended(member, date)) {
    s.reason = Reason::suspended;
    s.bound = !pact.suspension.loses_duties;
    s.protected_by = !pact.suspension.loses_protection;
    s.votes = !pact.suspension.loses_vote;
  }
  return s;
}

Date bound_since(const Pact& pact, const Member& member) {
  const std::optional<Date>& since = member.continues ? member.continues : member.joined;
  return std::max(pact.in_force, since.value_or(pact.in_force));
}

Standing standing(const Pact& pact, ActorId actor, Date date) {
  const Member* m = find_member(pact, actor);
  return m ? standing(pact, *m, date) : Standing{};
}

namespace {

bool over(const Pact& pact, Date date) { return pact.ended && *pact.ended <= date; }

}  // namespace

Change give_notice(Pact& pact, ActorId actor, Date date) {
  if (over(pact, date)) return {false, Reason::already_ended, date};
  Member* m = find_member(pact, actor);
  if (!m || !standing(pact, *m, date).member) return {false, Reason::not_a_member, date};
  if (!pact.withdrawal_allowed) return {false, Reason::withdrawal_forbidden, date};
  if (m->notice) return {false, Reason::already_given_notice, *withdrawal_date(pact, *m)};
  if (const auto end = term_end(pact, date); end && pact.denounce_months > 0) {
    if (date > add_months(*end, -pact.denounce_months)) {
      return {false, Reason::too_late_to_denounce, *end};
    }
  }
  m->notice = date;
  return {true, Reason::accepted, *withdrawal_date(pact, *m)};
}

Change withdraw_notice(Pact& pact, ActorId actor, Date date) {
  if (over(pact, date)) return {false, Reason::already_ended, date};
  Member* m = find_member(pact, actor);
  if (!m || !standing(pact, *m, date).member) return {false, Reason::not_a_member, date};
  if (!m->notice) return {false, Reason::no_notice_given, date};
  m->notice.reset();
  return {true, Reason::accepted, date};
}

Change suspend(Pact& pact, ActorId actor, Date from, std::optional<Date> until) {
  if (over(pact, from)) return {false, Reason::already_ended, from};
  Member* m = find_member(pact, actor);
  if (!m || !standing(pact, *m, from).member) return {false, Reason::not_a_member, from};
  if (suspended(*m, from)) return {false, Reason::already_suspended, from};
  m->suspensions.push_back({from, until});
  return {true, Reason::accepted, from};
}

Change lift_suspension(Pact& pact, ActorId actor, Date date) {
  Member* m = find_member(pact, actor);
  if (!m) return {false, Reason::not_a_member, date};
  bool any = false;
  for (Suspension& s : m->suspensions) {
    if (s.from <= date && (!s.until || date < *s.until)) {
      s.until = date;
      any = true;
    }
  }
  return {any, any ? Reason::accepted : Reason::not_suspended, date};
}

Change accede(Pact& pact, ActorId actor, Date date, bool admitted, Role role) {
  if (over(pact, date)) return {false, Reason::already_ended, date};
  Member* m = find_member(pact, actor);
  if (m && standing(pact, *m, date).member) return {false, Reason::already_member, date};
  switch (pact.accession) {
    case Accession::closed:
      return {false, Reason::accession_closed, date};
    case Accession::invited:
      if (std::find(pact.invited.begin(), pact.invited.end(), actor) == pact.invited.end()) {
        return {false, Reason::not_invited, date};
      }
      break;
    case Accession::by_decision:
      if (!admitted) return {false, Reason::needs_decision, date};
      break;
    case Accession::open:
      break;
  }
  if (!m) m = &pact.members.emplace_back();
  // A state that comes back starts anew: old notices, reservations and suspensions are gone.
  *m = Member{};
  m->actor = actor;
  m->joined = date;
  m->role = role;
  return {true, Reason::accepted, date};
}

Change expel(Pact& pact, ActorId actor, Date date) {
  if (over(pact, date)) return {false, Reason::already_ended, date};
  Member* m = find_member(pact, actor);
  if (!m || !standing(pact, *m, date).member) return {false, Reason::not_a_member, date};
  m->left = date;
  return {true, Reason::accepted, date};
}

/// What has been said of the predecessor binds the successor; what the predecessor said of itself
/// alone, as its notice or a suspension for its deeds, does not. Where a state falls apart several
/// take its place on one day, each for its own part; a seat goes to the first.
Change succeed(Pact& pact, ActorId predecessor, ActorId successor, Date date) {
  if (over(pact, date)) return {false, Reason::already_ended, date};
  Member* old = find_member(pact, predecessor);
  const bool falls_apart =
      old && old->left == date && in_force(pact, date) &&
      std::any_of(pact.members.begin(), pact.members.end(),
                  [&](const Member& m) { return m.continues && m.joined == date; });
  if (!old || !(falls_apart || standing(pact, *old, date).member)) {
    return {false, Reason::not_a_member, date};
  }
  Member* known = find_member(pact, successor);
  if (known && standing(pact, *known, date).member) return {false, Reason::already_member, date};
  Member heir = *old;
  heir.left.reset();
  heir.actor = successor;
  heir.joined = date;
  heir.continues = bound_since(pact, *old);
  heir.notice.reset();
  heir.suspensions.clear();
  old->left = date;
  if (known) {
    *known = heir;
  } else {
    pact.members.push_back(heir);
  }
  const auto hand_over = [&](std::vector<ActorId>& list) {
    std::replace(list.begin(), list.end(), predecessor, successor);
  };
  const auto share = [&](std::vector<ActorId>& list) {
    const auto old_place = std::find(list.begin(), list.end(), predecessor);
    if (old_place != list.end()) list.insert(old_place, successor);
  };
  for (Article& a : pact.articles) {
    share(a.exempt);
    share(a.among);
    hand_over(a.if_also);
  }
  for (Organ& o : pact.organs) {
    hand_over(o.veto);
    if (o.chair == predecessor) o.chair = successor;
  }
  return {true, Reason::accepted, date};
}

Change suspend_article(Pact& pact, std::string_view article, Date from, std::optional<Date> until) {
  if (over(pact, from)) return {false, Reason::already_ended, from};
  for (Article& a : pact.articles) {
    if (a.id != article) continue;
    if (within(a.suspensions, from)) return {false, Reason::already_suspended, from};
    a.suspensions.push_back({from, until});
    return {true, Reason::accepted, from};
  }
  return {false, Reason::no_such_article, from};
}

Change resume_article(Pact& pact, std::string_view article, Date date) {
  for (Article& a : pact.articles) {
    if (a.id != article) continue;
    bool any = false;
    for (Suspension& s : a.suspensions) {
      if (s.from <= date && (!s.until || date < *s.until)) {
        s.until = date;
        any = true;
      }
    }
    return {any, any ? Reason::accepted : Reason::not_suspended, date};
  }
  return {false, Reason::no_such_article, date};
}

Change end(Pact& pact, Date date) {
  if (over(pact, date)) return {false, Reason::already_ended, *pact.ended};
  pact.ended = date;
  return {true, Reason::accepted, date};
}

Change extend_scope(Pact& pact, std::string_view article, const Geography& places, Date from) {
  for (Article& a : pact.articles) {
    if (a.id != article) continue;
    a.when.where.widened.push_back({from, places.scope, places.regions, places.areas});
    return {true, Reason::accepted, from};
  }
  return {false, Reason::no_such_article, from};
}

Geography on(const Geography& places, Date date) {
  Geography g = places;
  g.widened.clear();
  for (const Widening& w : places.widened) {
    if (date < w.from) continue;
    if (w.scope != Scope::inherit) g.scope = w.scope;
    g.regions.insert(g.regions.end(), w.regions.begin(), w.regions.end());
    g.areas = g.areas | w.areas;
    // What is now included can no longer be excluded.
    std::erase_if(g.excluded_regions, [&](RegionKey k) {
      return std::find(w.regions.begin(), w.regions.end(), k) != w.regions.end();
    });
    g.excluded.bits &= ~w.areas.bits;
  }
  std::sort(g.regions.begin(), g.regions.end());
  return g;
}

}  // namespace casus::law
