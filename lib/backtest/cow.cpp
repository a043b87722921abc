#include "casus/backtest/cow.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <optional>
#include <tuple>
#include <utility>

#include "text/csv_table.h"

namespace casus {
namespace {

namespace fs = std::filesystem;

constexpr int max_code = 9999;
constexpr int first_year = 1, last_year = 9999;

using Problems = std::vector<Diagnostic>;

/// Where a table has said something already, to name the line when it does so again.
template <class Key>
class Said {
 public:
  /// The line that said it first; nullopt if this one does, which is remembered.
  std::optional<std::size_t> before(const Key& key, std::size_t line) {
    const auto [at, added] = lines_.try_emplace(key, line);
    return added ? std::nullopt : std::optional(at->second);
  }

 private:
  std::map<Key, std::size_t> lines_;
};

/// A spell of time in a table of them; those of one state, or of one pair, do not overlap.
struct Spell {
  Date from{}, until{};
  std::size_t line = 0;
};

/// Complains in `column` of a spell that ends before it begins or overlaps one of `others`, which
/// it joins.
void check_spell(CsvTable& t, std::string_view column, Date from, Date until,
                 std::vector<Spell>& others) {
  if (until < from) t.complain("E0114", column, "the spell ends before it begins");
  for (const Spell& s : others) {
    if (s.from <= until && from <= s.until) {
      t.complain("E0114", column, fmt::format("the spell overlaps with that of line {}", s.line));
      break;
    }
  }
  if (t.row_ok()) others.push_back({from, until, t.line()});
}

/// Is the code that of a state in the table of states?
bool known(const CowTables& tables, int code) {
  const auto at = std::lower_bound(tables.states.begin(), tables.states.end(), code,
                                   [](const CowState& s, int wanted) { return s.code < wanted; });
  return at != tables.states.end() && at->code == code;
}

/// A state's code, of one that the table of states has. If that table could not be read, all are
/// taken for known: one mistake is not reported once more for each row of the others.
int state_code(CsvTable& t, std::string_view column, const CowTables& tables) {
  const int code = t.integer(column, 1, max_code);
  if (t.row_ok() && !tables.states.empty() && !known(tables, code)) {
    t.complain("E0302", column, fmt::format("no state {} in cow_states.csv", code));
  }
  return code;
}

void read_states(const std::string& path, CowTables& tables, Problems& problems) {
  const std::size_t so_far = problems.size();
  std::map<int, std::vector<Spell>> spells;
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
    if (t.row_ok()) check_spell(t, "endyear", s.from, s.until, spells[s.code]);
    if (t.row_ok()) tables.states.push_back(std::move(s));
  }
  if (problems.size() != so_far) tables.states.clear();  // the others are not held against half
  std::sort(tables.states.begin(), tables.states.end(), [](const CowState& a, const CowState& b) {
    return std::tie(a.code, a.from) < std::tie(b.code, b.from);
  });
}

void read_capabilities(const std::string& path, CowTables& tables, Problems& problems) {
  CsvTable t(path, {"ccode", "year", "cinc"}, problems);
  Said<std::pair<int, int>> said;
  while (t.next()) {
    const int code = state_code(t, "ccode", tables);
    const int year = t.integer("year", first_year, last_year);
    if (!t.row_ok()) continue;
    if (const auto line = said.before({code, year}, t.line())) {
      t.complain(
          "E0114", "year",
          fmt::format("state {} is given twice for {}, before on line {}", code, year, *line));
    }
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
    const int one = state_code(t, "ccode1", tables), two = state_code(t, "ccode2", tables);
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
  // The published table gives each pair in both orders.
  std::map<std::pair<int, int>, std::vector<Spell>> spells;
  while (t.next()) {
    const int one = state_code(t, "ccode1", tables), two = state_code(t, "ccode2", tables);
    if (t.row_ok() && one == two) t.complain("E0114", "ccode2", "a state borders on itself");
    const int type = t.integer("conttype", 0, 5);
    // Type 0 stands for spells without contiguity, and its dates may be empty.
    if (type != by_land) continue;
    const Date from = t.date("stdate"), until = t.date("enddate");
    if (t.row_ok()) check_spell(t, "enddate", from, until, spells[{one, two}]);
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
  friend bool operator==(const NamedWar&, const NamedWar&) = default;
};

/// The same war in a second file (of wars up to a later year) is the same war; in one file there
/// is one row for each.
void read_war_names(const std::string& path, std::map<int, NamedWar>& names, Problems& problems) {
  CsvTable t(path, {"wid", "name", "y0", "norig"}, problems);
  Said<int> said;
  while (t.next()) {
    const int id = t.integer("wid", 0, 1'000'000);
    NamedWar war{std::string(t.text("name")), t.integer("y0", first_year, last_year),
                 t.integer("norig", 2, 1000)};
    if (!t.row_ok()) continue;
    const auto [at, added] = names.try_emplace(id, war);
    const auto line = said.before(id, t.line());
    if (!added && at->second != war) {
      t.complain("E0114", "wid",
                 fmt::format("war {} was given before as '{}', {}, with {} original parties", id,
                             at->second.name, at->second.year, at->second.originals));
    } else if (line) {
      t.complain("E0114", "wid",
                 fmt::format("war {} is given twice, before on line {}", id, *line));
    }
  }
}

CandidateTies ties(CsvTable& t, std::string_view side) {
  const auto flag = [&](std::string_view name) {
    return t.flag(std::string(name) + std::string(side));
  };
  return {flag("def"), flag("off"), flag("nag"), flag("riv")};
}

/// "?" stands where sources disagree.
WarSide side_of(CsvTable& t) {
  const std::string_view text = t.text("side");
  if (text == "A") return WarSide::a;
  if (text == "B") return WarSide::b;
  if (!text.empty() && text != "?") {
    t.complain("E0208", "side", "a side is A, B, ? where sources disagree, or nothing");
  }
  return WarSide::none;
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

/// What the tables of wars (where all of them could be read) and of states say of the war and the
/// state in the row.
void check_candidate(CsvTable& t, const CowWar& war, int state, const CowTables& tables,
                     const std::map<int, NamedWar>& names, bool complete) {
  const auto named = names.find(war.id);
  if (named == names.end()) {
    if (complete) {
      t.complain("E0302", "wid", fmt::format("no war {} in the tables wars*.csv", war.id));
    }
  } else if (named->second.year != war.year) {
    t.complain(
        "E0114", "y0",
        fmt::format("war {} begins in {} by the tables wars*.csv", war.id, named->second.year));
  } else if (named->second.originals != war.originals) {
    t.complain("E0114", "norig",
               fmt::format("war {} has {} original parties by the tables wars*.csv", war.id,
                           named->second.originals));
  }
  if (!t.row_ok() || tables.states.empty()) return;
  const auto then = states_in(tables, war.year);
  if (std::none_of(then.begin(), then.end(),
                   [state](const CowState* s) { return s->code == state; })) {
    t.complain("E0114", "c",
               fmt::format("state {} was not in the state system in {}, by cow_states.csv", state,
                           war.year));
  }
}

using Regimes = std::map<std::pair<int, int>, double>;

/// How the state of the row was ruled in the year of the war: the same in the row of every war of
/// that year.
void add_regime(CsvTable& t, int state, int year, Regimes& regimes) {
  const std::optional<double> score = t.number_or_missing("pol", -10.0, 10.0);
  if (!t.row_ok() || !score) return;
  const auto [at, added] = regimes.try_emplace({state, year}, *score);
  if (!added && at->second != *score) {
    t.complain("E0114", "pol",
               fmt::format("the regime of state {} in {} was given before as {}", state, year,
                           at->second));
  }
}

void read_candidates(const std::string& path, const CowTables& tables,
                     const std::map<int, NamedWar>& names, bool complete,
                     std::map<int, CowWar>& wars, Regimes& regimes, Problems& problems) {
  CsvTable t(path, {"wid",  "y0",   "c",    "join", "side",   "defA", "defB", "offA",
                    "offB", "nagA", "nagB", "land", "sea",    "dist", "cinc", "maj",
                    "rivA", "rivB", "cA",   "cB",   "majwar", "norig"},
             problems);
  const bool with_regimes = t.optional_column("pol");
  Said<std::pair<int, int>> said;
  while (t.next()) {
    CowWar war;
    war.id = t.integer("wid", 0, 1'000'000);
    war.year = t.integer("y0", first_year, last_year);
    war.originals = t.integer("norig", 2, 1000);
    war.major_power_fights = t.flag("majwar");
    war.capability_a = t.number_or_missing("cA", 0.0, 1.0).value_or(0.0);
    war.capability_b = t.number_or_missing("cB", 0.0, 1.0).value_or(0.0);
    WarCandidate c;
    c.state = state_code(t, "c", tables);
    c.joined = t.flag("join");
    c.side = side_of(t);
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
    if (!t.row_ok()) continue;
    if (const auto line = said.before({war.id, c.state}, t.line())) {
      t.complain("E0114", "c",
                 fmt::format("state {} is given twice for war {}, before on line {}", c.state,
                             war.id, *line));
    }
    if (t.row_ok()) check_candidate(t, war, c.state, tables, names, complete);
    if (t.row_ok() && with_regimes) add_regime(t, c.state, war.year, regimes);
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
  Regimes regimes;
  const std::vector<std::string> name_files = matching(folder, "wars");
  const std::vector<std::string> candidate_files = matching(folder, "candidates");
  if (name_files.empty()) problems.push_back(missing(folder, "wars*.csv"));
  if (candidate_files.empty()) problems.push_back(missing(folder, "candidates*.csv"));
  const std::size_t before = name_files.empty() ? problems.size() + 1 : problems.size();
  for (const std::string& file : name_files) read_war_names(file, names, problems);
  // Candidates are not held against half of the wars.
  const bool complete = problems.size() == before;
  for (const std::string& file : candidate_files) {
    read_candidates(file, tables, names, complete, wars, regimes, problems);
  }
  if (!problems.empty()) return;
  for (const auto& [key, score] : regimes) {
    tables.regimes.push_back({key.first, key.second, score});
  }
  for (auto& [id, war] : wars) {
    war.name = names.at(id).name;
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
  // Optional: what candidates had promised is in their own columns.
  if (fs::exists(at / "cow_alliance.csv", error)) read("cow_alliance.csv", read_alliances);
  read("cow_contdir.csv", read_borders);
  read_wars(at, tables, problems);
  if (!problems.empty()) throw ScenarioError(std::move(problems));
  return tables;
}

}  // namespace casus
