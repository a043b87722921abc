#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "casus/why/tell.h"
#include "why/phrases.h"

namespace casus::why {
namespace {

using Json = nlohmann::ordered_json;
constexpr std::size_t margin = 12;  // "1914-07-28  "

/// Several attacks of one group on one target, each set off by the one before.
bool goes_on(const EventLog& log, const Event& before, const Event& e) {
  const auto causes = log.causes(e);
  return e.kind == before.kind && e.who == before.who && e.whom == before.whom &&
         e.pact == before.pact &&
         std::find(causes.begin(), causes.end(), before.id) != causes.end();
}

/// Steps to be told, and how many like it were left out before each.
std::vector<std::pair<EventId, std::size_t>> steps_of(const Account& a, EventId event, bool all) {
  const std::vector<EventId> chain = a.chain(event);
  std::vector<std::pair<EventId, std::size_t>> steps;
  for (std::size_t i = 0; i < chain.size(); ++i) {
    std::size_t left_out = 0;
    if (!all && i > 0) {
      // From the second of a series on, go to its last.
      while (i + 1 < chain.size() && goes_on(a.log(), a.log()[chain[i - 1]], a.log()[chain[i]]) &&
             goes_on(a.log(), a.log()[chain[i]], a.log()[chain[i + 1]])) {
        ++i;
        ++left_out;
      }
    }
    steps.emplace_back(chain[i], left_out);
  }
  return steps;
}

std::string under(const Told& t) {
  if (t.pact.empty() || t.article.empty()) return "";
  return fmt::format("{}, article {}", t.pact.substr(0, t.pact.find(" (")), t.article);
}

}  // namespace

std::string write(const Account& a, EventId event, bool all) {
  std::string out;
  std::vector<std::string> quoted;  // articles whose words stand above already
  for (const auto& [id, left_out] : steps_of(a, event, all)) {
    const Told t = tell(a, id);
    if (left_out > 0) {
      out += fmt::format("{:12}… {} more like it, each set off by the one before\n", "", left_out);
    }
    std::string line = t.text;
    const std::string article = under(t);
    const std::string pact = t.pact.substr(0, t.pact.find(" ("));
    const bool named =
        line.find(t.article) != std::string::npos && line.find(pact) != std::string::npos;
    if (!article.empty() && !named) line += ", under " + article;
    if (!t.because.empty()) line += ", because " + t.because;
    std::string causes;
    for (const EventId cause : t.causes) {
      causes += fmt::format("{}{}", causes.empty() ? " [" : ", ", cause.row());
    }
    const std::string told = wrapped(
        fmt::format("#{} {}{}", id.row(), line, causes.empty() ? "" : causes + "]"), margin);
    out += t.date + told.substr(t.date.size()) + "\n";
    const auto add = [&](const std::string& text) { out += wrapped(text, margin + 2) + "\n"; };
    if (!t.origin.empty()) add("← " + t.origin);
    if (!article.empty() && !t.words.empty() &&
        std::find(quoted.begin(), quoted.end(), article) == quoted.end()) {
      add("“" + t.words + "”");
      quoted.push_back(article);
    }
    for (const ToldDecision& d : t.decisions) {
      add(d.text);
      for (const std::string& term : d.terms) add("· " + term);
    }
  }
  return out;
}

std::string dot(const Account& a, EventId event) {
  const auto quote = [](const std::string& text) {
    std::string out;
    for (const char c : text) {
      if (c == '"' || c == '\\') out += '\\';
      out += c;
    }
    return out;
  };
  std::string out = "digraph why {\n  rankdir=TB;\n  node [shape=box, fontname=\"sans-serif\"];\n";
  for (const EventId id : a.chain(event)) {
    const Told t = tell(a, id);
    std::string label = quote(t.date) + "\\n";
    const std::string text = wrapped(t.text, 0, 36);
    for (const char c : text) label += c == '\n' ? std::string("\\n") : quote(std::string(1, c));
    for (const ToldDecision& d : t.decisions) {
      if (d.decision.drawn()) {
        label += fmt::format("\\n{}: {} < {}", decision_info(d.decision.kind).name,
                             chance_phrase(d.decision.draw), chance_phrase(d.decision.probability));
        if (!d.decision.yes) label.replace(label.rfind('<'), 1, "≥");
      }
    }
    const bool root = t.causes.empty();
    out += fmt::format("  e{} [label=\"{}\"{}];\n", id.row(), label,
                       id == event ? ", penwidth=2"
                       : root      ? ", style=rounded"
                                   : "");
    for (const EventId cause : t.causes)
      out += fmt::format("  e{} -> e{};\n", cause.row(), id.row());
  }
  return out + "}\n";
}

namespace {

Json json_of(const Account& a, const ToldDecision& told) {
  const Decision& d = told.decision;
  Json terms = Json::array();
  if (d.term_count > 0) {
    for (const Term& t : a.log().decisions().terms(d)) {
      const TermInfo& info = term_info(t.kind);
      Json term{{"term", info.name}, {"unit", info.unit}, {"value", t.value}};
      if (t.of.valid()) term["of"] = title(a, t.of);
      if (t.kind == TermKind::ballot || t.kind == TermKind::ally || t.kind == TermKind::level) {
        term["beside"] = t.beside;
      }
      terms.push_back(std::move(term));
    }
  }
  return {{"decision", decision_info(d.kind).name},
          {"yes", d.yes},
          {"probability", d.probability >= 0.0 ? Json(d.probability) : Json(nullptr)},
          {"draw", d.drawn() ? Json(d.draw) : Json(nullptr)},
          {"terms", std::move(terms)}};
}

}  // namespace

std::string json(const Account& a, EventId event) {
  Json steps = Json::array();
  for (const EventId id : a.chain(event)) {
    const Event& e = a.log()[id];
    const Told t = tell(a, id);
    Json step{{"event", id.row()},
              {"date", t.date},
              {"kind", a.scenario().events.name(e.kind)},
              {"text", t.text},
              {"size", e.size}};
    if (!t.pact.empty()) step["pact"] = t.pact;
    if (!t.article.empty()) step["article"] = t.article;
    if (!t.words.empty()) step["words"] = t.words;
    if (!t.because.empty()) step["because"] = t.because;
    Json causes = Json::array();
    for (const EventId cause : t.causes) causes.push_back(cause.row());
    step["causes"] = std::move(causes);
    if (t.causes.empty()) step["origin"] = name(a.origin(id));
    Json decisions = Json::array();
    for (const ToldDecision& d : t.decisions) decisions.push_back(json_of(a, d));
    step["decisions"] = std::move(decisions);
    steps.push_back(std::move(step));
  }
  return Json{{"event", event.row()}, {"steps", std::move(steps)}}.dump(
             2, ' ', false, Json::error_handler_t::replace) +
         "\n";
}

}  // namespace casus::why
