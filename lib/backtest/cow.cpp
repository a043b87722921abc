#include "casus/backtest/cow.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <tuple>

#include "text/csv_table.h"

namespace casus {
namespace {

namespace fs = std::filesystem;

constexpr int max_code = 9999;
constexpr int first_year = 1, last_year = 9999;

using Problems = std::vector<Diagnostic>;

void read_states(const std::string& path, CowTables& tables, Problems& problems) {
  CsvTable t(path,
             {"stateabb", "ccode", "statenme", "styear", "stmonth", "stday", "endyear", "endmonth",
              "endday"},
             problems);
  while (t.next()) {
    CowState s;
    s.code = t.integer("ccode", 1, max_code);
    s.abbreviation = std::string(t.text("stateabb"));
    s.name = std::string(t.text("statenme"));
    s.from = t.date_in_parts("st");
    s.until = t.date_in_parts("end");
    if (t.row_ok() && s.until < s.from) {
      t.complain("E0114", "endyear", "the spell ends before it begins");
    }
    if (t.row_ok()) tables.states.push_back(std::move(s));
  }
  std::sort(tables.states.begin(), tables.states.end(), [](const CowState& a, const CowState& b) {
    return std::tie(a.code, a.from) < std::tie(b.code, b.from);
  });
}

void read_capabilities(const std::string& path, CowTables& tables, Problems& problems) {
  CsvTable t(path, {"ccode", "year", "cinc"}, problems);
  while (t.next()) {
    const int code = t.integer("ccode", 1, max_code);
    const int year = t.integer("year", first_year, last_year);
    const std::optional<double> share = t.number_or_missing("cinc", 0.0, 1.0);
    if (t.row_ok() && share) tables.capabilities.push_back({code, year, *share});
  }
  std::sort(tables.capabilities.begin(), tables.capabilities.end(),
            [](const CowCapability& a, const CowCapability& b) {
              return std::tie(a.code, a.year) < std::tie(b.code, b.year);
            });
}

auto dyad_year(const CowAlliance& a) { return std::tie(a.first, a.second, a.year); }

void read_alliances(const std::string& path, CowTables& tables, Problems& problems) {
  CsvTable t(
      path, {"ccode1", "ccode2", "year", "cow_defense", "cow_neutral", "cow_nonagg", "cow_entente"},
      problems);
  std::vector<CowAlliance> rows;
  while (t.next()) {
    const int one = t.integer("ccode1", 1, max_code), two = t.integer("ccode2", 1, max_code);
    CowAlliance a{std::min(one, two), std::max(one, two), t.integer("year", first_year, last_year),
                  t.flag("cow_defense"), false};
    const bool neutral = t.flag("cow_neutral"), peace = t.flag("cow_nonagg");
    a.looser = t.flag("cow_entente") || neutral || peace;
    if (t.row_ok() && one == two) t.complain("E0114", "ccode2", "a state is allied with itself");
    if (t.row_ok()) rows.push_back(a);
  }
  std::sort(rows.begin(), rows.end(),
            [](const CowAlliance& a, const CowAlliance& b) { return dyad_year(a) < dyad_year(b); });
  // A dyad may be given in both orders, and under several treaties: what counts is the sum.
  for (const CowAlliance& a : rows) {
    if (!tables.alliances.empty() && dyad_year(tables.alliances.back()) == dyad_year(a)) {
      tables.alliances.back().defence |= a.defence;
      tables.alliances.back().looser |= a.looser;
    } else {
      tables.alliances.push_back(a);
    }
  }
}

void read_borders(const std::string& path, CowTables& tables, Problems& problems) {
  constexpr int by_land = 1;
  CsvTable t(path, {"ccode1", "ccode2", "conttype", "stdate", "enddate"}, problems);
  while (t.next()) {
    const int one = t.integer("ccode1", 1, max_code), two = t.integer("ccode2", 1, max_code);
    const int type = t.integer("conttype", 0, 5);
    // Type 0 stands for spells without contiguity, and its dates may be empty.
    if (type != by_land) continue;
    const Date from = t.date("stdate"), until = t.date("enddate");
    if (t.row_ok()) {
      tables.borders.push_back({std::min(one, two), std::max(one, two), from, until});
    }
  }
  std::sort(tables.borders.begin(), tables.borders.end(),
            [](const CowBorder& a, const CowBorder& b) {
              return std::tie(a.first, a.second, a.from) < std::tie(b.first, b.second, b.from);
            });
}

struct NamedWar {
  std::string name;
  int year = 0;
  int originals = 0;
};

void read_war_names(const std::string& path, std::map<int, NamedWar>& names, Problems& problems) {
  CsvTable t(path, {"wid", "name", "y0", "norig"}, problems);
  while (t.next()) {
    const int id = t.integer("wid", 0, 1'000'000);
    NamedWar war{std::string(t.text("name")), t.integer("y0", first_year, last_year),
                 t.integer("norig", 2, 1000)};
    if (!t.row_ok()) continue;
    const auto [at, added] = names.try_emplace(id, war);
    if (!added && (at->second.name != war.name || at->second.year != war.year)) {
      t.complain(
          "E0114", "wid",
          fmt::format("war {} was given before as '{}', {}", id, at->second.name, at->second.year));
    }
  }
}

CandidateTies ties(CsvTable& t, std::string_view side) {
  const auto flag = [&](std::string_view name) {
    return t.flag(std::string(name) + std::string(side));
  };
  return {flag("def"), flag("off"), flag("nag"), flag("riv")};
}

WarSide side_of(std::string_view text) {
  if (text == "A") return WarSide::a;
  return text == "B" ? WarSide::b : WarSide::none;
}

/// Adds a candidate to its war. The same row in a second file (of wars up to a later year) is the
/// same candidate.
void add_candidate(CsvTable& t, CowWar row, WarCandidate candidate, std::map<int, CowWar>& wars) {
  const auto [at, added] = wars.try_emplace(row.id, row);
  CowWar& war = at->second;
  if (!added && (war.year != row.year || war.originals != row.originals ||
                 war.major_power_fights != row.major_power_fights ||
                 war.capability_a != row.capability_a || war.capability_b != row.capability_b)) {
    t.complain("E0114", "wid", fmt::format("the rows of war {} disagree on the war", row.id));
    return;
  }
  const auto before =
      std::find_if(war.candidates.begin(), war.candidates.end(),
                   [&](const WarCandidate& c) { return c.state == candidate.state; });
  if (before == war.candidates.end()) {
    war.candidates.push_back(candidate);
  } else if (*before != candidate) {
    t.complain("E0114", "c",
               fmt::format("state {} is given twice, and differently, for war {}", candidate.state,
                           row.id));
  }
}

void read_candidates(const std::string& path, std::map<int, CowWar>& wars, Problems& problems) {
  CsvTable t(path, {"wid",  "y0",   "c",    "join", "side",   "defA", "defB", "offA",
                    "offB", "nagA", "nagB", "land", "sea",    "dist", "cinc", "maj",
                    "rivA", "rivB", "cA",   "cB",   "majwar", "norig"},
             problems);
  while (t.next()) {
    CowWar war;
    war.id = t.integer("wid", 0, 1'000'000);
    war.year = t.integer("y0", first_year, last_year);
    war.originals = t.integer("norig", 2, 1000);
    war.major_power_fights = t.flag("majwar");
    war.capability_a = t.number_or_missing("cA", 0.0, 1.0).value_or(0.0);
    war.capability_b = t.number_or_missing("cB", 0.0, 1.0).value_or(0.0);
    WarCandidate c;
    c.state = t.integer("c", 1, max_code);
    c.joined = t.flag("join");
    c.side = side_of(t.text("side"));
    c.a = ties(t, "A");
    c.b = ties(t, "B");
    c.land_border = t.flag("land");
    c.sea_border = t.flag("sea");
    c.distance_km = t.number_or_missing("dist", 0.0, 25'000.0);
    c.capability = t.number_or_missing("cinc", 0.0, 1.0);
    c.major_power = t.flag("maj");
    if (t.row_ok() && c.side != WarSide::none && !c.joined) {
      t.complain("E0114", "side", "a side is given for a state that did not join");
    }
    if (t.row_ok()) add_candidate(t, std::move(war), c, wars);
  }
}

/// Files of the folder whose names begin and end like this, in the order of their names.
std::vector<std::string> matching(const fs::path& folder, std::string_view begin) {
  std::vector<std::string> files;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    const std::string name = entry.path().filename().string();
    if (name.rfind(begin, 0) == 0 && entry.path().extension() == ".csv") {
      files.push_back(entry.path().string());
    }
  }
  std::sort(files.begin(), files.end());
  return files;
}

/// A problem of a file or folder as a whole.
Diagnostic problem(std::string code, std::string file, std::string message) {
  Diagnostic d;
  d.code = std::move(code);
  d.where.file = std::move(file);
  d.message = std::move(message);
  return d;
}

Diagnostic missing(const fs::path& folder, std::string_view what) {
  return problem("E0110", folder.string(), fmt::format("the folder has no table {}", what));
}

void read_wars(const fs::path& folder, CowTables& tables, Problems& problems) {
  std::map<int, NamedWar> names;
  std::map<int, CowWar> wars;
  const std::vector<std::string> name_files = matching(folder, "wars");
  const std::vector<std::string> candidate_files = matching(folder, "candidates");
  if (name_files.empty()) problems.push_back(missing(folder, "wars*.csv"));
  if (candidate_files.empty()) problems.push_back(missing(folder, "candidates*.csv"));
  for (const std::string& file : name_files) read_war_names(file, names, problems);
  for (const std::string& file : candidate_files) read_candidates(file, wars, problems);
  if (!problems.empty()) return;
  for (auto& [id, war] : wars) {
    const auto named = names.find(id);
    if (named == names.end()) {
      problems.push_back(problem("E0114", name_files.front(),
                                 fmt::format("war {} has candidates but no row here", id)));
      continue;
    }
    war.name = named->second.name;
    std::sort(war.candidates.begin(), war.candidates.end(),
              [](const WarCandidate& a, const WarCandidate& b) { return a.state < b.state; });
    tables.wars.push_back(std::move(war));
  }
  std::sort(tables.wars.begin(), tables.wars.end(), [](const CowWar& a, const CowWar& b) {
    return std::tie(a.year, a.id) < std::tie(b.year, b.id);
  });
}

}  // namespace

CowTables load_cow_tables(const std::string& folder) {
  Problems problems;
  CowTables tables;
  std::error_code error;
  fs::path at(folder);
  if (!fs::is_directory(at, error)) {
    throw ScenarioError({problem("E0110", folder, "there is no such folder")});
  }
  if (!fs::exists(at / "cow_states.csv", error) && fs::is_directory(at / "wars", error)) {
    at /= "wars";
  }
  const auto read = [&](const char* name, auto&& reader) {
    if (fs::exists(at / name, error)) {
      reader((at / name).string(), tables, problems);
    } else {
      problems.push_back(missing(at, name));
    }
  };
  read("cow_states.csv", read_states);
  read("cow_nmc.csv", read_capabilities);
  read("cow_alliance.csv", read_alliances);
  read("cow_contdir.csv", read_borders);
  read_wars(at, tables, problems);
  if (!problems.empty()) throw ScenarioError(std::move(problems));
  return tables;
}

}  // namespace casus
