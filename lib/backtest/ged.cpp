#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <filesystem>
#include <iterator>
#include <map>
#include <set>
#include <tuple>

#include "casus/backtest/conflict_record.h"
#include "text/csv_table.h"

namespace casus {
namespace {

namespace fs = std::filesystem;

/// The countries by their ISO codes, in the spelling of UCDP.
constexpr std::array<std::pair<std::string_view, std::string_view>, 3> countries = {
    {{"BFA", "Burkina Faso"}, {"MLI", "Mali"}, {"NER", "Niger"}}};

std::string lower_case(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return out;
}

/// A name for comparing: without accents, capitals, hyphens, and the word "region" at its end.
/// Accents are the French ones, which stand in the block of UTF-8 that begins with 0xc3.
std::string plain_name(std::string_view name) {
  constexpr std::string_view letters =  // of U+00E0 to U+00FF
      "aaaaaaaceeeeiiiidnooooo/ouuuuyty";
  std::string out;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const auto c = static_cast<unsigned char>(name[i]);
    if (c == 0xc3U && i + 1 < name.size()) {
      const unsigned second = static_cast<unsigned char>(name[++i]);
      out += letters[second & 0x1fU];
    } else {
      out += c == '-' || c == '_' ? ' ' : static_cast<char>(std::tolower(c));
    }
  }
  constexpr std::string_view ending = " region";
  if (out.ends_with(ending)) out.resize(out.size() - ending.size());
  return out;
}

/// What reading needs beside what is read.
struct Reading {
  ConflictRecord record;
  std::vector<Diagnostic> problems;
  std::map<std::string, std::uint32_t, std::less<>> places;  // "MLI:Gao", and "MLI/gao"
  std::map<std::uint64_t, ConflictEvent> events;
  std::map<std::uint64_t, ConflictEvent> unlocated;
  std::map<std::string, std::size_t, std::less<>> unknown;  // regions that the table does not name
  std::map<std::pair<std::string, Month>, double> totals;   // of all events, by country and month
  std::map<std::tuple<std::uint32_t, Month>, double> monthly;
  std::map<std::pair<std::string, Month>, double> monthly_totals;
  Month last_month = 0;        // with an event anywhere
  std::optional<Date> before;  // events that are not over by then are passed over unseen
};

/// A region by which events can find it.
void add_region(Reading& in, const ConflictRegion& region) {
  const auto row = static_cast<std::uint32_t>(in.record.regions.size());
  in.places[region.name] = row;
  const std::string_view own = std::string_view(region.name).substr(region.country.size() + 1);
  in.places[region.country + "/" + plain_name(own)] = row;
  in.record.regions.push_back(region);
}

struct NamedRegion {
  ConflictRegion region;
  std::vector<std::string> neighbours;
};

std::vector<std::string> split_names(std::string_view text) {
  std::vector<std::string> out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(';'), text.size());
    if (end > 0) out.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

void read_regions(const std::string& path, Reading& in) {
  CsvTable t(path, {"iso3", "region", "neighbours"}, in.problems);
  std::map<std::string, NamedRegion> found;
  while (t.next()) {
    NamedRegion r;
    r.region.country = std::string(t.text("iso3"));
    r.region.name = r.region.country + ":" + std::string(t.text("region"));
    r.neighbours = split_names(t.text("neighbours"));
    const bool known = std::any_of(countries.begin(), countries.end(), [&](const auto& c) {
      return c.first == std::string_view(r.region.country);
    });
    if (!known) t.complain("E0208", "iso3", "the countries are BFA, MLI and NER");
    const std::string name = r.region.name;
    if (!found.emplace(name, std::move(r)).second) {
      t.complain("E0114", "region", fmt::format("{} is given twice", name));
    }
    for (const std::string& n : found[name].neighbours) {
      if (n == name) t.complain("E0114", "neighbours", "a region is its own neighbour");
    }
  }
  for (const auto& [name, r] : found) {  // by name: nothing depends on the order of the rows
    add_region(in, r.region);
  }
  for (const auto& [name, r] : found) {
    std::set<std::uint32_t> rows;
    for (const std::string& n : r.neighbours) {
      const auto at = found.find(n);
      if (at == found.end()) continue;  // outside the three countries
      const auto& back = at->second.neighbours;
      if (std::find(back.begin(), back.end(), name) == back.end()) {
        Diagnostic d;
        d.code = "E0114";
        d.where.file = path;
        d.message = fmt::format("{} has the neighbour {}, which does not have it", name, n);
        in.problems.push_back(std::move(d));
      }
      rows.insert(in.places[n]);
    }
    in.record.neighbours.emplace_back(rows.begin(), rows.end());
  }
}

/// A day as UCDP writes it: "2019-05-03", or with a time of day behind it, which is always
/// midnight.
Date day_of(CsvTable& t, std::string_view column) {
  const std::string_view text = t.text(column);
  const bool timed = text.size() > 10 && (text[10] == ' ' || text[10] == 'T');
  const std::optional<Date> day = parse_date(timed ? text.substr(0, 10) : text);
  if (!day) t.complain("E0207", column, fmt::format("column '{}' needs a date", column));
  return day.value_or(Date{});
}

int year_of(Date date) { return static_cast<int>(std::chrono::year_month_day(date).year()); }

constexpr int most_deaths = 1'000'000;

/// The event in the row; its region is left for later.
ConflictEvent read_event(CsvTable& t) {
  ConflictEvent e;
  e.id = static_cast<std::uint64_t>(t.integer("id", 0, 2'000'000'000));
  e.type = static_cast<Violence>(t.integer("type_of_violence", 1, 3));
  e.a = camp_of(t.text("side_a"));
  e.b = camp_of(t.text("side_b"));
  e.first = day_of(t, "date_start");
  e.last = day_of(t, "date_end");
  const int year = t.integer("year", 1900, 9999);
  const int best = t.integer("best", 0, most_deaths);
  int sum = 0;
  for (const char* part : {"deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown"}) {
    sum += t.integer(part, 0, most_deaths);
  }
  e.deaths = best;
  if (!t.row_ok()) return e;
  if (e.last < e.first) t.complain("E0114", "date_end", "the event ends before it begins");
  if (year < year_of(e.first) || year > year_of(e.last)) {
    t.complain("E0114", "year", "the event has another year than its dates");
  }
  if (sum != best) {
    t.complain("E0114", "best",
               fmt::format("the deaths of both sides, civilians and unknown "
                           "are {} together",
                           sum));
  }
  return e;
}

bool same_event(const ConflictEvent& x, const ConflictEvent& y) {
  return x.first == y.first && x.last == y.last && x.region == y.region && x.type == y.type &&
         x.a == y.a && x.b == y.b && x.deaths == y.deaths;
}

void read_events(const std::string& path, Reading& in) {
  CsvTable t(
      path,
      {"id", "year", "type_of_violence", "side_a", "side_b", "adm_1", "country", "date_start",
       "date_end", "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "best"},
      in.problems, CsvTable::Quotes::span_lines);
  std::map<std::uint64_t, std::size_t> lines;  // of the events of this file
  while (t.next()) {
    if (in.before && day_of(t, "date_end") >= *in.before) continue;
    ConflictEvent e = read_event(t);
    if (!t.row_ok()) continue;
    in.last_month = std::max(in.last_month, month_of(e.first));
    const std::string_view iso = conflict_country(t.text("country"));
    if (iso.empty()) continue;
    if (const auto [line, first] = lines.try_emplace(e.id, t.line()); !first) {
      t.complain("E0114", "id",
                 fmt::format("event {} is given twice, before on line {}", e.id, line->second));
      continue;
    }
    const std::string region(t.text("adm_1"));
    const auto at = in.places.find(fmt::format("{}/{}", iso, plain_name(region)));
    const bool located = at != in.places.end();
    if (located) e.region = at->second;
    const auto [before, added] = (located ? in.events : in.unlocated).try_emplace(e.id, e);
    const bool elsewhere = (located ? in.unlocated : in.events).count(e.id) > 0;
    if (elsewhere || !same_event(before->second, e)) {
      t.complain("E0114", "id", fmt::format("event {} is given twice, and differently", e.id));
    }
    if (!added) continue;
    in.totals[{std::string(iso), month_of(e.first)}] += e.deaths;
    if (!located && !region.empty()) ++in.unknown[fmt::format("{} ({})", region, iso)];
  }
}

void read_months(const std::string& path, Reading& in) {
  CsvTable t(path, {"iso3", "region", "month", "best"}, in.problems);
  while (t.next()) {
    const std::string iso(t.text("iso3")), name(t.text("region"));
    const std::optional<Month> month = parse_month(t.text("month"));
    if (!month) t.complain("E0207", "month", "a month is written as in 2021-09");
    const double deaths = t.integer("best", 0, most_deaths);
    const bool named = std::any_of(countries.begin(), countries.end(),
                                   [&](const auto& c) { return c.first == iso; });
    if (!named) t.complain("E0208", "iso3", "the countries are BFA, MLI and NER");
    if (!t.row_ok()) continue;
    in.monthly_totals[{iso, *month}] += deaths;
    if (name == "unlocated") continue;
    const auto at = in.places.find(iso + ":" + name);
    if (at == in.places.end()) {
      t.complain("E0302", "region",
                 fmt::format("no region {}:{} in the table of regions", iso, name));
    } else if (!in.monthly.emplace(std::pair(at->second, *month), deaths).second) {
      t.complain("E0114", "month",
                 fmt::format("{}:{} {} is given twice", iso, name, t.text("month")));
    }
  }
}

/// Deaths by region and month: of the table of months where it reaches, else of the events.
void add_months(Reading& in) {
  ConflictRecord& record = in.record;
  record.until = in.last_month + 1;
  record.from = record.events.empty() ? in.last_month : month_of(record.events.front().first);
  Month first = 0, last = -1;
  if (!in.monthly_totals.empty()) {
    const auto earlier = [](const auto& x, const auto& y) {
      return x.first.second < y.first.second;
    };
    const auto [low, high] =
        std::minmax_element(in.monthly_totals.begin(), in.monthly_totals.end(), earlier);
    first = low->first.second;
    last = high->first.second;
    record.from = std::min(record.from, first);
    record.until = std::max(record.until, last + 1);
  }
  record.deaths.assign(record.regions.size() * record.months(), 0.0);
  const auto cell = [&](std::size_t region, Month month) -> double& {
    return record.deaths[region * record.months() + static_cast<std::size_t>(month - record.from)];
  };
  for (const ConflictEvent& e : record.events) {
    const Month m = month_of(e.first);
    if (m < first || m > last) cell(e.region, m) += e.deaths;
  }
  for (const auto& [at, deaths] : in.monthly) cell(std::get<0>(at), std::get<1>(at)) = deaths;

  std::size_t differ = 0;
  std::string example;
  for (const auto& country : countries) {
    const auto iso = country.first;
    for (Month m = first; m <= last; ++m) {
      const auto of = [&](const auto& table) {
        const auto at = table.find({std::string(iso), m});
        return at == table.end() ? 0.0 : at->second;
      };
      if (of(in.totals) == of(in.monthly_totals)) continue;
      if (++differ > 1) continue;
      example =
          fmt::format("{} {}: {} and {}", iso, month_name(m), of(in.totals), of(in.monthly_totals));
    }
  }
  if (differ > 0) {
    record.notes.push_back(fmt::format(
        "events and the table of months give different deaths for {} months of countries ({})",
        differ, example));
  }
}

/// Files of the folder that `wanted` wants, in the order of their names.
template <class Wanted>
std::vector<std::string> files_of(const fs::path& folder, Wanted&& wanted) {
  std::vector<std::string> files;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    const std::string name = lower_case(entry.path().filename().string());
    if (name.ends_with(".csv") && wanted(name)) files.push_back(entry.path().string());
  }
  std::sort(files.begin(), files.end());
  return files;
}

Diagnostic folder_problem(const fs::path& folder, std::string message) {
  Diagnostic d;
  d.code = "E0110";
  d.where.file = folder.string();
  d.message = std::move(message);
  return d;
}

void add_notes(Reading& in) {
  if (!in.unlocated.empty()) {
    double deaths = 0.0;
    for (const auto& [id, e] : in.unlocated) deaths += e.deaths;
    in.record.notes.push_back(fmt::format("{} events ({} deaths) are in no region and left out",
                                          in.unlocated.size(), deaths));
  }
  for (const auto& [name, count] : in.unknown) {
    in.record.notes.push_back(
        fmt::format("{} of them in {}, which the table of regions lacks", count, name));
  }
}

/// The record of what was read; throws if anything was wrong with it.
ConflictRecord finished(Reading& in) {
  if (!in.problems.empty()) throw ScenarioError(std::move(in.problems));
  for (const auto& [id, e] : in.events) in.record.events.push_back(e);
  std::stable_sort(in.record.events.begin(), in.record.events.end(),
                   [](const auto& x, const auto& y) { return x.first < y.first; });
  add_months(in);
  add_notes(in);
  return std::move(in.record);
}

}  // namespace

ConflictRecord load_conflict_record(const std::string& folder) {
  std::error_code error;
  fs::path at(folder);
  if (!fs::is_directory(at, error)) {
    throw ScenarioError({folder_problem(at, "there is no such folder")});
  }
  const auto regions = [](const std::string& name) { return name.starts_with("regions"); };
  const auto events = [](const std::string& name) { return name.find("ged") != std::string::npos; };
  const auto months = [](const std::string& name) { return name.starts_with("ucdp_region_month"); };
  if (files_of(at, regions).empty() && fs::is_directory(at / "sahel", error)) at /= "sahel";

  Reading in;
  const std::vector<std::string> region_files = files_of(at, regions);
  const std::vector<std::string> event_files = files_of(at, events);
  if (region_files.size() != 1) {
    in.problems.push_back(folder_problem(
        at,
        fmt::format("the folder has {} tables regions*.csv; one is needed", region_files.size())));
  }
  if (event_files.empty()) {
    in.problems.push_back(folder_problem(at, "the folder has no table *ged*.csv"));
  }
  if (!in.problems.empty()) throw ScenarioError(std::move(in.problems));
  const std::vector<std::string> month_files = files_of(at, months);
  read_regions(region_files.front(), in);
  for (const std::string& file : event_files) read_events(file, in);
  for (const std::string& file : month_files) read_months(file, in);
  for (const auto* files : {&region_files, &event_files, &month_files}) {
    in.record.files.insert(in.record.files.end(), files->begin(), files->end());
  }
  return finished(in);
}

ConflictRecord load_conflict_events(std::vector<ConflictRegion> regions,
                                    const std::vector<std::string>& files, Date before) {
  Reading in;
  in.before = before;
  std::sort(regions.begin(), regions.end(),
            [](const auto& x, const auto& y) { return x.name < y.name; });
  for (const ConflictRegion& region : regions) add_region(in, region);
  in.record.neighbours.resize(regions.size());
  for (const std::string& file : files) read_events(file, in);
  in.record.files = files;
  return finished(in);
}

std::string_view conflict_country(std::string_view name) {
  for (const auto& [iso, country] : countries) {
    if (country == name) return iso;
  }
  return {};
}

}  // namespace casus
