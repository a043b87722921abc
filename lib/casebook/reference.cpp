#include <fmt/format.h>

#include <algorithm>

#include "casebook/case_decoder.h"
#include "casus/casebook/words.h"
#include "scenario/pact_tables.h"
#include "scenario/sections.h"
#include "text/reference_text.h"

namespace casus::casebook {
namespace {

struct Section {
  std::string name;
  std::string_view doc;
  std::vector<FieldInfo> fields;
};

/// Every mapping of a file of cases.
std::vector<Section> make_sections() {
  std::vector<Section> all{
      {"file", "What a file says for all its cases, besides the facts.", infos(file_fields())},
      {"case", "A case.", infos(case_fields())},
      {"step", "A step of a case.", infos(step_fields())},
      {"facts", "What file, case and step can say of the situation.", infos(facts_fields())},
      {"party", "One of `parties`.", infos(party_fields())},
      {"place", "One of `places`.", infos(place_fields())},
      {"war", "One of `wars`.", infos(war_fields())},
      {"relation", "One of `relations`.", infos(relation_fields())},
      {"route", "One of `routes`.", infos(route_fields())},
      {"settings", "The parameters of the law.", infos(settings_fields())},
      {"doctrine", "How contested questions are read.", infos(scenario::doctrine_fields())},
      {"pact", "One of `pacts`.", infos(scenario::pact_fields())},
      {"withdrawal", "Of a pact.", infos(scenario::withdrawal_fields())},
      {"depth", "Of a pact.", infos(scenario::depth_fields())},
      {"suspension", "Of a pact: what a suspended member loses.",
       infos(scenario::suspension_fields())},
      {"member", "Of a pact.", infos(scenario::member_fields())},
      {"suspended", "Of a member.", infos(scenario::suspended_fields())},
      {"organ", "Of a pact.", infos(scenario::organ_fields())},
      {"force", "Of an organ.", infos(scenario::force_fields())},
      {"article", "Of a pact.", infos(scenario::article_fields())},
      {"when", "The conditions of an article.", infos(scenario::when_fields())},
      {"by", "Whose acts an article means.", infos(scenario::adversary_fields())},
      {"where", "Where an article applies.", infos(scenario::geography_fields())},
      {"then", "What follows from an article.", infos(scenario::then_fields())},
      {"act", "One of `acts`.", infos(act_fields())},
      {"provocation", "Of an act.", infos(provocation_fields())},
      {"change", "One of `changes`.", infos(change_fields())},
  };
  Section expected{"expect", "What follows, as the case expects it.", {}};
  for (const ExpectSection& s : expect_sections()) {
    if (s.name == "act_selector") continue;
    expected.fields.push_back({.name = s.name, .type = Type::custom, .doc = s.doc});
  }
  all.push_back(expected);
  for (const ExpectSection& s : expect_sections()) {
    if (!s.fields.empty()) all.push_back({fmt::format("expect.{}", s.name), s.doc, s.fields});
  }
  return all;
}

const std::vector<Section>& sections() {
  static const std::vector<Section> all = make_sections();
  return all;
}

/// The kinds of party are words of their own here; no field is of some kinds only.
std::string key_entry(const FieldInfo& f) { return field_entry(f, law::names<law::PartyKind>()); }

std::string section_text(const Section& s) {
  std::string text = heading(s.name) + paragraph(s.doc);
  for (const FieldInfo& f : s.fields) text += key_entry(f);
  return text;
}

std::string words_text(const Words& w) {
  std::string text = heading(w.kind) + paragraph(w.doc);
  for (const Word& word : w.words) text += entry(word.name, word.sentence);
  return text;
}

std::string reason_line(const ReasonWords& r) {
  return fmt::format("{}: {}", answer_word(r.answer), r.sentence);
}

std::string stage_title(law::Stage stage) {
  std::string title(name(stage));
  title.front() = static_cast<char>(title.front() - 'a' + 'A');
  return title;
}

std::string reasons_text() {
  std::string text =
      heading("reasons") +
      paragraph("Why a stage gives its answer: yes, no, or ± for one that can go with both.");
  const auto list = [&](std::string_view title, auto belongs) {
    text += paragraph(title);
    for (const ReasonWords& r : reason_words()) {
      if (r.reason != law::Reason::none && belongs(r))
        text += entry(name(r.reason), reason_line(r));
    }
  };
  for (const Word& stage : all_words().back().words) {
    const law::Stage s = *law::parse<law::Stage>(stage.name);
    list(fmt::format("{}: {}", stage_title(s), stage.sentence),
         [&](const ReasonWords& r) { return r.stages.contains(s); });
  }
  list("Changes of a pact: is it done?", [](const ReasonWords& r) { return r.stages.empty(); });
  return text;
}

/// Everything that goes by that name: reasons, words of every kind, keys of every section.
std::string word_text(std::string_view word) {
  std::string text;
  for (const ReasonWords& r : reason_words()) {
    if (name(r.reason) != word || r.reason == law::Reason::none) continue;
    std::string where;
    for (const std::string_view s : law::names<law::Stage>()) {
      if (r.stages.contains(*law::parse<law::Stage>(s))) {
        where += where.empty() ? s : fmt::format(", {}", s);
      }
    }
    text += entry(where.empty() ? "a change" : where, reason_line(r));
  }
  for (const Words& w : all_words()) {
    for (const Word& x : w.words) {
      if (x.name == word) text += entry(w.kind, x.sentence);
    }
  }
  for (const Section& s : sections()) {
    for (const FieldInfo& f : s.fields) {
      if (f.name != word) continue;
      text += entry(fmt::format("key of {}", s.name), f.doc);
    }
  }
  return text.empty() ? text : heading(word) + text;
}

}  // namespace

std::vector<std::string> case_pages() {
  std::vector<std::string> pages;
  pages.reserve(sections().size() + all_words().size() + 1);
  for (const Section& s : sections()) pages.push_back(s.name);
  for (const Words& w : all_words()) pages.emplace_back(w.kind);
  pages.emplace_back("reasons");
  return pages;
}

std::vector<std::string> case_words() {
  std::vector<std::string> words;
  words.reserve(512);
  for (const ReasonWords& r : reason_words()) {
    if (r.reason != law::Reason::none) words.emplace_back(name(r.reason));
  }
  for (const Words& w : all_words()) {
    for (const Word& x : w.words) words.emplace_back(x.name);
  }
  for (const Section& s : sections()) {
    for (const FieldInfo& f : s.fields) words.emplace_back(f.name);
  }
  std::sort(words.begin(), words.end());
  words.erase(std::unique(words.begin(), words.end()), words.end());
  return words;
}

std::string case_reference(std::string_view page) {
  if (page.empty()) {
    std::string text = heading("casus: casebook/1") +
                       paragraph("Every key of a file of cases, every word and every reason.");
    for (const Section& s : sections()) text += "\n" + section_text(s);
    for (const Words& w : all_words()) text += "\n" + words_text(w);
    return text + "\n" + reasons_text();
  }
  if (page == "reasons") return reasons_text();
  std::string text;
  for (const Section& s : sections()) {
    if (page == s.name) text += section_text(s);
  }
  for (const Words& w : all_words()) {
    if (page == w.kind) text += words_text(w);
  }
  return text.empty() ? word_text(page) : text;
}

}  // namespace casus::casebook
