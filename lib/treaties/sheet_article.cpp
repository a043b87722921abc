#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <variant>

#include "casus/casebook/words.h"
#include "casus/law/conditions.h"
#include "treaties/sheet_parts.h"

// An article in sentences. Whatever it says by itself or takes from the article it extends has one.
namespace casus::treaties {
namespace {

using law::Article;
using law::Clause;
using law::Procedure;
using law::Scope;

std::string in_role(law::RoleSet set, bool one) {
  return listing(spoken(set, [&](law::Role r) { return role_phrase(r, one); }), one ? "or" : "and");
}

class ArticleReader {
 public:
  ArticleReader(const Speaker& speaker, const law::Pact& pact, const Clause& clause, Part& out)
      : speak_(speaker),
        pact_(pact),
        clause_(clause),
        article_(pact.articles[clause.article.row()]),
        out_(out) {}

  void read() {
    out_.kind = Part::Kind::article;
    out_.id = article_.id;
    out_.title = article_.title;
    out_.words = article_.text;
    if (!article_.extends.empty()) {
      say("extends", fmt::format("It widens article {}; what it leaves unsaid is as there.",
                                 article_.extends));
    }
    acts();
    victims();
    adversary();
    where();
    for (const law::ConditionInfo& c : law::conditions()) condition(c);
    if (!clause_.then.assist.empty() || article_.procedure != Procedure::inherit) procedure();
    help();
    abstentions();
    rest();
  }

 private:
  void say(std::string key, std::string text) {
    out_.lines.push_back({std::move(key), std::move(text)});
  }

  void acts() {
    const law::ActSet acts = clause_.when.acts;
    if (acts.empty()) {
      say("when.act", "It binds at all times.");
      return;
    }
    say("when.act", fmt::format("It is for {}.", listing(spoken(acts, act_phrase), "or")));
  }

  void victims() {
    if (clause_.when.victims.empty()) return;
    say("victims", fmt::format("It is for the sake of {}, member or not.",
                               listing(speak_.parties(clause_.when.victims), "or")));
  }

  void adversary() {
    const law::Adversary& by = clause_.when.by;
    std::vector<std::string> whose = spoken(by.kinds, kind_phrase);
    const std::vector<std::string> named = speak_.parties(by.named);
    whose.insert(whose.end(), named.begin(), named.end());
    if (!whose.empty()) {
      say("by", fmt::format("Only acts by {} count.", listing(whose, "or")));
    }
    if (by.members) say("by.members", "Only acts by members of the treaty count.");
    if (!by.excluded.empty()) {
      say("by.except",
          fmt::format("Acts by {} do not count.", listing(speak_.parties(by.excluded), "or")));
    }
  }

  static std::string of_scope(Scope scope) {
    switch (scope) {
      case Scope::anywhere:
        return "anywhere";
      case Scope::victim:
        return "on the territory of the victim";
      case Scope::listed:
        return "in the places listed";
      case Scope::inherit:
      case Scope::members:
        break;
    }
    return "on the territory of a member";
  }

  /// "on the territory of a member, in Gao or the area liptako".
  std::string area(Scope scope, const std::vector<RegionKey>& regions, law::AreaSet areas) const {
    const std::string listed = listing(speak_.places(regions, areas), "or");
    if (listed.empty()) return of_scope(scope);
    return scope == Scope::listed ? "in " + listed
                                  : fmt::format("{}, in {}", of_scope(scope), listed);
  }

  void where() {
    const law::Geography& g = clause_.when.where;
    const bool silent = clause_.when.acts.empty() && article_.when.where.scope == Scope::inherit &&
                        g.regions.empty() && !g.areas.any();
    if (!silent) {
      say("where", fmt::format("It {} happen {}.", g.scope == Scope::anywhere ? "may" : "must",
                               area(g.scope, g.regions, g.areas)));
    }
    const std::vector<std::string> out = speak_.places(g.excluded_regions, g.excluded);
    if (!out.empty()) say("where.except", fmt::format("Not in {}.", listing(out, "nor in")));
    for (const law::Widening& w : g.widened) {
      std::string more = area(w.scope, w.regions, w.areas);
      if (w.scope == Scope::inherit) {
        const std::string listed = listing(speak_.places(w.regions, w.areas), "or");
        more = listed.empty() ? "in no further place" : "in " + listed;
      }
      say("where.widened", fmt::format("From {} on also {}.", to_string(w.from), more));
    }
  }

  /// A condition that is a flag is said by the law's own table.
  void condition(const law::ConditionInfo& c) {
    const std::string key = fmt::format("when.{}", c.name);
    const law::Conditions& w = clause_.when;
    std::visit(
        [&]<class T>(T law::Conditions::*member) {
          const T& value = w.*member;
          if (value == T{}) return;
          if constexpr (std::is_same_v<T, bool>) {
            say(key, std::string(c.doc));
          } else if constexpr (std::is_same_v<T, std::optional<Date>>) {
            say(key, with_value(c, to_string(*value)));
          } else if constexpr (std::is_same_v<T, std::optional<law::ConflictKey>>) {
            say(key, with_value(c, speak_.conflict(*value)));
          } else {
            say(key, with_value(c, fmt::format("{}", value)));
          }
        },
        c.member);
  }

  static std::string with_value(const law::ConditionInfo& c, const std::string& value) {
    if (c.name == "from") return fmt::format("Only acts from {} on count.", value);
    if (c.name == "until") return fmt::format("Only acts before {} count.", value);
    if (c.name == "conflict") return fmt::format("Only in this conflict: {}.", value);
    if (c.name == "min_adversaries") {
      return fmt::format("At least this many states must attack the victim at once: {}.", value);
    }
    if (c.name == "max_adversaries") {
      return fmt::format("No more than this many states may attack the victim at once: {}.", value);
    }
    if (c.name == "min_severity") {
      return fmt::format("The act must be at least as grave as {}, 1 being the gravest.", value);
    }
    if (c.name == "min_evidence") {
      return fmt::format("The hand of a sponsor or host must be shown with a probability of {}.",
                         value);
    }
    std::string doc(c.doc);
    if (!doc.empty() && doc.back() == '.') doc.pop_back();
    return fmt::format("{}: {}.", doc, value);
  }

  std::string organ() const {
    return clause_.organ.valid()
               ? fmt::format("the organ '{}'", spaced(pact_.organs[clause_.organ.row()].id))
           : article_.organ.empty()
               ? "an organ, of which there is none,"
               : fmt::format("the organ '{}', which there is not,", article_.organ);
  }

  void procedure() {
    switch (clause_.procedure) {
      case Procedure::automatic:
        return say("procedure", "The act suffices: neither a request nor a decision is needed.");
      case Procedure::by_decision:
        return say("procedure",
                   fmt::format("Help is due once {} has decided on it, asked or not.", organ()));
      case Procedure::request_and_decision:
        return say("procedure", fmt::format("Help is due once {} has asked for it and {} has "
                                            "decided on it.",
                                            creditor(), organ()));
      case Procedure::inherit:
      case Procedure::on_request:
        break;
    }
    say("procedure", fmt::format("Help is due once {} has asked for it.", creditor()));
  }

  std::string creditor() const {
    return clause_.when.member_as_author ? "the member that acts" : "the victim";
  }

  std::string debtors() const {
    return clause_.owed_by.empty() ? "Every other member"
                                   : fmt::format("Every {}", in_role(clause_.owed_by, true));
  }

  void help() {
    const law::ObligationSet assist = clause_.then.assist;
    rights();
    if (assist.empty()) {
      if (!article_.owed_by.empty()) {
        say("owed_by", fmt::format("It binds {}.", in_role(article_.owed_by, false)));
      }
      if (!article_.owed_to.empty()) {
        say("owed_to", fmt::format("It protects {}.", in_role(article_.owed_to, false)));
      }
      return;
    }
    const std::vector<std::string> forms = spoken(assist, help_phrase);
    std::string whom = creditor();
    if (!clause_.owed_to.empty()) {
      whom += fmt::format(", if it is a {}", in_role(clause_.owed_to, true));
    }
    say("then.assist",
        fmt::format("{} owes {}{} {}{}.", debtors(), whom, clause_.owed_to.empty() ? "" : ",",
                    listing(forms, "or"), forms.size() > 1 ? ", and may choose among them" : ""));
  }

  void rights() {
    const law::ObligationSet may = clause_.then.may;
    if (may.empty()) return;
    say("then.may", fmt::format("{} has a right, and no duty, to give {} {}.", debtors(),
                                creditor(), listing(spoken(may, help_phrase), "or")));
  }

  /// How much is owed, when, and on what it depends.
  void measure() {
    const law::Duties& then = clause_.then;
    if (then.discretion == law::Discretion::as_deemed_necessary) {
      say("discretion", "Any of it that a member deems necessary is all that it owes.");
    } else if (then.discretion == law::Discretion::all_means) {
      say("discretion", "It is owed with all means: whoever can give more has to.");
    }
    if (then.within_months != 0) {
      say("within",
          fmt::format("Help has to come within {}.", several(then.within_months, "month")));
    } else if (then.within_days != 0.0) {
      say("within", fmt::format("Help has to come within {} days.", then.within_days));
    }
    if (then.at_least != 0.0) {
      say("at_least",
          fmt::format("Where arms are given, at least {} people are sent.", then.at_least));
    }
    if (!clause_.if_also.empty()) {
      say("if_also", fmt::format("It is owed only if {} also help.",
                                 listing(speak_.parties(clause_.if_also), "and")));
    }
    if (!clause_.unless_war_with.empty()) {
      say("unless_war_with", fmt::format("Arms are not owed if they would mean war with {}.",
                                         listing(speak_.parties(clause_.unless_war_with), "or")));
    }
    if (clause_.consent == law::Assent::parliament) {
      say("consent", "Arms need the consent of each member's parliament.");
    }
  }

  void abstentions() {
    const law::AbstentionSet abstain = clause_.then.abstain;
    if (abstain.empty()) return;
    const std::string who = clause_.owed_by.empty() ? "member" : in_role(clause_.owed_by, true);
    const std::string whom =
        clause_.owed_to.empty() ? "another member" : "a " + in_role(clause_.owed_to, true);
    say("then.abstain", fmt::format("Towards {} no {} may {}.", whom, who,
                                    listing(spoken(abstain, abstention_phrase), "or")));
  }

  static std::string_view of_two(law::Requester requester) {
    switch (requester) {
      case law::Requester::incumbent:
        return "the government that was removed";
      case law::Requester::recognised:
        return "the government that each member recognises";
      case law::Requester::either:
      case law::Requester::in_office:
        break;
    }
    return "either government";
  }

  void rest() {
    if (clause_.then.peaceful_first) {
      say("peaceful_first", "Arms are due only after peaceful means did not suffice.");
    }
    if (clause_.then.jointly) {
      say("jointly", "Arms are due only if all who owe them and are able go together.");
    }
    if (clause_.requester != law::Requester::in_office) {
      say("requester", fmt::format("After a government was ousted {} is the one that can ask.",
                                   of_two(clause_.requester)));
    }
    measure();
    if (!article_.organ.empty() && clause_.procedure != Procedure::by_decision &&
        clause_.procedure != Procedure::request_and_decision) {
      say("organ", fmt::format("It names the organ '{}', which has nothing to decide under it.",
                               article_.organ));
    }
    if (!clause_.exempt.empty()) {
      say("exempt",
          fmt::format("It asks nothing of {}.", listing(speak_.parties(clause_.exempt), "or")));
    }
    if (!clause_.among.empty()) {
      say("among",
          fmt::format("It is a protocol between {}: no other member owes under it or claims it.",
                      listing(speak_.parties(clause_.among), "and")));
    }
    if (article_.secret) say("secret", "Nobody knows of it but those between whom it is.");
    for (const law::Suspension& s : article_.suspensions) {
      say("suspended", s.until ? fmt::format("It is suspended from {} until the day before {}.",
                                             to_string(s.from), to_string(*s.until))
                               : fmt::format("It is suspended from {} on.", to_string(s.from)));
    }
    if (!article_.seen.empty()) {
      say("seen", fmt::format("What it leaves open has been seen by: {}.", article_.seen));
    }
    if (clause_.void_if_partner_attacks) {
      say("void_if_partner_attacks",
          "What it forbids towards a member it allows once that member attacks others.");
    }
  }

  const Speaker& speak_;
  const law::Pact& pact_;
  const Clause& clause_;
  const Article& article_;
  Part& out_;
};

}  // namespace

Part article_part(const Speaker& speaker, const law::Pact& pact, const law::Clause& clause) {
  Part out;
  ArticleReader(speaker, pact, clause, out).read();
  return out;
}

}  // namespace casus::treaties
