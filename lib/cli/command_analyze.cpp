#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>
#include <cmath>
#include <filesystem>
#include <limits>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>

#include "casus/core/diagnostics.h"
#include "casus/experiment/sensitivity.h"
#include "casus/output/csv.h"
#include "casus/output/files.h"
#include "casus/output/table.h"
#include "cli/commands.h"
#include "cli/exit_codes.h"

namespace casus::cli {
namespace {

namespace fs = std::filesystem;

constexpr const char* analyze_examples = R"(Examples:
  casus analyze results/questions-1                   by the design of the results
  casus analyze results/questions-1 --sensitivity regression --outcome deaths

Of a saltelli design: Sobol's first and total indices. Of a morris design: elementary effects. Of
anything else with recorded inputs: standardised regression and partial rank correlation.)";

struct AnalyzeSettings {
  std::string folder, sensitivity = "auto", policy, outcome;
  bool all = false;
};

/// A table of a results folder, by header.
class ResultTable {
 public:
  explicit ResultTable(const std::string& path)
      : path_(path), rows_(parse_csv(read_file(path), path)) {
    if (rows_.empty()) throw OutputError("E0603", path, "has no header");
  }
  std::optional<std::size_t> find(const std::string& name) const {
    const auto at = std::find(rows_.front().begin(), rows_.front().end(), name);
    if (at == rows_.front().end()) return std::nullopt;
    return static_cast<std::size_t>(at - rows_.front().begin());
  }
  std::size_t column(const std::string& name) const {
    const auto found = find(name);
    if (!found) throw OutputError("E0603", path_, fmt::format("has no column '{}'", name));
    return *found;
  }
  const std::vector<std::string>& header() const { return rows_.front(); }
  std::size_t size() const { return rows_.size() - 1; }
  const std::string& text(std::size_t row, std::size_t column) const {
    return rows_[row + 1][column];
  }
  /// NaN for an empty cell.
  double number(std::size_t row, std::size_t column) const {
    const std::string& cell = text(row, column);
    if (cell.empty()) return std::numeric_limits<double>::quiet_NaN();
    double value = 0.0;
    const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
    if (error != std::errc() || end != cell.data() + cell.size()) {
      throw OutputError("E0603", path_, fmt::format("'{}' is not a number", cell));
    }
    return value;
  }

 private:
  std::string path_;
  std::vector<std::vector<std::string>> rows_;
};

/// Inputs by what runs name them by: the point of a design, or the run.
struct RecordedInputs {
  std::vector<std::string> names;
  std::map<std::string, std::vector<double>> rows;
  std::string key;
};

RecordedInputs read_inputs(const std::string& folder) {
  RecordedInputs inputs;
  const fs::path points = fs::path(folder) / "points.csv", drawn = fs::path(folder) / "inputs.csv";
  std::error_code error;
  const bool design = fs::exists(points, error);
  if (!design && !fs::exists(drawn, error)) {
    throw OutputError("E0603", folder,
                      "holds no inputs: there is neither points.csv nor inputs.csv in it");
  }
  const ResultTable table((design ? points : drawn).string());
  inputs.key = design ? "point" : "run";
  const std::size_t key = table.column(inputs.key);
  std::vector<std::size_t> columns;
  for (std::size_t c = 0; c < table.header().size(); ++c) {
    const std::string& name = table.header()[c];
    if (c == key || name == "seed" || name == "policy") continue;
    columns.push_back(c);
    inputs.names.push_back(name);
  }
  for (std::size_t r = 0; r < table.size(); ++r) {
    std::vector<double> values;
    values.reserve(columns.size());
    for (const std::size_t c : columns) values.push_back(table.number(r, c));
    inputs.rows.emplace(table.text(r, key), std::move(values));
  }
  return inputs;
}

/// Of one outcome under one policy: what went in and what came out, run by run.
struct Sample {
  std::vector<std::string> keys;  ///< the point, or the run
  std::vector<std::vector<double>> inputs;
  std::vector<double> outcomes;
  bool complete = true;  ///< every run has an answer
};

Sample sample_of(const ResultTable& runs, const RecordedInputs& inputs, const std::string& outcome,
                 const std::string& policy) {
  Sample sample;
  const std::size_t key = runs.column(inputs.key), value = runs.column(outcome);
  const auto policies = runs.find("policy");
  const std::size_t status = runs.column("status");
  for (std::size_t r = 0; r < runs.size(); ++r) {
    if (policies && runs.text(r, *policies) != policy) continue;
    const double y = runs.text(r, status) == "ok" ? runs.number(r, value)
                                                  : std::numeric_limits<double>::quiet_NaN();
    const auto row = inputs.rows.find(runs.text(r, key));
    const bool whole =
        row != inputs.rows.end() && std::none_of(row->second.begin(), row->second.end(),
                                                 [](double x) { return std::isnan(x); });
    if (std::isnan(y) || !whole) {
      sample.complete = false;
      continue;
    }
    sample.keys.push_back(row->first);
    sample.inputs.push_back(row->second);
    sample.outcomes.push_back(y);
  }
  return sample;
}

/// Replicates of a point are averaged, by its number, as two points may have the same values: what
/// is left of luck is a part of what does not go away.
Sample averaged(const Sample& sample) {
  Sample mean;
  mean.complete = sample.complete;
  for (std::size_t i = 0; i < sample.inputs.size();) {
    double sum = 0.0;
    std::size_t n = 0;
    const std::size_t first = i;
    for (; i < sample.inputs.size() && sample.keys[i] == sample.keys[first]; ++i, ++n) {
      sum += sample.outcomes[i];
    }
    mean.inputs.push_back(sample.inputs[first]);
    mean.outcomes.push_back(sum / static_cast<double>(n));
  }
  return mean;
}

/// Inputs as shares of the range of values tried: effects are then per whole range, and those of
/// inputs of different units can be compared.
std::vector<std::vector<double>> over_their_ranges(std::vector<std::vector<double>> inputs) {
  if (inputs.empty()) return inputs;
  for (std::size_t i = 0; i < inputs.front().size(); ++i) {
    double low = inputs.front()[i], high = low;
    for (const auto& row : inputs) {
      low = std::min(low, row[i]);
      high = std::max(high, row[i]);
    }
    for (auto& row : inputs) row[i] = high > low ? (row[i] - low) / (high - low) : 0.0;
  }
  return inputs;
}

std::string index_interval(const Estimate& e) {
  if (std::isnan(e.low)) return "-";
  return fmt::format("{:.3f} to {:.3f}", e.low, e.high);
}

/// R² with what so many inputs explain by chance taken off: 70 inputs and 300 runs have a fifth.
double adjusted(const Regression& r) {
  const auto varied = static_cast<double>(
      std::count_if(r.inputs.begin(), r.inputs.end(),
                    [](const RegressionEffect& e) { return !std::isnan(e.standardised); }));
  const auto n = static_cast<double>(r.n);
  return 1.0 - (1.0 - r.explained) * (n - 1.0) / (n - varied - 1.0);
}

std::string lines_of(const std::string& method, const Sample& sample,
                     const std::vector<std::string>& names, bool everything) {
  std::size_t width = 5;
  for (const std::string& name : names) width = std::max(width, name.size());
  std::string text;
  std::vector<std::pair<double, std::string>> lines;  // the strongest first
  std::size_t folded = 0;
  const auto add = [&](double strength, std::string line) {
    lines.emplace_back(std::isnan(strength) ? -1.0 : strength, std::move(line));
  };
  if (method == "sobol") {
    text += fmt::format("  {:<{}}  {:>6}  {:>18}  {:>6}  {:>18}\n", "input", width, "first",
                        "95 % interval", "total", "95 % interval");
    const auto all = sobol_indices(sample.outcomes, names.size());
    for (std::size_t i = 0; i < names.size(); ++i) {
      add(all[i].total.value,
          fmt::format("  {:<{}}  {:>6.3f}  {:>18}  {:>6.3f}  {:>18}\n", names[i], width,
                      all[i].first.value, index_interval(all[i].first), all[i].total.value,
                      index_interval(all[i].total)));
    }
  } else if (method == "morris") {
    text += fmt::format("  {:<{}}  {:>10}  {:>10}  {:>10}\n", "input", width, "size", "direction",
                        "spread");
    const auto all = morris_effects(sample.inputs, sample.outcomes);
    for (std::size_t i = 0; i < names.size(); ++i) {
      add(all[i].mean_absolute,
          fmt::format("  {:<{}}  {:>10}  {:>10}  {:>10}\n", names[i], width,
                      format_number(all[i].mean_absolute), format_number(all[i].mean),
                      format_number(all[i].deviation)));
    }
  } else {
    const Regression r = regression_effects(sample.inputs, sample.outcomes);
    text += fmt::format("  {:<{}}  {:>7}  {:>7}  {:>18}   ({} runs, R² {}, adjusted {})\n", "input",
                        width, "SRC", "PRCC", "95 % interval", r.n, format_number(r.explained),
                        format_number(adjusted(r)));
    constexpr std::size_t many = 12;
    const bool fold = !everything && names.size() > many;
    for (std::size_t i = 0; i < names.size(); ++i) {
      const RegressionEffect& e = r.inputs[i];
      if (std::isnan(e.standardised)) {
        add(-1.0,
            fmt::format("  {:<{}}  does not vary, or there are too few runs\n", names[i], width));
        continue;
      }
      if (fold && !(e.partial_rank.low > 0.0) && !(e.partial_rank.high < 0.0)) {
        ++folded;
        continue;
      }
      add(std::abs(e.partial_rank.value),
          fmt::format("  {:<{}}  {:>+7.3f}  {:>+7.3f}  {:>18}\n", names[i], width, e.standardised,
                      e.partial_rank.value, index_interval(e.partial_rank)));
    }
  }
  std::stable_sort(lines.begin(), lines.end(),
                   [](const auto& a, const auto& b) { return a.first > b.first; });
  for (const auto& [strength, line] : lines) text += line;
  if (folded > 0) {
    text += fmt::format(
        "  and {} whose interval includes 0 (--all); if none of {} inputs "
        "mattered, {:.0f} would be shown by chance\n",
        folded, names.size(), 0.05 * static_cast<double>(names.size()));
  }
  return text;
}

std::string design_of(const std::string& folder) {
  const std::string path = (fs::path(folder) / "manifest.json").string();
  try {
    const auto manifest = nlohmann::ordered_json::parse(read_file(path));
    return manifest.value("design", std::string());
  } catch (const nlohmann::json::exception& e) {
    throw OutputError("E0603", path, fmt::format("is damaged: {}", e.what()));
  }
}

std::string chosen_method(const AnalyzeSettings& s, const std::string& design) {
  if (s.sensitivity == "auto") {
    return design == "saltelli" ? "sobol" : design == "morris" ? "morris" : "regression";
  }
  if (s.sensitivity == "sobol" && design != "saltelli") {
    throw UsageError("--sensitivity sobol needs results of 'design: {method: saltelli}'");
  }
  if (s.sensitivity == "morris" && design != "morris") {
    throw UsageError("--sensitivity morris needs results of 'design: {method: morris}'");
  }
  return s.sensitivity;
}

std::string known_or(const std::string& name, const std::vector<std::string>& names,
                     const std::string& option) {
  if (std::find(names.begin(), names.end(), name) != names.end()) return name;
  const std::string near = nearest(name, names);
  throw UsageError(fmt::format("{} {}: there is none of that name{}", option, name,
                               near.empty() ? "" : fmt::format("; did you mean '{}'?", near)));
}

int analyze(const AnalyzeSettings& s) {
  const std::string method = chosen_method(s, design_of(s.folder));
  RecordedInputs inputs = read_inputs(s.folder);
  const ResultTable runs((fs::path(s.folder) / "runs.csv").string());
  const ResultTable summary((fs::path(s.folder) / "summary.csv").string());
  std::vector<std::string> outcomes, policies;
  const std::size_t outcome = summary.column("outcome");
  const auto add_new = [](std::vector<std::string>& list, const std::string& name) {
    if (std::find(list.begin(), list.end(), name) == list.end()) list.push_back(name);
  };
  for (std::size_t r = 0; r < summary.size(); ++r) add_new(outcomes, summary.text(r, outcome));
  if (const auto column = runs.find("policy")) {
    for (std::size_t r = 0; r < runs.size(); ++r) add_new(policies, runs.text(r, *column));
  }
  if (policies.empty()) policies.emplace_back();
  if (!s.policy.empty()) policies = {known_or(s.policy, policies, "--policy")};
  if (!s.outcome.empty()) outcomes = {known_or(s.outcome, outcomes, "--outcome")};
  for (const std::string& policy : policies) {
    for (const std::string& name : outcomes) {
      Sample sample = sample_of(runs, inputs, name, policy);
      const std::string title = policy.empty() ? name : fmt::format("{} under {}", name, policy);
      if (method != "regression") {
        sample = averaged(sample);
        if (!sample.complete) {
          say_result(
              fmt::format("{}\n  some runs have no answer, which this design cannot do "
                          "without; try --sensitivity regression\n",
                          title));
          continue;
        }
        if (method == "morris") sample.inputs = over_their_ranges(std::move(sample.inputs));
      }
      if (sample.outcomes.empty()) {
        say_result(fmt::format("{}\n  no run has an answer\n", title));
        continue;
      }
      say_result(fmt::format("{}\n{}", title, lines_of(method, sample, inputs.names, s.all)));
    }
  }
  return exit_ok;
}

}  // namespace

void add_analyze(CLI::App& program, Common& common, Action& action) {
  auto settings = std::make_shared<AnalyzeSettings>();
  AnalyzeSettings& s = *settings;
  CLI::App& command =
      *program.add_subcommand("analyze", "Which uncertain inputs matter, from a results folder");
  command.add_option("RESULTS", s.folder, "A results folder")->required()->type_name("");
  command.add_option("--sensitivity", s.sensitivity, "sobol, morris, regression, or auto (auto)")
      ->check(CLI::IsMember({"auto", "sobol", "morris", "regression"}).description(""))
      ->type_name("HOW");
  command.add_flag("--all", s.all, "Show also the inputs that are not told from chance");
  command.add_option("--policy", s.policy, "Under this policy only")->type_name("NAME");
  command.add_option("--outcome", s.outcome, "Of this outcome only")->type_name("NAME");
  add_common(command, common);
  command.footer(analyze_examples);
  command.callback([settings, &action] { action = [settings] { return analyze(*settings); }; });
}

}  // namespace casus::cli
