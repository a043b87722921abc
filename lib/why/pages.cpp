#include <fmt/format.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "casus/law/vocabulary.h"
#include "casus/why/tell.h"
#include "why/event_words.h"
#include "why/phrases.h"

namespace casus::why {
namespace {

std::string heading(std::string_view name) {
  return fmt::format("{}\n{}\n\n", name, std::string(name.size(), '='));
}
std::string paragraph(std::string_view text) { return wrapped(text, 0) + "\n\n"; }
std::string entry(std::string_view name, std::string_view text) {
  return fmt::format("  {}\n{}\n", name, wrapped(text, 6));
}
std::string entry(std::string_view name, std::string_view unit, std::string_view text) {
  return entry(name, fmt::format("{} ({}).", sentence_case(std::string(text)), unit));
}
std::string question(const DecisionInfo& info) {
  std::string text = sentence_case(std::string(info.doc));
  return text + (text.find("nothing is drawn") != std::string::npos ? "." : "?");
}

std::string event_page(std::string_view kind) {
  const auto names = event_kind_names();
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names[i] != kind) continue;
    return heading(fmt::format("events.{}", kind)) +
           paragraph(event_words(static_cast<EventKind>(i))->doc);
  }
  return "";
}

std::string decisions_page() {
  std::string text =
      heading("decisions") +
      paragraph(
          "What is decided by a draw, and put on record with what was weighed: see 'casus "
          "explain'. The answer is yes if the draw is below the probability.");
  for (std::size_t i = 0; i < decision_kinds(); ++i) {
    const DecisionInfo& info = decision_info(static_cast<DecisionKind>(i));
    text += entry(info.name, question(info));
  }
  return text;
}

std::string decision_page(std::string_view name) {
  for (std::size_t i = 0; i < decision_kinds(); ++i) {
    const DecisionInfo& info = decision_info(static_cast<DecisionKind>(i));
    if (info.name == name) {
      return heading(fmt::format("decisions.{}", name)) + paragraph(question(info));
    }
  }
  return "";
}

std::string terms_page() {
  std::string text =
      heading("terms") + paragraph("What a decision weighs, and in what unit it is added up.");
  for (std::size_t i = 0; i < term_kinds(); ++i) {
    const TermInfo& info = term_info(static_cast<TermKind>(i));
    text += entry(info.name, info.unit, info.doc);
  }
  return text;
}

std::string levels_page() {
  std::string text =
      heading("levels") + paragraph(
                              "Levels of help, as the size of events of the law counts them: what "
                              "is owed, within reach or given, from the least to the most.");
  const auto names = law::names<law::Obligation>();
  for (std::size_t i = 0; i < names.size(); ++i) {
    text += entry(fmt::format("{} {}", i, names[i]),
                  sentence_case(std::string(level_phrase(static_cast<law::Obligation>(i)))) + ".");
  }
  return text;
}

}  // namespace

std::string page(std::string_view path) {
  if (path.starts_with("events.")) return event_page(path.substr(7));
  if (path == "decisions") return decisions_page();
  if (path.starts_with("decisions.")) return decision_page(path.substr(10));
  if (path == "terms") return terms_page();
  if (path == "levels") return levels_page();
  return "";
}

std::vector<std::string> pages() {
  std::vector<std::string> all{"decisions", "terms", "levels"};
  for (const std::string_view kind : event_kind_names()) {
    all.push_back(fmt::format("events.{}", kind));
  }
  for (std::size_t i = 0; i < decision_kinds(); ++i) {
    all.push_back(fmt::format("decisions.{}", decision_info(static_cast<DecisionKind>(i)).name));
  }
  return all;
}

}  // namespace casus::why
