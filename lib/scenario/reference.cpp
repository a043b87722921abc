#include "casus/scenario/reference.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <optional>
#include <set>
#include <string>

#include "casus/core/diagnostics.h"
#include "casus/scenario/paths.h"
#include "casus/world/event_kinds.h"
#include "scenario/sections.h"
#include "scenario/tables.h"
#include "text/reference_text.h"

namespace casus {
namespace scenario {
namespace {

std::string_view conditions_text() {
  return R"TEXT(A condition is one or more terms joined by 'and', each of which may begin with 'not':
  PATH < NUMBER                  also <=, >, >=; see the page 'paths'
  war(a, b)                      the two actors are at war with each other
  member(actor, pact)            the actor is a member of the pact on that day
For example:
  when: "actors.niger.legitimacy < 0.3 and not war(mali, niger)"
It is looked at at the beginning of each step.
)TEXT";
}

constexpr std::string_view parameters_prefix = "mechanisms.";

/// What pages are made from.
struct Book {
  const Vocabulary& vocabulary;
  Tables tables;
  std::vector<SectionInfo> all;

  explicit Book(const Vocabulary& v) : vocabulary(v), tables(v), all(sections(tables)) {}
  const SectionInfo& section(std::string_view name) const {
    return *std::find_if(all.begin(), all.end(),
                         [&](const SectionInfo& s) { return s.name == name; });
  }
};

/// Sections that are inside others have pages under a heading of their own.
std::string page_name(const SectionInfo& s) {
  return s.top ? std::string(s.name) : fmt::format("inside.{}", s.name);
}

std::string field_page(const std::string& name, const FieldInfo& f) {
  std::string text = heading(name);
  text += paragraph(f.doc);
  text += field_facts(f, actor_kind_words());
  return text;
}

std::string section_page(const SectionInfo& s) {
  std::string text = heading(page_name(s));
  text += paragraph(s.doc);
  if (!s.example.empty()) text += paragraph(fmt::format("Example: {}: {}", s.name, s.example));
  for (const FieldInfo& f : s.fields) text += field_entry(f, actor_kind_words());
  return text;
}

std::string parameter_page(const MechanismInfo& m, const ParameterInfo& p) {
  std::string text = heading(fmt::format("mechanisms.{}.{}", m.name, p.name));
  text += paragraph(p.doc);
  text += fact("unit", p.unit == Unit::none ? "a pure number" : unit_name(p.unit));
  text += fact("range", fmt::format("{} to {}", p.low, p.high));
  text += fact("default", fmt::format("{}", p.fallback));
  text += fact("source", p.source);
  return text;
}

std::string_view table_name(ColumnTable table) {
  return table == ColumnTable::regions  ? "regions"
         : table == ColumnTable::actors ? "actors"
                                        : "presences";
}

std::string mechanism_page(const MechanismInfo& m) {
  std::string text = heading("mechanisms." + m.name);
  text += paragraph(m.doc);
  text += fact("source", m.source);
  text += fact("enabled", "true or false; true by itself");
  for (const ParameterInfo& p : m.parameters) {
    const std::string unit = p.unit == Unit::none ? "" : fmt::format(" {}", unit_name(p.unit));
    text += entry(p.name, fmt::format("{} ({}{}; {} to {}; {})", p.doc, p.fallback, unit, p.low,
                                      p.high, p.source));
  }
  for (const OwnColumn& c : m.columns) {
    const std::string unit =
        c.info.unit == Unit::none ? "" : fmt::format(", {}", unit_name(c.info.unit));
    text += entry(fmt::format("{}.{}", table_name(c.table), c.info.name),
                  fmt::format("{} (its column{}; {} at the start{}{})", c.info.doc, unit,
                              c.info.initial, c.info.source.empty() ? "" : "; ", c.info.source));
  }
  for (const OwnEvent& e : m.events) text += entry(e.name, e.doc + " (its kind of event)");
  return text;
}

std::string mechanisms_page(const Book& book) {
  std::string text = section_page(book.section("mechanisms"));
  for (const MechanismInfo& m : book.vocabulary) text += entry(m.name, m.doc);
  return text;
}

std::string outcomes_page(const Book& book) {
  std::string text = section_page(book.section("outcomes"));
  text += paragraph("Columns of `sum` and `final`; those of reports of `sum` alone:");
  for (const PathColumn* c : outcome_columns(book.tables.columns)) {
    text += entry(c->info->name, c->info->doc);
  }
  text += paragraph("Kinds of event: see the page 'events'.");
  return text;
}

std::string paths_page(const Book& book) {
  std::string text = heading("paths");
  text += paragraph(
      "Paths name values of the world: regions.NAME.COLUMN, actors.NAME.COLUMN, relations.FROM.TO "
      "(affinity) and mechanisms.NAME.PARAMETER. Conditions read them; `set` in the timeline "
      "changes those that are not marked as read only.");
  for (const PathColumn& c : book.tables.columns.paths()) {
    const std::string_view section = c.table == PathRef::Table::region  ? "regions"
                                     : c.table == PathRef::Table::actor ? "actors"
                                                                        : "relations";
    text += entry(fmt::format("{}.{}", section, c.info->name),
                  fmt::format("{}{}", c.info->doc, c.info->settable ? "" : " Read only."));
  }
  return text;
}

std::string events_page(const Book& book) {
  std::string text = heading("events");
  text += paragraph("Kinds of event that outcomes can ask about:");
  std::vector<std::string_view> names(event_kind_names().begin(), event_kind_names().end());
  text += paragraph(fmt::format("{}", fmt::join(names, ", ")));
  text += paragraph("Each has a page: events.honour.");
  if (book.tables.events.own().empty()) return text;
  text += paragraph("and those that mechanisms own:");
  for (const OwnEvent& e : book.tables.events.own()) text += entry(e.name, e.doc);
  return text;
}

std::string index_page(const Book& book) {
  std::string text = heading("casus: scenario/1");
  text += paragraph("Sections of a scenario:");
  for (const SectionInfo& s : book.all) {
    if (s.top) text += entry(s.name, s.doc);
  }
  text += paragraph("Mappings inside them:");
  for (const SectionInfo& s : book.all) {
    if (!s.top) text += entry(page_name(s), s.doc);
  }
  text += paragraph("Mechanisms:");
  for (const MechanismInfo& m : book.vocabulary) text += entry("mechanisms." + m.name, m.doc);
  text += paragraph(
      "Topics: numbers, conditions, paths, events. What runs put on record: events.KIND, "
      "decisions, "
      "terms, levels, reasons. Codes of error messages, as E0203, have pages "
      "too.");
  return text;
}

std::optional<std::string> find_page(const Vocabulary& vocabulary, std::string_view path) {
  const Book book(vocabulary);
  if (path.empty()) return index_page(book);
  if (path == "numbers") return heading("numbers") + std::string(numbers_text());
  if (path == "conditions") return heading("conditions") + std::string(conditions_text());
  if (path == "paths") return paths_page(book);
  if (path == "events") return events_page(book);
  if (path == "outcomes") return outcomes_page(book);
  if (path == "mechanisms") return mechanisms_page(book);
  if (const std::string_view code = explain_code(path); !code.empty()) {
    return heading(path) + paragraph(code);
  }
  for (const SectionInfo& s : book.all) {
    const std::string name = page_name(s);
    if (path == name) return section_page(s);
    for (const FieldInfo& f : s.fields) {
      std::string field = fmt::format("{}.{}", name, f.name);
      if (path == field) return field_page(field, f);
    }
  }
  if (path.starts_with(parameters_prefix)) path.remove_prefix(parameters_prefix.size());
  for (const MechanismInfo& m : vocabulary) {
    if (path == m.name) return mechanism_page(m);
    for (const ParameterInfo& p : m.parameters) {
      if (path == fmt::format("{}.{}", m.name, p.name)) return parameter_page(m, p);
    }
  }
  return std::nullopt;
}

/// Pages whose last word is the one asked for, then those that are spelt alike.
std::vector<std::string> near_pages(const Vocabulary& vocabulary, std::string_view path) {
  std::vector<std::string> found;
  const std::vector<std::string> all = reference_pages(vocabulary);
  const std::string_view last = path.substr(path.rfind('.') + 1);
  std::vector<std::string> last_words;
  for (const std::string& page : all) {
    last_words.push_back(page.substr(page.rfind('.') + 1));
    if (last_words.back() == last) found.push_back(page);
  }
  if (found.empty()) {
    if (const std::string near = nearest(path, all); !near.empty()) found.push_back(near);
    const std::string word = nearest(last, last_words);
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (!word.empty() && last_words[i] == word &&
          std::find(found.begin(), found.end(), all[i]) == found.end()) {
        found.push_back(all[i]);
      }
    }
  }
  constexpr std::size_t most = 8;
  if (found.size() > most) found.resize(most);
  return found;
}

}  // namespace
}  // namespace scenario

std::string reference(const Vocabulary& vocabulary, std::string_view path) {
  if (auto page = scenario::find_page(vocabulary, path)) return *page;
  std::string text = fmt::format("There is no page '{}'.\n", path);
  const auto near = scenario::near_pages(vocabulary, path);
  if (!near.empty()) text += fmt::format("Did you mean {}?\n", fmt::join(near, " or "));
  return text;
}

bool has_reference(const Vocabulary& vocabulary, std::string_view path) {
  return scenario::find_page(vocabulary, path).has_value();
}

std::vector<std::string> reference_pages(const Vocabulary& vocabulary) {
  std::vector<std::string> pages{"numbers", "conditions", "paths", "events"};
  const scenario::Book book(vocabulary);
  for (const scenario::SectionInfo& s : book.all) {
    pages.push_back(scenario::page_name(s));
    for (const scenario::FieldInfo& f : s.fields) {
      pages.push_back(fmt::format("{}.{}", scenario::page_name(s), f.name));
    }
  }
  for (const MechanismInfo& m : vocabulary) {
    pages.push_back("mechanisms." + m.name);
    for (const ParameterInfo& p : m.parameters) {
      pages.push_back(fmt::format("mechanisms.{}.{}", m.name, p.name));
    }
  }
  return pages;
}

}  // namespace casus
