#include "casus/why/tell.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <optional>

#include "casus/casebook/words.h"
#include "casus/law/vocabulary.h"
#include "why/event_words.h"
#include "why/phrases.h"
#include "why/signature.h"

namespace casus::why {
namespace {

std::string region_title(const Account& a, RegionId r) {
  if (!r.valid()) return "";
  const RegionSpec& spec = a.scenario().regions[r.row()];
  return spec.title.empty() ? spec.name : spec.title;
}

std::string pact_title(const Account& a, PactId p) {
  if (!p.valid()) return "";
  const law::Pact& pact = a.scenario().pacts[p.row()];
  return pact.title.empty() ? a.scenario().pact_names[p.row()] : pact.title;
}

/// Without what stands behind it in brackets, which is for readers of lists.
std::string short_title(const Account& a, PactId p) {
  std::string title = pact_title(a, p);
  return title.substr(0, title.find(" ("));
}

const law::Article* article_of(const Account& a, PactId pact, ArticleId article) {
  if (!pact.valid() || !article.valid()) return nullptr;
  const auto& articles = a.scenario().pacts[pact.row()].articles;
  return article.row() < articles.size() ? &articles[article.row()] : nullptr;
}

/// Organisations are authors by name: what no actor did, the pact did.
std::string author(const Account& a, const Event& e) {
  return e.who.valid() ? title(a, e.who) : short_title(a, e.pact);
}

law::Obligation level_of(const Event& e) {
  const double most = static_cast<double>(law::Obligation::war);
  return static_cast<law::Obligation>(std::clamp(e.size, 0.0, most));
}

/// What stage of the law said no, in a sentence.
std::string refusal(const Account& a, const Event& e) {
  const std::string who = author(a, e);
  const std::string pact = short_title(a, e.pact);
  const double last = static_cast<double>(law::Stage::consequence);
  switch (static_cast<law::Stage>(std::clamp(e.size, 0.0, last))) {
    case law::Stage::attributed:
      return fmt::format("it is not shown to be of {}", who);
    case law::Stage::covered:
      return fmt::format("{} does not cover it", pact);
    case law::Stage::invoked:
      return fmt::format("nobody calls on {}", pact);
    case law::Stage::obliged:
      return fmt::format("{} owes no help under {}", who, pact);
    case law::Stage::able:
      return fmt::format("{} is not able to give what it owes under {}", who, pact);
    case law::Stage::honoured:
    case law::Stage::consequence:
      break;
  }
  return fmt::format("{} gives no help under {}", who, pact);
}

/// What an actor is, for ways that are the same whoever goes them.
std::string role(const Account& a, ActorId actor) {
  if (!actor.valid()) return "";
  if (actor.row() >= a.scenario().actors.size()) return "an armed group";
  switch (a.scenario().actors[actor.row()].kind) {
    case ActorKind::state:
      return "a state";
    case ActorKind::armed_group:
      return "an armed group";
    case ActorKind::external:
      break;
  }
  return "an outside power";
}

/// What a token of a phrase stands for; "name:word" has a word for where there is nothing.
std::string value_of(const Account& a, const Event& e, std::string_view token, bool roles) {
  const std::size_t colon = token.find(':');
  const std::string_view name = token.substr(0, colon);
  std::string value;
  if (name == "who") value = roles && e.who.valid() ? role(a, e.who) : author(a, e);
  if (name == "whom") value = roles ? role(a, e.whom) : title(a, e.whom);
  if (name == "where") value = region_title(a, e.where);
  if (name == "pact") value = short_title(a, e.pact);
  if (name == "law_no") value = refusal(a, e);
  if (name == "level") value = level_phrase(level_of(e));
  if (name == "article") {
    const law::Article* article = article_of(a, e.pact, e.article);
    if (article != nullptr) value = article->id;
  }
  // One attack is told by the word for it.
  if (name == "size" && e.size != 0.0 && e.size != 1.0) value = number_phrase(e.size);
  if (name == "people" && e.size >= 1.0) value = number_phrase(e.size);
  if (name == "share" && e.size > 0.0) value = fmt::format("{:.2f}", e.size);
  if (value.empty() && colon != std::string_view::npos) value = token.substr(colon + 1);
  return value;
}

/// A phrase with its tokens filled in; `missing`: one of them says nothing.
std::string fill(const Account& a, const Event& e, std::string_view phrase, bool& missing,
                 bool roles = false) {
  std::string out;
  for (std::size_t at = 0; at < phrase.size(); ++at) {
    if (phrase[at] == '[') {
      const std::size_t end = phrase.find(']', at);
      bool without = false;
      const std::string part = fill(a, e, phrase.substr(at + 1, end - at - 1), without, roles);
      if (!without) out += part;
      at = end;
    } else if (phrase[at] == '{') {
      const std::size_t end = phrase.find('}', at);
      const std::string value = value_of(a, e, phrase.substr(at + 1, end - at - 1), roles);
      missing = missing || value.empty();
      out += value.empty() ? "somebody" : value;
      at = end;
    } else {
      out += phrase[at];
    }
  }
  return out;
}

/// Titles that the scenario gives to what begins the chain.
std::string given_title(const Account& a, const Event& e) {
  const ScenarioData& s = a.scenario();
  if (e.kind == EventKind::starting_condition && e.war.valid() && e.war.row() < s.wars.size()) {
    return s.wars[e.war.row()].title;
  }
  if (e.kind == EventKind::starting_condition) {
    for (const CrisisSpec& c : s.crises) {
      const bool same = c.target == e.whom && c.challenger == e.who && c.organisation == e.pact;
      if (same) return c.title;
    }
    return "";
  }
  for (const Decision* d : a.decisions(e.id)) {
    const bool entry = d->kind == DecisionKind::timeline && d->times > 0;
    if (entry && d->times <= s.timeline.size()) return s.timeline[d->times - 1].title;
  }
  return "";
}

std::string origin_text(const Account& a, const Event& e) {
  const std::string given = given_title(a, e);
  switch (a.origin(e.id)) {
    case Origin::none:
      return given.empty() ? "" : "the timeline has it follow: " + given;
    case Origin::start:
      return given.empty() ? "so the run begins" : "so the run begins: " + given;
    case Origin::timeline:
      return given.empty() ? "the timeline has it so" : "the timeline has it so: " + given;
    case Origin::chance:
      return "no event has caused it: it is drawn";
    case Origin::circumstance:
      return "no event has caused it: what the world has come to makes it so";
    case Origin::unknown:
      break;
  }
  return "the log does not say why";
}

/// What a term is called where it is weighed.
std::string term_name(TermKind kind) {
  switch (kind) {
    case TermKind::own_power:
      return "the power";
    case TermKind::winning:
      return "the chance of winning";
    case TermKind::war_worth:
      return "what war is worth";
    case TermKind::peace_worth:
      return "what peace is worth";
    case TermKind::mood:
      return "the mood of the month";
    case TermKind::reasons:
      return "reasons of its own";
    case TermKind::view:
      return "the view";
    case TermKind::rate:
      return "the rate a year";
    case TermKind::yearly:
      return "the chance in a year";
    default:
      break;
  }
  std::string name(term_info(kind).name);
  std::replace(name.begin(), name.end(), '_', ' ');
  return name;
}

/// A term that stands by itself: "affinity +0.40".
std::string term_text(const Account& a, const Term& t) {
  const TermInfo& info = term_info(t.kind);
  std::string name = term_name(t.kind);
  if (t.of.valid() && t.kind != TermKind::winning) name += " of " + title(a, t.of);
  if (info.unit == "log odds") return fmt::format("{} {:+.2f}", name, t.value);
  if (info.unit == "probability") return fmt::format("{} {}", name, chance_phrase(t.value));
  return fmt::format("{} {}", name, number_phrase(t.value));
}

std::vector<std::string> terms_text(const Account& a, std::span<const Term> terms) {
  std::vector<std::string> log_odds, others, allies, for_it, against, abstained, out;
  std::vector<Term> expected(terms.begin(), terms.end());
  std::erase_if(expected, [](const Term& t) { return t.kind != TermKind::ally; });
  std::stable_sort(expected.begin(), expected.end(),
                   [](const Term& x, const Term& y) { return x.value > y.value; });
  for (const Term& t : expected) {
    allies.push_back(fmt::format("{} {}", title(a, t.of), chance_phrase(t.value)));
  }
  std::optional<Term> level;
  for (const Term& t : terms) {
    if (t.kind == TermKind::ally) continue;
    const TermInfo& info = term_info(t.kind);
    if (t.kind == TermKind::ballot) {
      auto& side = t.value > 0.0 ? for_it : t.value < 0.0 ? against : abstained;
      side.push_back(fmt::format("{} ({})", title(a, t.of), chance_phrase(t.beside)));
    } else if (t.kind == TermKind::level) {
      level = t;
    } else if ((t.kind == TermKind::contagion && !t.of.valid()) ||
               (info.unit == "log odds" && t.value == 0.0)) {
      continue;  // it has not weighed
    } else {
      (info.unit == "log odds" ? log_odds : others).push_back(term_text(a, t));
    }
  }
  if (!for_it.empty()) out.push_back("in favour: " + listing(for_it));
  if (!against.empty()) out.push_back("against: " + listing(against));
  if (!abstained.empty()) out.push_back("abstained: " + listing(abstained));
  if (!allies.empty()) out.push_back("whom it expects to face beside it: " + listing(allies));
  if (!others.empty()) out.push_back("weighed: " + listing(others));
  if (!log_odds.empty()) out.push_back("log odds: " + listing(log_odds));
  if (level) {
    const auto chosen = static_cast<law::Obligation>(level->value);
    out.push_back(fmt::format("of what it owes it chose {} (drew {})", level_phrase(chosen),
                              chance_phrase(level->beside)));
  }
  return out;
}

}  // namespace

std::string title(const Account& a, ActorId actor) {
  if (!actor.valid()) return "";
  if (actor.row() < a.scenario().actors.size()) {
    const ActorSpec& spec = a.scenario().actors[actor.row()];
    return spec.title.empty() ? spec.name : spec.title;
  }
  return actor.row() < a.kept().actors.size() ? a.kept().actors[actor.row()] : "somebody";
}

std::vector<std::string> signature(const Account& a, EventId event, bool roles) {
  std::vector<std::string> steps;
  for (const EventId id : a.path(event)) {
    Event e = a.log()[id];
    const bool thought = e.kind == EventKind::covered || e.kind == EventKind::obliged ||
                         e.kind == EventKind::able || e.kind == EventKind::law_no;
    const EventWords* words = event_words(e.kind);
    if (thought || words == nullptr) continue;
    e.where = {};
    const bool help = e.kind == EventKind::honour || e.kind == EventKind::invoked;
    if (!help) e.size = 0.0;
    bool missing = false;
    std::string step = fill(a, e, words->told, missing, roles);
    const std::string given = given_title(a, e);
    if (!given.empty())
      step = e.kind == EventKind::starting_condition ? given : step + ": " + given;
    if (steps.empty() || steps.back() != step) steps.push_back(std::move(step));
  }
  return steps;
}

ToldDecision tell(const Account& a, const Decision& d) {
  ToldDecision out{.decision = d};
  out.pact = short_title(a, d.pact);
  const std::string_view answer = d.yes ? "yes" : "no";
  const std::string chance = chance_phrase(d.probability);
  if (d.kind == DecisionKind::timeline || d.kind == DecisionKind::circumstance) {
    out.text = decision_info(d.kind).doc;
  } else if (d.kind == DecisionKind::organ_vote) {
    out.text = fmt::format("the organ {} it", d.yes ? "adopts" : "does not adopt");
    if (d.probability >= 0.0) out.text += fmt::format(" (chance {})", chance);
  } else if (d.drawn()) {
    out.text = fmt::format("{}? {}: chance {}, drew {}", decision_info(d.kind).doc, answer, chance,
                           chance_phrase(d.draw));
  } else {
    out.text = fmt::format("{}? {}: chance {}", decision_info(d.kind).doc, answer, chance);
  }
  // The nearest of many has no terms of its own.
  if (d.term_count > 0) out.terms = terms_text(a, a.log().decisions().terms(d));
  return out;
}

Told tell(const Account& a, EventId id) {
  const Event& e = a.log()[id];
  Told out{.id = id, .date = to_string(a.scenario().clock.date(e.step))};
  const EventWords* words = event_words(e.kind);
  bool missing = false;
  if (words != nullptr) {
    out.text = fill(a, e, words->told, missing);
  } else {
    const std::string kind(a.scenario().events.name(e.kind));
    out.text = fill(a, e, kind + "[: {who}][ and {whom}][ in {where}]", missing);
  }
  out.pact = pact_title(a, e.pact);
  if (const law::Article* article = article_of(a, e.pact, e.article)) {
    out.article = article->id;
    out.words = article->text.empty() ? article->title : article->text;
  }
  const auto reason = static_cast<law::Reason>(e.reason);
  if (reason != law::Reason::none) {
    for (const casebook::ReasonWords& r : casebook::reason_words()) {
      if (r.reason == reason) out.because = r.clause;
    }
  }
  out.origin = origin_text(a, e);
  const auto causes = a.log().causes(e);
  out.causes.assign(causes.begin(), causes.end());
  for (const Decision* d : a.decisions(id)) {
    // Said by the origin already.
    if (d->kind == DecisionKind::timeline || d->kind == DecisionKind::circumstance) continue;
    out.decisions.push_back(tell(a, *d));
  }
  return out;
}

}  // namespace casus::why
