#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <filesystem>
#include <limits>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <tuple>
#include <vector>

#include "casus/output/csv.h"
#include "casus/output/files.h"
#include "report/frame.h"
#include "report/read.h"

namespace casus {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

/// A table by the names of its columns.
class Table {
 public:
  Table(const std::string& path, const std::string& text)
      : path_(path), rows_(parse_csv(text, path)) {
    if (rows_.empty()) throw OutputError("E0603", path, "is empty");
    for (std::size_t c = 0; c < rows_.front().size(); ++c) columns_.emplace(rows_.front()[c], c);
  }
  std::size_t size() const { return rows_.size() - 1; }
  const std::string& text(std::size_t row, const std::string& column) const {
    const auto found = columns_.find(column);
    if (found == columns_.end()) {
      throw OutputError("E0603", path_, fmt::format("has no column '{}'", column));
    }
    return rows_[row + 1][found->second];
  }
  /// NaN for an empty cell.
  double number(std::size_t row, const std::string& column) const {
    const std::string& cell = text(row, column);
    double value = std::numeric_limits<double>::quiet_NaN();
    if (!cell.empty()) parse(cell, value);
    return value;
  }
  std::uint64_t whole(std::size_t row, const std::string& column, int base = 10) const {
    const std::string& cell = text(row, column);
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), value, base);
    if (error != std::errc() || end != cell.data() + cell.size()) no_number(cell);
    return value;
  }
  [[noreturn]] void damaged(const std::string& what) const {
    throw OutputError("E0603", path_, what);
  }

 private:
  void parse(const std::string& cell, double& value) const {
    const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
    if (error != std::errc() || end != cell.data() + cell.size()) no_number(cell);
  }
  [[noreturn]] void no_number(const std::string& cell) const {
    damaged(fmt::format("'{}' is not a number", cell));
  }

  std::string path_;
  std::vector<std::vector<std::string>> rows_;
  std::map<std::string, std::size_t> columns_;
};

/// A folder of compared runs, of which each file is what the manifest says.
class Folder {
 public:
  explicit Folder(const std::string& folder)
      : folder_(folder), manifest_(Json::parse(read_file(path("manifest.json")))) {
    for (const Json& file : manifest_.at("outputs")) {
      digests_.emplace(file.at("path").get<std::string>(), file.at("sha256").get<std::string>());
    }
  }
  const Json& manifest() const { return manifest_; }
  bool has(const std::string& name) const { return digests_.contains(name); }
  std::string path(const std::string& name) const { return (fs::path(folder_) / name).string(); }
  std::string text(const std::string& name) const {
    const auto listed = digests_.find(name);
    if (listed == digests_.end()) {
      throw OutputError("E0603", path(name), "is not in the manifest");
    }
    if (digest_file(path(name)).sha256 != listed->second) {
      throw OutputError("E0603", path(name),
                        "was changed after the run: it is not what the manifest says");
    }
    return name.ends_with(".gz") ? read_packed_file(path(name)) : read_file(path(name));
  }
  Table table(const std::string& name) const { return {path(name), text(name)}; }

 private:
  std::string folder_;
  Json manifest_;
  std::map<std::string, std::string> digests_;
};

/// What was compared: those of the first scenario by name, and a program's own.
std::vector<OutcomeSpec> outcomes_of(const Scenario& scenario, const Table& summary) {
  std::vector<OutcomeSpec> outcomes;
  for (std::size_t i = 0; i < summary.size(); ++i) {
    const std::string& name = summary.text(i, "outcome");
    const auto same = [&](const OutcomeSpec& o) { return o.name == name; };
    if (std::any_of(outcomes.begin(), outcomes.end(), same)) continue;
    const auto asked = std::find_if(scenario->outcomes.begin(), scenario->outcomes.end(), same);
    if (asked != scenario->outcomes.end()) {
      outcomes.push_back(*asked);
      continue;
    }
    OutcomeSpec& own = outcomes.emplace_back();
    own.name = name;
    own.title = summary.text(i, "title");
    own.unit = summary.text(i, "unit");
    for (const OutcomeForm& form : outcome_forms()) {
      if (form.name == summary.text(i, "form")) own.form = form.form;
    }
  }
  return outcomes;
}

OutcomeValue value_of(const Table& runs, std::size_t row, const OutcomeSpec& o) {
  const double value = runs.number(row, o.name);
  if (outcome_form(o.form).statistic == Statistic::median_duration && value == value &&
      runs.text(row, o.name + "_happened") == "0") {
    return OutcomeValue::censored_at(value);
  }
  return OutcomeValue::of(value);
}

/// By policy, point and run.
using Failures = std::map<std::tuple<std::string, std::uint64_t, std::uint64_t>, std::string>;
Failures failures_of(const Folder& folder) {
  Failures failures;
  if (!folder.has("failures.jsonl")) return failures;
  std::istringstream lines(folder.text("failures.jsonl"));
  for (std::string line; std::getline(lines, line);) {
    const Json json = Json::parse(line);
    failures.emplace(
        std::tuple(json.at("policy").get<std::string>(), json.at("point").get<std::uint64_t>(),
                   json.at("run").get<std::uint64_t>()),
        json.at("what").get<std::string>());
  }
  return failures;
}

/// Every policy of a world before the next world, as they were written.
std::vector<RunResult> runs_of(const Folder& folder, const std::vector<OutcomeSpec>& outcomes,
                               const std::vector<std::string>& policies) {
  const Table table = folder.table("runs.csv");
  if (table.size() % policies.size() != 0) table.damaged("has a world without all its policies");
  const Failures failures = failures_of(folder);
  std::vector<RunResult> runs(table.size());
  for (std::size_t i = 0; i < runs.size(); ++i) {
    RunResult& run = runs[i];
    if (table.text(i, "policy") != policies[i % policies.size()]) {
      table.damaged("has its policies in another order than the manifest");
    }
    run.spec.seed = table.whole(i, "seed");
    run.spec.run = static_cast<std::uint32_t>(table.whole(i, "run"));
    if (table.text(i, "status") != "ok") {
      const auto why = failures.find(
          std::tuple(table.text(i, "policy"), table.whole(i, "point"), table.whole(i, "run")));
      run.failure = RunFailure{why == failures.end() ? "" : why->second, {}, {}, {}};
      continue;
    }
    run.world_hash = table.whole(i, "world_hash", 16);
    run.events_hash = table.whole(i, "events_hash", 16);
    run.outcomes.reserve(outcomes.size());
    for (const OutcomeSpec& o : outcomes) run.outcomes.push_back(value_of(table, i, o));
  }
  if (!folder.has("days.csv")) return runs;
  const Table days = folder.table("days.csv");
  if (days.size() != table.size()) days.damaged("has other runs than runs.csv");
  for (std::size_t i = 0; i < runs.size(); ++i) {
    if (runs[i].failure) continue;
    runs[i].days.reserve(outcomes.size());
    for (const OutcomeSpec& o : outcomes) {
      runs[i].days.push_back(o.form == OutcomeSpec::Form::ever ? days.number(i, o.name)
                                                               : OutcomeValue{}.value);
    }
  }
  return runs;
}

/// Rows of one policy, in the order in which they were written: by column, then by date.
void read_quantiles(const Folder& folder, std::vector<ReportArm>& arms) {
  const Table table = folder.table("series.csv.gz");
  std::array<std::string, SeriesQuantiles::levels.size()> levels;
  for (std::size_t q = 0; q < levels.size(); ++q) {
    levels[q] = fmt::format("q{:02.0f}", 100.0 * SeriesQuantiles::levels[q]);
  }
  for (std::size_t i = 0; i < table.size(); ++i) {
    const auto arm = std::find_if(arms.begin(), arms.end(), [&](const ReportArm& a) {
      return a.name == table.text(i, "policy");
    });
    if (arm == arms.end()) table.damaged("has a policy that the manifest does not name");
    ReportSeries& s = table.text(i, "what") == "change" ? arm->change : arm->series;
    const SeriesColumn column{table.text(i, "kind"), table.text(i, "entity"),
                              table.text(i, "variable"), table.text(i, "unit")};
    if (s.columns.empty() || s.columns.back().kind != column.kind ||
        s.columns.back().entity != column.entity || s.columns.back().variable != column.variable) {
      s.columns.push_back(column);
    }
    const auto date = parse_date(table.text(i, "date"));
    if (!date) table.damaged(fmt::format("'{}' is not a date", table.text(i, "date")));
    if (s.columns.size() == 1) s.dates.push_back(*date);
    s.runs = table.whole(i, "runs");
    for (const std::string& level : levels) s.values.push_back(table.number(i, level));
  }
  for (const ReportArm& arm : arms) {
    for (const ReportSeries* s : {&arm.series, &arm.change}) {
      if (s->values.size() != s->columns.size() * s->dates.size() * levels.size()) {
        table.damaged("lacks dates of some column");
      }
    }
  }
}

}  // namespace

ReportData read_comparison(const std::string& name, const Vocabulary& vocabulary) {
  try {
    const Folder folder(name);
    const Json& manifest = folder.manifest();
    std::vector<std::string> policies;
    for (const Json& policy : manifest.at("policies")) {
      policies.push_back(policy.at("name").get<std::string>());
    }
    if (policies.empty()) throw OutputError("E0603", name, "compares nothing");
    // A text without a name is in no folder, so it can include nothing.
    const Scenario baseline =
        Scenario::parse(folder.text("policy-0.yaml"), "", vocabulary, {}, ReadLimits{});
    const std::vector<OutcomeSpec> outcomes = outcomes_of(baseline, folder.table("summary.csv"));
    const std::vector<RunResult> runs = runs_of(folder, outcomes, policies);
    std::vector<PolicyRuns> arms(policies.size());
    for (std::size_t p = 0; p < arms.size(); ++p) {
      arms[p].name = policies[p];
      for (std::size_t i = p; i < runs.size(); i += policies.size()) {
        arms[p].runs.push_back(&runs[i]);
      }
    }
    ReportData data = report_of_policies(baseline, outcomes, arms, {}, name);
    if (folder.has("series.csv.gz")) read_quantiles(folder, data.arms);
    const bool asked = std::any_of(outcomes.begin(), outcomes.end(), [](const OutcomeSpec& o) {
      return o.form == OutcomeSpec::Form::ever;
    });
    if (asked && !folder.has("days.csv")) {
      data.lacking.emplace_back(
          "how things went on and when they first happened: the results come from an earlier "
          "version, which did not write it down");
    }
    const std::string title = manifest.at("title").get<std::string>();
    if (!title.empty()) data.title = title;
    read_provenance(name, data);
    return data;
  } catch (const Json::exception& e) {
    throw OutputError("E0603", name, fmt::format("is damaged: {}", e.what()));
  }
}

}  // namespace casus
