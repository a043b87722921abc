#include "text/reference_text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

namespace casus::text {
namespace {

constexpr std::size_t columns = 96;
constexpr std::size_t name_columns = 24;

std::string wrap(std::string_view text, std::size_t indent, std::size_t used) {
  std::string out;
  std::size_t at = used;
  while (!text.empty()) {
    const std::size_t space = std::min(text.find(' '), text.size());
    const std::string_view word = text.substr(0, space);
    text.remove_prefix(std::min(space + 1, text.size()));
    if (word.empty()) continue;
    if (at + word.size() + 1 > columns && at > indent) {
      out += "\n" + std::string(indent, ' ');
      at = indent;
    } else if (at > indent) {
      out += ' ';
      ++at;
    }
    out += word;
    at += word.size();
  }
  return out + "\n";
}

std::string type_text(const FieldInfo& f) {
  switch (f.type) {
    case Type::flag:
      return "true or false";
    case Type::real:
      return "a number";
    case Type::whole:
      return "a whole number";
    case Type::number:
      return "a number or a prior";
    case Type::date:
      return "a date";
    case Type::duration:
      return "a length of time";
    case Type::word:
      return fmt::format("one of {}", fmt::join(f.words, ", "));
    case Type::words:
      return fmt::format("a list of {}", fmt::join(f.words, ", "));
    case Type::tags:
      return "a list of names";
    case Type::region:
      return "a region";
    case Type::regions:
      return "a list of regions";
    case Type::actor:
      return "an actor";
    case Type::actors:
      return "a list of actors";
    case Type::party:
      return "an actor or a pact";
    case Type::parties:
      return "a list of actors and pacts";
    case Type::places:
      return "a list of regions and states";
    case Type::section:
      return fmt::format("a mapping; see inside.{}", f.section);
    case Type::entries:
      return fmt::format("a mapping of names; see inside.{}", f.section);
    case Type::list:
      return fmt::format("a list; see inside.{}", f.section);
    case Type::source:
      return "text, or keys of `sources`";
    case Type::custom:
      return "";
    case Type::automatic:
    case Type::text:
      break;
  }
  return "text";
}

std::string range_text(const FieldInfo& f) {
  const bool low = std::isfinite(f.low), high = std::isfinite(f.high);
  if (low && high) return fmt::format("{} to {}", f.low, f.high);
  if (low) return fmt::format("at least {}", f.low);
  if (high) return fmt::format("at most {}", f.high);
  return {};
}

std::string kinds_text(const FieldInfo& f, std::span<const std::string_view> kinds) {
  const unsigned all = (1U << kinds.size()) - 1U;
  if ((f.kinds & all) == all) return {};
  std::vector<std::string_view> names;
  for (std::size_t k = 0; k < kinds.size(); ++k) {
    if ((f.kinds >> k & 1U) != 0) names.push_back(kinds[k]);
  }
  return fmt::format("{}", fmt::join(names, ", "));
}

}  // namespace

std::string heading(std::string_view title) {
  return fmt::format("{}\n{}\n", title, std::string(title.size(), '-'));
}

std::string paragraph(std::string_view text) { return text.empty() ? "" : wrap(text, 0, 0); }

std::string entry(std::string_view name, std::string_view text) {
  std::string out = fmt::format("  {:<{}}", name, name_columns - 2);
  if (name.size() + 3 > name_columns) out += "\n" + std::string(name_columns, ' ');
  return out + wrap(text, name_columns, name_columns);
}

std::string fact(std::string_view name, std::string_view value) {
  if (value.empty()) return {};
  return fmt::format("  {:<10}", name) + wrap(value, 12, 12);
}

std::string field_facts(const FieldInfo& f, std::span<const std::string_view> kinds) {
  std::string text = fact("takes", type_text(f));
  text += fact("unit", unit_name(f.type == Type::duration ? Unit::days : f.unit));
  if (f.unit != Unit::none || f.type == Type::duration) {
    const auto spellings = unit_spellings(f.type == Type::duration ? Unit::days : f.unit);
    text += fact("written", fmt::format("with {}", fmt::join(spellings, ", ")));
  }
  text += fact("range", range_text(f));
  text += fact("default", f.fallback);
  if (f.required) text += fact("required", "yes");
  text += fact("kinds", kinds_text(f, kinds));
  text += fact("example", f.example);
  return text;
}

std::string field_entry(const FieldInfo& f, std::span<const std::string_view> kinds) {
  constexpr std::size_t few = 12;
  std::string details = f.words.size() <= few ? type_text(f)
                        : f.type == Type::words
                            ? fmt::format("a list of {} words, on its own page", f.words.size())
                            : fmt::format("one of {} words, on its own page", f.words.size());
  const auto add = [&](const std::string& part) {
    if (part.empty()) return;
    if (!details.empty()) details += "; ";
    details += part;
  };
  const std::string_view unit = unit_name(f.unit);
  const std::string range = range_text(f);
  add(range.empty() || unit.empty() ? range : fmt::format("{} {}", range, unit));
  if (f.required) add("required");
  if (!f.fallback.empty()) add(fmt::format("default {}", f.fallback));
  const std::string only = kinds_text(f, kinds);
  if (!only.empty()) add(fmt::format("only {}", only));
  if (!f.example.empty()) add(fmt::format("example {}", f.example));
  return entry(f.name,
               details.empty() ? std::string(f.doc) : fmt::format("{} ({})", f.doc, details));
}

std::string_view numbers_text() {
  return R"TEXT(A number is written plain, in the unit of its key, or with a unit of the same dimension:
  forces: 5000
  forces: 5 thousand people
  population: 1.3 million
  income: 12 MUSD/month
  spread: 20 %
Where a prior may stand, each run draws its value once, and every policy of a run draws the same:
  {uniform: [low, high]}
  {triangular: [low, mode, high]}
  {normal: [mean, standard deviation]}          the tails are cut at the ends of the key's range
  {lognormal: [median, standard deviation of the log]}    likewise
  {beta: [a, b]}                                between 0 and 1
  {rows: {of: name, values: [1, 2, 3]}}         one of the values, each as likely as the others;
      all numbers with rows of that name take the same row in a run ('casus calibrate' writes them)
Their numbers may have units too. A year has 365.25 days, a month a twelfth of that. Numbers do not
begin with zeros and have no separators.
)TEXT";
}

}  // namespace casus::text
