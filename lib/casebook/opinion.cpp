#include "casus/casebook/opinion.h"

#include <algorithm>

#include "casebook/compare.h"
#include "casus/casebook/case_facts.h"
#include "casus/core/contracts.h"
#include "casus/law/expectation.h"

namespace casus::casebook {
namespace {

law::Change apply(const ChangeSpec& c, law::Pact& pact) {
  using Kind = ChangeSpec::Kind;
  switch (c.kind) {
    case Kind::notice:
      return give_notice(pact, c.of, c.date);
    case Kind::notice_withdrawn:
      return withdraw_notice(pact, c.of, c.date);
    case Kind::suspend:
      return suspend(pact, c.of, c.date, c.until);
    case Kind::reinstate:
      return lift_suspension(pact, c.of, c.date);
    case Kind::accede:
      return accede(pact, c.of, c.date, false, c.role);
    case Kind::admit:
      return accede(pact, c.of, c.date, true, c.role);
    case Kind::expel:
      return expel(pact, c.of, c.date);
    case Kind::end:
      return end(pact, c.date);
    case Kind::succeed:
      return succeed(pact, c.of, c.by, c.date);
    case Kind::suspend_article:
      return suspend_article(pact, c.article, c.date, c.until);
    case Kind::resume_article:
      return resume_article(pact, c.article, c.date);
    case Kind::extend:
      break;
  }
  return extend_scope(pact, c.article, c.where, c.date);
}

std::vector<std::pair<ActorId, ActorId>> pairs_at_war(const Situation& s, const CaseFacts& facts) {
  const auto name = [&](ActorId a) -> const std::string& { return s.parties[a.row()].name; };
  std::vector<std::pair<ActorId, ActorId>> pairs;
  for (const law::Fight& f : facts.fights()) {
    if (!f.war) continue;
    pairs.push_back(name(f.first) < name(f.second) ? std::pair(f.first, f.second)
                                                   : std::pair(f.second, f.first));
  }
  std::sort(pairs.begin(), pairs.end(), [&](const auto& a, const auto& b) {
    return std::pair(name(a.first), name(a.second)) < std::pair(name(b.first), name(b.second));
  });
  return pairs;
}

law::Vote vote_on(const ExpectedVote& expected, const Step& step, const law::Context& context,
                  const law::Stages& stages) {
  law::Vote none;
  none.reason = law::Reason::none;
  if (step.acts.empty() || !expected.act || !expected.act->given) return none;
  const law::Act& act = step.acts[*expected.act->given].act;
  const law::Attribution who = stages.attribute(act, context);
  const auto row = static_cast<std::uint32_t>(expected.pact.row());
  const law::Pact& pact = context.index.pact(row);
  for (const law::Clause& clause : context.index.clauses(row)) {
    if (expected.article && clause.article != *expected.article) continue;
    const law::Case c{act, who, row, clause};
    const law::Coverage coverage = stages.cover(c, context);
    if (!coverage.yes) {
      none.reason = coverage.reason;
      continue;
    }
    OrganId organ = clause.organ;
    for (std::size_t o = 0; !expected.organ.empty() && o < pact.organs.size(); ++o) {
      if (pact.organs[o].id == expected.organ) organ = OrganId(o);
    }
    if (!organ.valid()) continue;
    const law::Proposal proposal{expected.level, coverage.beneficiary, coverage.adversary, act, 0};
    return law::organ_decides(pact, expected.pact, pact.organs[organ.row()], proposal,
                              context.facts, context.settings, context.replicate, context.step);
  }
  return none;
}

std::vector<ActorId> foreseen_by(const Foreseen& f, const Step& step, const law::PactIndex& index,
                                 const CaseFacts& facts) {
  std::vector<ActorId> members;
  if (!f.act || !f.act->given) return members;
  const law::Act& act = step.acts[*f.act->given].act;
  const ActorId observer = f.observer.valid() ? f.observer : act.author;
  for (const law::Expected& e :
       law::expected_coalition(act, observer, index, facts, step.situation.settings)) {
    if (e.armed_probability >= 0.5) members.push_back(e.member);
  }
  return members;
}

/// What one step leaves to the next.
struct Carried {
  std::vector<law::Pact> pacts;
  law::DecisionMemory memory;
  std::vector<law::Fight> fights;
  std::vector<law::Side> sides;
};

StepOpinion decide_step(const Step& step, std::uint32_t number, Carried& carried,
                        const law::Stages& stages) {
  StepOpinion out;
  for (const ChangeSpec& c : step.changes) {
    out.changes.push_back(apply(c, carried.pacts[c.pact.row()]));
  }
  out.pacts = carried.pacts;
  CaseFacts facts(step.situation);
  for (const law::Side& s : carried.sides) facts.add(s);
  for (const law::Fight& f : carried.fights) facts.add(f);
  const std::vector<std::pair<ActorId, ActorId>> before = pairs_at_war(step.situation, facts);

  const law::PactIndex index(out.pacts, step.situation.parties.size());
  std::vector<law::Act> acts;
  for (std::size_t i = 0; i < step.acts.size(); ++i) {
    acts.push_back(step.acts[i].act);
    acts.back().event = EventId(i);  // the resolution sorts acts: this tells which is which
  }
  // Votes and what attackers foresee are asked before anything is decided.
  {
    const law::SnapshotFronts fronts(facts);
    const law::Context context{index,       facts, step.situation.settings, fronts, nullptr,
                               Replicate{}, number};
    for (const ExpectedVote& v : step.expected.votes) {
      out.votes.push_back(vote_on(v, step, context, stages));
    }
    for (const Foreseen& f : step.expected.foreseen) {
      out.foreseen.push_back(foreseen_by(f, step, index, facts));
    }
  }
  out.resolution = law::resolve(acts, index, facts, step.situation.settings, Replicate{}, number,
                                carried.memory, stages);
  out.acts.assign(acts.size(), law::no_index);
  for (std::size_t a = 0; a < out.resolution.acts.size(); ++a) {
    const law::Act& act = out.resolution.acts[a];
    // What is an act against the state of the place as well stands there twice: the first is meant.
    if (act.event.valid() && act.victim == acts[act.event.row()].victim) {
      out.acts[act.event.row()] = static_cast<std::uint32_t>(a);
    }
  }
  for (const law::Side& s : out.resolution.sides) facts.add(s);
  for (const law::Fight& f : out.resolution.fights) facts.add(f);
  out.at_war = pairs_at_war(step.situation, facts);
  carried.fights = facts.fights();
  carried.sides = facts.sides();
  compare(step, before, out);
  return out;
}

}  // namespace

bool Opinion::as_expected() const {
  return std::all_of(steps.begin(), steps.end(),
                     [](const StepOpinion& s) { return s.differences.empty(); });
}

std::vector<Diagnostic> Opinion::differences() const {
  std::vector<Diagnostic> all;
  for (const StepOpinion& s : steps) {
    all.insert(all.end(), s.differences.begin(), s.differences.end());
  }
  std::stable_sort(all.begin(), all.end(), [](const Diagnostic& a, const Diagnostic& b) {
    return std::pair(a.where.line, a.where.column) < std::pair(b.where.line, b.where.column);
  });
  return all;
}

Opinion decide(const LegalCase& c, const law::Stages& stages) {
  CASUS_EXPECTS(!c.steps.empty(), "case '" + c.name + "' has no step");
  Opinion out;
  Carried carried;
  carried.pacts = c.pacts;
  for (std::size_t i = 0; i < c.steps.size(); ++i) {
    out.steps.push_back(decide_step(c.steps[i], static_cast<std::uint32_t>(i), carried, stages));
  }
  return out;
}

}  // namespace casus::casebook
