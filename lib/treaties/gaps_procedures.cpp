#include <fmt/format.h>

#include <map>
#include <set>
#include <string>

#include "treaties/gaps.h"

// Procedures that nobody can satisfy, however willing victim and voters are.
namespace casus::treaties {
namespace {

using law::Procedure;
using law::Reason;

class Procedures {
 public:
  Procedures(const Survey& s, std::vector<Finding>& out) : s_(s), speak_(s.treaties()), out_(out) {}

  void run() {
    for (std::size_t c = 0; c < s_.clauses().size(); ++c) {
      never(c);
      beyond_competence(c);
    }
  }

 private:
  void add(std::size_t clause, std::string text) {
    out_.push_back({Fault::procedure, s_.pact().id, {}, {s_.id(clause)}, std::move(text)});
  }

  std::string organ(std::size_t clause) const {
    const OrganId o = s_.clauses()[clause]->organ;
    return o.valid() ? fmt::format("the organ '{}'", spaced(s_.pact().organs[o.row()].id))
                     : std::string("an organ that the treaty does not have");
  }

  /// Who acts, as far as it matters to a vote.
  std::string who(const Cell& cell) const {
    return cell.author_class == AuthorClass::member ? speak_.party(cell.author) : std::string();
  }

  void never(std::size_t clause) {
    struct Count {
      std::size_t covered = 0, invoked = 0;
      Reason reason = Reason::none;
    };
    std::map<std::pair<std::string, law::ActKind>, Count>
        counts;  // by author, if a member, and act
    bool any = false, covered = false;
    for (std::size_t i = 0; i < s_.cells().size(); ++i) {
      const Solo& solo = s_.solo(clause, i);
      if (!solo.covered) continue;
      const Cell& cell = s_.cells()[i];
      Count& n = counts[{who(cell), cell.act}];
      ++n.covered;
      n.invoked += solo.invoked ? 1 : 0;
      if (!solo.invoked) n.reason = solo.reason;
      any |= solo.invoked;
      covered = true;
    }
    if (!covered) return;
    if (!any) {
      add(clause, fmt::format("Article {} can never be invoked: {}.", s_.id(clause),
                              for_good(counts.begin()->second.reason, clause)));
      return;
    }
    std::map<Reason, std::pair<std::set<std::string>, law::ActSet>> stuck;
    for (const auto& [key, n] : counts) {
      if (n.invoked > 0) continue;
      if (!key.first.empty()) stuck[n.reason].first.insert(key.first);
      stuck[n.reason].second.insert(key.second);
    }
    for (const auto& [reason, where] : stuck) {
      const std::vector<std::string> authors(where.first.begin(), where.first.end());
      add(clause,
          authors.empty()
              ? fmt::format("Article {} can never be invoked over {}: {}.", s_.id(clause),
                            acts_phrase(where.second), for_good(reason, clause))
              : fmt::format("Article {} can never be invoked against {}: {}.", s_.id(clause),
                            accused(authors, reason), accused_why(reason, clause)));
    }
  }

  /// Who has an office is accused by name; for the others any member stands.
  static std::string accused(const std::vector<std::string>& authors, Reason reason) {
    const bool office = reason == Reason::vetoed || reason == Reason::chair_refused;
    return office ? listing(authors, "or") : "a member";
  }

  std::string accused_why(Reason reason, std::size_t clause) const {
    const std::string o = organ(clause);
    if (reason == Reason::vetoed) return fmt::format("the accused has a veto in {}", o);
    if (reason == Reason::objection || reason == Reason::rejected) {
      return fmt::format("the accused votes in {}, where its own vote suffices to refuse", o);
    }
    if (reason == Reason::chair_refused) return fmt::format("the accused presides over {}", o);
    return for_good(reason, clause);
  }

  std::string for_good(Reason reason, std::size_t clause) const {
    const std::string o = organ(clause);
    switch (reason) {
      case Reason::outside_competence:
        return s_.clauses()[clause]->organ.valid()
                   ? fmt::format("{} may not decide on any help that it owes", o)
                   : "it needs a decision, and the treaty has no organ";
      case Reason::no_quorum:
        return fmt::format("too few members can vote in {}", o);
      case Reason::chair_refused:
        return fmt::format("whoever presides over {} cannot vote", o);
      case Reason::vetoed:
        return fmt::format("a veto in {} stands against it", o);
      case Reason::objection:
      case Reason::rejected:
        return fmt::format("no vote of {} can reach what it asks for", o);
      case Reason::usurper_cannot_ask:
        return "it listens to who is in office, and those who took power do not ask for help "
               "against themselves";
      case Reason::government_cannot_ask:
        return "who could ask is silenced";
      default:
        return "nobody can ask for it";
    }
  }

  /// Help that the article owes and its organ may not grant.
  void beyond_competence(std::size_t clause) {
    const law::Clause& c = *s_.clauses()[clause];
    if (c.procedure != Procedure::by_decision && c.procedure != Procedure::request_and_decision) {
      return;
    }
    if (!c.organ.valid()) return;
    const law::ObligationSet may = s_.pact().organs[c.organ.row()].competence;
    if (may.empty() || (may & c.then.assist).empty()) return;
    law::ObligationSet lacking = c.then.assist;
    for (std::size_t i = 0; i < law::names<law::Obligation>().size(); ++i) {
      if (may.contains(static_cast<law::Obligation>(i)))
        lacking.erase(static_cast<law::Obligation>(i));
    }
    if (lacking.empty()) return;
    add(clause, fmt::format("Article {} owes {}, on which {} may not decide.", s_.id(clause),
                            listing(spoken(lacking, help_phrase), "or"), organ(clause)));
  }

  const Survey& s_;
  Speaker speak_;
  std::vector<Finding>& out_;
};

}  // namespace

void find_procedures(const Survey& survey, std::vector<Finding>& out) {
  Procedures(survey, out).run();
}

}  // namespace casus::treaties
