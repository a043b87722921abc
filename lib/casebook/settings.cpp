#include <fmt/format.h>

#include <algorithm>
#include <list>
#include <string>
#include <utility>
#include <vector>

#include "casebook/case_decoder.h"
#include "casus/law/parameters.h"

namespace casus::casebook {

namespace {

bool read_parameter(CaseDecoder& d, const Node& node, const FieldInfo& f, const std::string& path,
                    law::Settings& out) {
  const auto rows = law::parameters();
  const auto row =
      std::find_if(rows.begin(), rows.end(), [&](const auto& p) { return p.info.name == f.name; });
  return d.read(node, f, path, row->member(out));
}

/// What it is, what it is where nothing is said, and why that is not what it is in a scenario.
std::string describe(const law::LawParameter& p) {
  std::string text = fmt::format("{}. By itself {}", p.info.doc, p.case_value());
  if (p.of_scenarios && p.case_value() != p.info.fallback) {
    text += fmt::format(", in a scenario {}: {}", p.info.fallback, p.single_case->why);
  }
  return text + ".";
}

}  // namespace

std::span<const Field<law::Settings>> settings_fields() {
  static std::list<std::string> texts;  // the rows hold views
  static const std::vector<Field<law::Settings>> rows = [] {
    std::vector<Field<law::Settings>> all;
    for (const law::LawParameter& p : law::parameters()) {
      all.push_back({{.name = p.info.name,
                      .type = Type::real,
                      .unit = p.info.unit,
                      .low = p.case_low(),
                      .high = p.case_high(),
                      .doc = texts.emplace_back(describe(p))},
                     read_parameter});
    }
    // How far a case is followed is no parameter of the law: a step of a scenario sets it.
    all.push_back(field<&law::Settings::horizon_days>(
        {.name = "horizon_days",
         .low = 0,
         .high = 1e9,
         .doc = "Help that arrives later starts no further wave."}));
    all.push_back(field<&law::Settings::max_waves>(
        {.name = "max_waves", .low = 1, .high = 10000, .doc = "Of the cascade; by itself 64."}));
    return all;
  }();
  return rows;
}

void respell_settings(Node& settings) {
  if (!settings.is_map()) return;
  Children<Entry> flat;
  for (Entry& e : settings.entries) {
    const bool section =
        std::any_of(law::parameters().begin(), law::parameters().end(),
                    [&](const auto& p) { return p.spelt_before.starts_with(e.key + "."); });
    if (!section || !e.value.is_map()) {
      flat.push_back(std::move(e));
      continue;
    }
    for (Entry& within : e.value.entries) {
      flat.push_back({e.key + "." + within.key, within.key_at, std::move(within.value)});
    }
  }
  // Who uses both spellings of one thing is told that the older is unknown.
  for (Entry& e : flat) {
    for (const law::LawParameter& p : law::parameters()) {
      const auto same = [&](const Entry& other) { return other.key == p.info.name; };
      if (p.spelt_before == e.key && std::none_of(flat.begin(), flat.end(), same)) {
        e.key = p.info.name;
      }
    }
  }
  settings.entries = std::move(flat);
}

}  // namespace casus::casebook
