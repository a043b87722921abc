#include "treaties/bench.h"

#include <fmt/format.h>

#include <algorithm>

#include "casus/casebook/case_facts.h"
#include "casus/law/membership.h"

namespace casus::treaties {
namespace {

casebook::PartyFacts party(std::string name, law::PartyKind kind) {
  casebook::PartyFacts p;
  p.title = name;
  p.name = std::move(name);
  p.kind = kind;
  return p;
}

/// The parties of the file, then those outside. Names with spaces are no names of files.
casebook::Situation situation_of(const Treaties& t) {
  casebook::Situation s;
  for (const Signatory& p : t.parties) s.parties.push_back(party(p.name, p.kind));
  s.parties.push_back(party("a state outside", law::PartyKind::state));
  s.parties.push_back(party("an external power", law::PartyKind::external));
  s.parties.push_back(party("an armed group", law::PartyKind::armed_group));
  for (std::size_t i = 0; i < Bench::most_attackers; ++i) {
    s.parties.push_back(party(fmt::format("attacker {}", i), law::PartyKind::state));
  }
  for (const Territory& p : t.places) s.places.push_back({p.name, p.title, p.place});
  s.settings.drawing = law::Drawing::expected;
  s.settings.max_waves = 1;
  return s;
}

}  // namespace

Bench::Bench(const Treaties& treaties, std::vector<law::Pact> pacts)
    : pacts_(std::move(pacts)),
      situation_(situation_of(treaties)),
      state_(treaties.parties.size()),
      external_(treaties.parties.size() + 1),
      band_(treaties.parties.size() + 2),
      index_(pacts_, situation_.parties.size()) {}

law::Resolution Bench::resolve(const Cell& cell, const Frame& frame, const Conduct& conduct) const {
  using Vote = casebook::VoteRule;
  casebook::Situation& s = situation_;
  s.votes.clear();
  s.wars.clear();
  casebook::PartyFacts& victim = s.parties[cell.victim.row()];
  const double asks = victim.asks;
  const bool can_ask = victim.can_ask;
  victim.asks = conduct.asks ? 1.0 : 0.0;
  victim.can_ask = conduct.can_ask;
  for (std::size_t p = 0; p < pacts_.size(); ++p) {
    if (pacts_[p].organs.empty()) continue;
    if (conduct.votes == law::Obligation::none) {
      s.votes.push_back({PactId(p), {}, Vote::Kind::against, {}});
      continue;
    }
    // Nobody condemns himself.
    if (cell.author.valid() && cell.author != cell.victim) {
      s.votes.push_back({PactId(p), cell.author, Vote::Kind::against, {}});
    }
    s.votes.push_back({PactId(p), {}, Vote::Kind::up_to, conduct.votes});
  }
  if (frame.attackers > 0) {
    casebook::WarFacts war;
    war.name = "attackers";
    war.since = frame.date;
    war.defenders = {cell.victim};
    for (std::size_t i = 0; i < std::min(frame.attackers, most_attackers); ++i) {
      war.attackers.emplace_back(band_.row() + 1 + i);
    }
    s.wars.push_back(std::move(war));
  }
  law::Act act;
  act.kind = cell.act;
  act.author = cell.author;
  act.victim = cell.victim;
  act.place = cell.place;
  act.date = frame.date;
  act.conflict = frame.conflict;
  act.demand_made = true;
  if (cell.sponsor.valid()) {
    act.sponsor = cell.sponsor;
    act.sponsor_evidence = 1.0;
  }
  const casebook::CaseFacts facts(s);
  law::DecisionMemory memory;
  const law::Act acts[] = {act};
  law::Resolution answer = law::resolve(acts, index_, facts, s.settings, Replicate{}, 0, memory);
  victim.asks = asks;
  victim.can_ask = can_ask;
  return answer;
}

Ruling Bench::rule(const Cell& cell, const Frame& frame, const Conduct& conduct,
                   std::size_t pact) const {
  const law::Resolution r = resolve(cell, frame, conduct);
  Ruling out;
  for (const law::Verdict& v : r.verdicts) {
    if (v.act != 0 || v.pact != PactId(pact)) continue;
    switch (v.stage) {
      case law::Stage::covered:
        out.covered |= v.yes;
        if (!out.invoked) out.article = v.article;
        if (!v.yes) out.reason = v.reason;
        break;
      case law::Stage::invoked:
        // A refusal is that of the greatest help; the article that is invoked decides.
        if (v.yes || out.reason == law::Reason::none) out.reason = v.reason;
        if (v.yes) out.article = v.article;
        out.invoked |= v.yes;
        break;
      case law::Stage::obliged:
        if (v.yes) {
          out.obliged.emplace_back(v.member, v.level);
        } else {
          out.free.emplace_back(v.member, v.reason);
        }
        break;
      default:
        break;
    }
  }
  return out;
}

Date reading_day(const law::Pact& pact, Date date) {
  const auto members = [&](Date on) {
    return std::count_if(pact.members.begin(), pact.members.end(),
                         [&](const law::Member& m) { return law::standing(pact, m, on).member; });
  };
  if (in_force(pact, date) && members(date) >= 2) return date;
  Date best = pact.in_force;
  for (const law::Member& m : pact.members) {
    if (m.joined && *m.joined > best && members(*m.joined) > members(best)) best = *m.joined;
  }
  return best;
}

law::Pact alone(const law::Pact& pact, std::size_t row, const law::PactIndex& index,
                const law::Clause& clause) {
  law::Pact out = pact;
  law::Article a;
  a.id = pact.articles[clause.article.row()].id;
  a.when = clause.when;
  a.then = clause.then;
  a.procedure = clause.procedure;
  a.requester = clause.requester;
  if (clause.organ.valid()) a.organ = pact.organs[clause.organ.row()].id;
  a.owed_by = clause.owed_by;
  a.owed_to = clause.owed_to;
  a.exempt = clause.exempt;
  a.void_if_partner_attacks = clause.void_if_partner_attacks;
  for (std::size_t slot = 0; slot < out.members.size(); ++slot) {
    // A reservation to the article that this one extends reaches this one.
    const auto cap = index.reserved_to(row, static_cast<std::uint32_t>(slot), clause.article);
    out.members[slot].reservations.clear();
    if (cap < law::Obligation::war) out.members[slot].reservations.push_back({a.id, cap});
  }
  out.articles = {std::move(a)};
  return out;
}

}  // namespace casus::treaties
