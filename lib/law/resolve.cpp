#include "casus/law/resolve.h"

#include <algorithm>
#include <numeric>
#include <string>
#include <tuple>

#include "casus/core/contracts.h"
#include "law/keys.h"
#include "law/resolver.h"

namespace casus::law {
namespace {

void expect_share(double value, const char* what) {
  CASUS_EXPECTS(value >= 0.0 && value <= 1.0,
                std::string(what) + " of an act is " + std::to_string(value) + ", not in [0, 1]");
}

void validate(const Act& act, std::size_t parties) {
  for (const ActorId a :
       {act.author, act.victim, act.sponsor, act.host, act.on_behalf_of, act.place.sovereign}) {
    CASUS_EXPECTS(!a.valid() || a.row() < parties, "an act names an actor that is not a party");
  }
  expect_share(act.severity, "severity");
  expect_share(act.sponsor_evidence, "sponsor_evidence");
  expect_share(act.host_evidence, "host_evidence");
  expect_share(act.provocation.severity, "provocation");
  CASUS_EXPECTS(act.size >= 0.0, "size of an act is negative");
}

/// Acts in the order of their content, so that the order in which they are given does not matter.
std::vector<Act> by_content(std::span<const Act> acts, const Facts& facts) {
  struct Key {
    Date date;
    std::uint64_t conflict, author, victim, kind, place;
    std::uint64_t sponsor, host, on_behalf_of;
    double severity, size, sponsor_evidence, host_evidence;
    std::uint32_t at;
    auto tie() const {
      return std::tie(date, conflict, author, victim, kind, place, sponsor, host, on_behalf_of,
                      severity, size, sponsor_evidence, host_evidence);
    }
  };
  std::vector<Key> keys;
  keys.reserve(acts.size());
  for (std::size_t i = 0; i < acts.size(); ++i) {
    const Act& a = acts[i];
    validate(a, facts.party_count());
    keys.push_back({a.date, a.conflict.value, key_of(facts, a.author), key_of(facts, a.victim),
                    static_cast<std::uint64_t>(a.kind), a.place.key.value, key_of(facts, a.sponsor),
                    key_of(facts, a.host), key_of(facts, a.on_behalf_of), a.severity, a.size,
                    a.sponsor_evidence, a.host_evidence, static_cast<std::uint32_t>(i)});
  }
  std::stable_sort(keys.begin(), keys.end(),
                   [](const Key& a, const Key& b) { return a.tie() < b.tie(); });
  std::vector<Act> sorted;
  sorted.reserve(acts.size());
  for (const Key& k : keys) sorted.push_back(acts[k.at]);
  return sorted;
}

/// Is it an act against somebody, which a pact could answer?
bool against_somebody(const Act& act) {
  return hostile(act.kind) || (act.kind == ActKind::intervention && !act.invited);
}

}  // namespace

Resolver::Resolver(const PactIndex& index, const Facts& facts, const Settings& settings,
                   Replicate replicate, std::uint32_t step, DecisionMemory& memory,
                   const Stages& stages)
    : index_(index),
      facts_(facts),
      settings_(settings),
      replicate_(replicate),
      step_(step),
      memory_(memory),
      stages_(stages),
      field_(facts, settings),
      context_{index, facts, settings, field_, &memory, replicate, step},
      order_(index.pacts().size()) {}

std::uint32_t Resolver::say(const Verdict& verdict) {
  out_.verdicts.push_back(verdict);
  out_.verdicts.back().wave = wave_;
  return static_cast<std::uint32_t>(out_.verdicts.size() - 1);
}

const std::vector<std::uint32_t>& Resolver::order(std::uint32_t pact) {
  std::vector<std::uint32_t>& slots = order_[pact];
  const std::vector<Member>& members = index_.pact(pact).members;
  if (slots.empty() && !members.empty()) {
    slots.resize(members.size());
    std::iota(slots.begin(), slots.end(), 0U);
    std::sort(slots.begin(), slots.end(), [&](std::uint32_t a, std::uint32_t b) {
      return key_of(facts_, members[a].actor) < key_of(facts_, members[b].actor);
    });
  }
  return slots;
}

ActorId Resolver::member(const Candidate& c) const {
  return index_.pact(c.pact).members[c.slot].actor;
}

Case Resolver::case_of(const Candidate& c) const {
  return {out_.acts[c.act], who_[c.act], c.pact, *c.clause};
}

Resolution Resolver::run(std::span<const Act> acts) {
  out_.acts = by_content(acts, facts_);
  cause_.assign(out_.acts.size(), no_index);
  std::uint32_t begin = 0;
  while (begin < out_.acts.size()) {
    const auto end = static_cast<std::uint32_t>(out_.acts.size());
    who_.resize(end);
    for (std::uint32_t a = begin; a < end; ++a) {
      Act& act = out_.acts[a];
      who_[a] = stages_.attribute(act, context_);
      act.posture = who_[a].posture;
      act.conflict = who_[a].conflict;
      if (against_somebody(act)) field_.note(act, who_[a]);
    }
    candidates_.clear();
    records_.clear();
    first_commitment_ = out_.commitments.size();
    for (std::uint32_t a = begin; a < end; ++a) examine(a);
    decide();
    apply();
    for (const Remembered& r : records_) memory_.record(r);
    ++out_.waves;
    next_wave();
    begin = end;
    ++wave_;
  }
  return std::move(out_);
}

void Resolver::examine(std::uint32_t a) {
  const Act& act = out_.acts[a];
  const Attribution& who = who_[a];
  const std::size_t mark = out_.verdicts.size();
  const std::size_t before = candidates_.size() + records_.size();
  const std::uint32_t root = say({.stage = Stage::attributed,
                                  .yes = who.yes,
                                  .reason = who.reason,
                                  .act = a,
                                  .cause = cause_[a],
                                  .member = who.author,
                                  .towards = who.victim});
  const auto alleged = [&](ActorId whom, bool proven, double evidence) {
    if (!whom.valid()) return;
    say({.stage = Stage::attributed,
         .yes = proven,
         .reason = proven ? Reason::evidence_sufficient : Reason::evidence_insufficient,
         .act = a,
         .cause = root,
         .member = whom,
         .towards = who.victim,
         .probability = evidence});
  };
  alleged(act.sponsor, who.sponsor_proven, act.sponsor_evidence);
  alleged(act.host, who.host_proven, act.host_evidence);
  if (who.yes && against_somebody(act)) {
    breaches_by_act(a, root);
    for (const Membership& m : index_.of(who.victim)) consider(a, root, m.pact, Ground::defence);
    if (who.author != who.victim) {
      for (const Membership& m : index_.of(who.author)) consider(a, root, m.pact, Ground::offence);
    }
  }
  if (!settings_.keep_all && candidates_.size() + records_.size() == before &&
      cause_[a] == no_index) {
    out_.verdicts.resize(mark);
  }
}

void Resolver::consider(std::uint32_t a, std::uint32_t root, std::uint32_t pact, Ground ground) {
  const Act& act = out_.acts[a];
  const PactId row{pact};
  const std::size_t mark = out_.verdicts.size();
  const std::size_t before = candidates_.size() + records_.size();
  const Clause* closest = nullptr;
  Coverage failed;
  Obligation refused = Obligation::none;   // the least help that was covered but not invoked
  Obligation greatest = Obligation::none;  // the most
  bool covered = false, settled = false;
  for (const Clause& clause : index_.clauses(pact)) {
    if (clause.then.assist.empty() || clause.when.acts.empty()) continue;
    if (clause.when.member_as_author != (ground == Ground::offence)) continue;
    const Obligation most = highest(clause.then.assist);
    // No less help could come of it: if it covers the act as well, that is all there is to say.
    const bool idle = settled || (covered && most >= refused);
    if (idle && !settings_.all_articles) continue;
    const Case c{act, who_[a], pact, clause};
    const Coverage coverage = stages_.cover(c, context_);
    if (!coverage.yes) {
      if (!closest || coverage.progress > failed.progress) closest = &clause, failed = coverage;
      continue;
    }
    covered = true;
    const std::uint32_t cov = say({.stage = Stage::covered,
                                   .yes = true,
                                   .reason = coverage.reason,
                                   .level = most,
                                   .article = clause.article,
                                   .act = a,
                                   .cause = root,
                                   .pact = row,
                                   .towards = coverage.beneficiary});
    if (idle) continue;
    const Invocation inv = stages_.invoke(c, coverage, context_);
    const std::uint32_t invoked =
        say({.stage = Stage::invoked,
             .yes = inv.yes,
             .reason = inv.reason,
             .level = inv.yes ? highest_up_to(clause.then.assist, inv.cap) : Obligation::none,
             .article = clause.article,
             .act = a,
             .cause = cov,
             .pact = row,
             .towards = coverage.beneficiary,
             .probability = inv.probability});
    const PactKey key = index_.pact(pact).key;
    if (inv.asked_now) {
      const ActorKey who = facts_.party(coverage.beneficiary).key;
      const bool asked = inv.reason != Reason::not_requested;
      records_.push_back({key, request_memory(who), who_[a].conflict, act.date, act.date, most,
                          asked ? most : Obligation::none, who});
    }
    if (inv.voted) {
      // It was asked for the most that any article allows; what it did not grant it has refused.
      records_.push_back({key, organ_memory, who_[a].conflict, act.date, act.date,
                          std::max(greatest, most), inv.cap,
                          facts_.party(coverage.beneficiary).key});
    }
    if (inv.yes) {
      members(c, a, coverage, inv, invoked);
      settled = true;
      continue;
    }
    refused = most;
    greatest = std::max(greatest, most);
  }
  if (!covered && closest) {
    say({.stage = Stage::covered,
         .yes = false,
         .reason = failed.reason,
         .article = closest->article,
         .act = a,
         .cause = root,
         .pact = row,
         .towards = failed.beneficiary});
  }
  if (!settings_.keep_all && candidates_.size() + records_.size() == before)
    out_.verdicts.resize(mark);
}

void Resolver::members(const Case& c, std::uint32_t a, const Coverage& coverage,
                       const Invocation& invocation, std::uint32_t cause) {
  const Pact& pact = index_.pact(c.pact);
  for (const std::uint32_t slot : order(c.pact)) {
    const ActorId who = pact.members[slot].actor;
    if (who == coverage.beneficiary) continue;
    const Owed owed = stages_.oblige(c, coverage, invocation, slot, context_);
    Verdict v{.stage = Stage::obliged,
              .yes = owed.yes,
              .reason = owed.reason,
              .level = owed.level,
              .article = c.clause.article,
              .act = a,
              .cause = cause,
              .pact = PactId{c.pact},
              .member = who,
              .towards = coverage.beneficiary};
    const std::uint32_t obliged = say(v);
    if (!owed.yes) continue;
    const Ability ability = stages_.able(c, coverage, owed, slot, context_);
    v.stage = Stage::able;
    v.yes = ability.yes;
    v.reason = ability.reason;
    v.level = ability.level;
    v.cause = obliged;
    const std::uint32_t able = say(v);
    Candidate next;
    next.act = a;
    next.pact = c.pact;
    next.slot = slot;
    next.clause = &c.clause;
    next.coverage = coverage;
    next.owed = owed;
    next.ability = ability;
    next.conflict = c.who.conflict;
    next.member_key = key_of(facts_, who);
    next.beneficiary_key = key_of(facts_, coverage.beneficiary);
    next.verdict = able;
    if (ability.yes)
      next.will = stages_.willing(c, coverage, invocation, slot, ability.level, context_);
    candidates_.push_back(next);
  }
}

Resolution resolve(std::span<const Act> acts, const PactIndex& index, const Facts& facts,
                   const Settings& settings, Replicate replicate, std::uint32_t step,
                   DecisionMemory& memory, const Stages& stages) {
  CASUS_EXPECTS(settings.max_waves >= 1, "max_waves is 0, at least 1 is needed");
  return Resolver(index, facts, settings, replicate, step, memory, stages).run(acts);
}

Resolution resolve(std::span<const Act> acts, const PactIndex& index, const Facts& facts,
                   const Settings& settings, Replicate replicate, std::uint32_t step,
                   DecisionMemory& memory) {
  return resolve(acts, index, facts, settings, replicate, step, memory, Stages{});
}

Resolution resolve(std::span<const Act> acts, std::span<const Pact> pacts, const Facts& facts,
                   const Settings& settings, Replicate replicate, std::uint32_t step,
                   DecisionMemory& memory) {
  const PactIndex index(pacts, facts.party_count());
  return resolve(acts, index, facts, settings, replicate, step, memory);
}

std::uint64_t Resolution::hash(const PactIndex& index, const Facts& facts) const {
  std::uint64_t h = verdicts.size();
  const auto pact_key = [&](PactId p) { return p.valid() ? index.pact(p.row()).key.value : 0; };
  for (const Verdict& v : verdicts) {
    h = mix(h, static_cast<std::uint64_t>(v.stage) << 32 | static_cast<std::uint64_t>(v.yes) << 24 |
                   static_cast<std::uint64_t>(v.level) << 16 |
                   static_cast<std::uint64_t>(v.reason));
    h = mix(h, pact_key(v.pact));
    if (v.article.valid()) {
      h = mix(h, name_hash(index.pact(v.pact.row()).articles[v.article.row()].id));
    }
    h = mix(h, mix(key_of(facts, v.member), key_of(facts, v.towards)));
    h = mix(h, mix(v.act, v.cause));
  }
  for (const Commitment& c : commitments) {
    h = mix(h, mix(key_of(facts, c.member), key_of(facts, c.against)));
    h = mix(h, mix(static_cast<std::uint64_t>(c.level), c.act));
  }
  for (const Breach& b : breaches) {
    h = mix(h, mix(key_of(facts, b.member), key_of(facts, b.towards)));
    h = mix(h, static_cast<std::uint64_t>(b.kind) * 2 + (b.excused ? 1 : 0));
  }
  return mix(h, conflicts.size());
}

}  // namespace casus::law
