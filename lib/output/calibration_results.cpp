#include <fmt/format.h>

#include <cmath>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "casus/output/calibration.h"
#include "casus/output/sha256.h"
#include "casus/output/version.h"
#include "output/machine.h"
#include "output/table_files.h"
#include "output/tables.h"
#include "output/work_formats.h"

namespace casus {
namespace {

using Json = nlohmann::ordered_json;

/// Whose row it is, and which.
struct Numbered {
  const MatchResult* all;
  std::size_t row;
};
/// One run of one point.
struct MatchedRun {
  const MatchResult* all;
  std::size_t point, run;
};

const MatchPoint& point_of(const Numbered& r) { return r.all->points[r.row]; }

RowSchema<Numbered> tried_schema(const MatchResult& result, const std::vector<std::string>& paths) {
  RowSchema<Numbered> schema;
  schema.column("point", "integer", "", "number of the point",
                [](const Numbered& r) { return std::uint64_t{r.row}; });
  schema.column("wave", "integer", "", "in which it was tried; 0: a check of the posterior",
                [](const Numbered& r) { return std::uint64_t{point_of(r).wave}; });
  schema.column("answered", "integer", "", "runs that did not fail",
                [](const Numbered& r) { return std::uint64_t{point_of(r).answered}; });
  for (std::size_t k = 0; k < paths.size(); ++k) {
    schema.column(paths[k], "number", "", "value at this path",
                  [k](const Numbered& r) { return point_of(r).values[k]; });
  }
  for (std::size_t j = 0; j < result.targets.size(); ++j) {
    const MatchTarget& t = result.targets[j];
    schema.column(t.name, "number", t.unit, "mean of the runs: " + t.title,
                  [j](const Numbered& r) { return point_of(r).mean[j]; });
    schema.column(t.name + "_implausibility", "number", "",
                  "standard deviations between these runs and what was observed",
                  [j](const Numbered& r) { return point_of(r).implausible[j]; });
  }
  return schema;
}

RowSchema<MatchedRun> matched_run_schema(const MatchResult& result) {
  RowSchema<MatchedRun> schema;
  schema.column("point", "integer", "", "number of the point, as in points.csv",
                [](const MatchedRun& r) { return std::uint64_t{r.point}; });
  schema.column("run", "integer", "", "replicate", [](const MatchedRun& r) {
    return std::uint64_t{r.point * r.all->points[r.point].runs.size() + r.run};
  });
  for (std::size_t j = 0; j < result.targets.size(); ++j) {
    const MatchTarget& t = result.targets[j];
    schema.column(t.name, "number", t.unit, t.title,
                  [j](const MatchedRun& r) { return r.all->points[r.point].runs[r.run][j]; });
  }
  return schema;
}

RowSchema<Numbered> row_schema(const std::vector<std::string>& paths) {
  RowSchema<Numbered> schema;
  schema.column("row", "integer", "", "each as likely as any other",
                [](const Numbered& r) { return std::uint64_t{r.row}; });
  for (std::size_t k = 0; k < paths.size(); ++k) {
    schema.column(paths[k], "number", "", "value at this path",
                  [k](const Numbered& r) { return r.all->rows[r.row][k]; });
  }
  return schema;
}

template <class Get>
void range_columns(RowSchema<Numbered>& schema, const std::string& name, const std::string& of,
                   Get get) {
  schema.column(name + "_q05", "number", "", "5 % of " + of + " are below",
                [get](const Numbered& r) { return get(r).low; });
  schema.column(name + "_q50", "number", "", "median of " + of,
                [get](const Numbered& r) { return get(r).median; });
  schema.column(name + "_q95", "number", "", "5 % of " + of + " are above",
                [get](const Numbered& r) { return get(r).high; });
}

RowSchema<Numbered> learned_schema() {
  const auto of = [](const Numbered& r) -> const ParameterFinding& {
    return r.all->parameters[r.row];
  };
  RowSchema<Numbered> schema;
  schema.column("parameter", "string", "", "its path",
                [of](const Numbered& r) { return std::string_view(of(r).name); });
  range_columns(schema, "prior", "the prior", [of](const Numbered& r) { return of(r).prior; });
  range_columns(schema, "posterior", "the posterior",
                [of](const Numbered& r) { return of(r).posterior; });
  schema.column("learned", "number", "",
                "1 less the variance of the posterior over that of the prior, as shares of it",
                [of](const Numbered& r) { return of(r).learned; });
  return schema;
}

RowSchema<Numbered> target_schema() {
  const auto of = [](const Numbered& r) -> const MatchTarget& { return r.all->targets[r.row]; };
  const auto found = [](const Numbered& r) -> const TargetFinding& {
    return r.all->findings[r.row];
  };
  RowSchema<Numbered> schema;
  schema.column("target", "string", "", "its name",
                [of](const Numbered& r) { return std::string_view(of(r).name); });
  schema.column("title", "string", "", "what it is",
                [of](const Numbered& r) { return std::string_view(of(r).title); });
  schema.column("source", "string", "", "who says what was observed",
                [of](const Numbered& r) { return std::string_view(of(r).source); });
  schema.column("observed", "number", "", "what was",
                [of](const Numbered& r) { return of(r).observed; });
  schema.column("error", "number", "", "standard deviation of the observation",
                [of](const Numbered& r) { return of(r).error; });
  schema.column("discrepancy", "number", "", "standard deviation of what the model lacks",
                [of](const Numbered& r) { return of(r).discrepancy; });
  schema.column("mean_before", "number", "", "of runs over the prior",
                [found](const Numbered& r) { return found(r).mean_before; });
  range_columns(schema, "before", "runs over the prior",
                [found](const Numbered& r) { return found(r).before; });
  schema.column("mean_after", "number", "", "of runs over the posterior; empty: there is none",
                [found](const Numbered& r) { return found(r).mean_after; });
  range_columns(schema, "after", "runs over the posterior",
                [found](const Numbered& r) { return found(r).after; });
  schema.column("strain", "number", "",
                "observed less the mean after, in standard deviations of the comparison",
                [found](const Numbered& r) { return found(r).strained; });
  schema.column("least_implausibility", "number", "", "anywhere in the prior",
                [found](const Numbered& r) { return found(r).least; });
  schema.column("impossible", "boolean", "", "beyond the cut everywhere",
                [found](const Numbered& r) {
                  return std::string_view(found(r).impossible ? "true" : "false");
                });
  return schema;
}

RowSchema<Numbered> wave_schema(const MatchResult& result) {
  RowSchema<Numbered> schema;
  schema.column("wave", "integer", "", "number",
                [](const Numbered& r) { return std::uint64_t{r.row + 1}; });
  schema.column("points", "integer", "", "that were tried",
                [](const Numbered& r) { return std::uint64_t{r.all->waves[r.row].points}; });
  schema.column("left", "number", "", "share of the prior that is not ruled out after it",
                [](const Numbered& r) { return r.all->waves[r.row].left; });
  for (std::size_t j = 0; j < result.targets.size(); ++j) {
    schema.column(result.targets[j].name + "_emulator", "number", "",
                  "mean square of what its emulator is out where it was not shown, in its own "
                  "standard deviations; 1 is right",
                  [j](const Numbered& r) { return r.all->waves[r.row].emulator_error[j]; });
  }
  return schema;
}

RowSchema<Numbered> conflict_schema() {
  RowSchema<Numbered> schema;
  const auto of = [](const Numbered& r) -> const MatchPair& { return r.all->conflicts[r.row]; };
  schema.column("target", "string", "", "one of the two",
                [of](const Numbered& r) { return std::string_view(r.all->targets[of(r).a].name); });
  schema.column("other", "string", "", "which cannot be met with it",
                [of](const Numbered& r) { return std::string_view(r.all->targets[of(r).b].name); });
  schema.column("least_implausibility", "number", "", "of the worse of the two, anywhere",
                [of](const Numbered& r) { return of(r).size; });
  return schema;
}

Json file_digest(const FileDigest& file) {
  return {{"path", file.name}, {"bytes", file.bytes}, {"sha256", file.sha256}};
}

/// The part of a manifest that is known before anything is run.
Json calibration_head(const ResultsFolder& folder, const CalibrationSpec& spec,
                      const Calibrating& made, const CalibrationInfo& info, const char* state) {
  Json inputs = Json::array();
  const auto input = [&](std::string_view file, std::string_view text) {
    inputs.push_back(file_digest({std::string(file), text.size(), sha256(text)}));
  };
  input(spec.experiment.file, spec.experiment.text);
  for (const auto& [file, text] : made.scenario.inputs()) input(file, text);
  Json head = {{"format", calibration_format}, {"state", state},
               {"casus", version()},           {"compiler", compiler()},
               {"build_type", build_type()},   {"title", spec.experiment.title},
               {"arguments", info.arguments},  {"seed", info.seed},
               {"inputs", std::move(inputs)}};
  if (folder.where() != folder.name()) {
    head["replaces"] = std::filesystem::path(folder.name()).filename().string();
  }
  return head;
}

std::string calibration_manifest_text(const Json& json) {
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace

std::string digest_of_points(const CalibrationSpec& spec, const Calibrating& made,
                             const CalibrationInfo& info) {
  std::string all =
      fmt::format("{}\nseed {}\n{}\n", build_text(), info.seed, sha256(made.scenario.resolved()));
  for (const Uncertainty& u : spec.experiment.uncertainties) all += u.path + "\n";
  for (const MatchTarget& t : made.targets) all += "target " + t.name + "\n";
  for (const OwnOutcome& o : made.own) all += "own " + o.name + "\n";
  for (const std::size_t row : made.rows) all += fmt::format("row {}\n", row);
  return sha256(all);
}

void begin_calibration(ResultsFolder& folder, const CalibrationSpec& spec, const Calibrating& made,
                       const CalibrationInfo& info) {
  Json manifest = calibration_head(folder, spec, made, info, "running");
  manifest["outputs"] = Json::array();
  write_atomically(folder.path("manifest.json"), calibration_manifest_text(manifest));
}

void write_calibration(ResultsFolder& folder, const CalibrationSpec& spec, const Calibrating& made,
                       const MatchResult& result, const CalibrationInfo& info) {
  TableFiles files(folder);
  std::vector<std::string> paths;
  for (const Uncertainty& u : spec.experiment.uncertainties) paths.push_back(u.path);
  files.file("calibration.yaml", spec.experiment.text);
  const auto rows = [&](const char* name, const char* title, const RowSchema<Numbered>& schema,
                        std::size_t n) {
    files.table<Numbered>(name, title, schema, [&](const auto& write) {
      for (std::size_t i = 0; i < n; ++i) write({&result, i});
    });
  };
  if (!result.rows.empty()) {
    // The name ties the numbers together: it is that of what they were found from.
    const std::string name = "calibration-" + sha256(spec.experiment.text).substr(0, 12);
    files.file("posterior.yaml", posterior_yaml(spec, result, name));
    rows("posterior.csv", "Rows of the posterior", row_schema(paths), result.rows.size());
    rows("parameters.csv", "What was learned of each parameter", learned_schema(),
         result.parameters.size());
  }
  rows("points.csv", "Points that were tried", tried_schema(result, paths), result.points.size());
  files.table<MatchedRun>("runs.csv", "Runs", matched_run_schema(result), [&](const auto& write) {
    for (std::size_t p = 0; p < result.points.size(); ++p) {
      for (std::size_t r = 0; r < result.points[p].runs.size(); ++r) write({&result, p, r});
    }
  });
  rows("targets.csv", "Targets before and after", target_schema(), result.findings.size());
  rows("waves.csv", "Waves", wave_schema(result), result.waves.size());
  rows("conflicts.csv", "Targets that cannot be met together", conflict_schema(),
       result.conflicts.size());
  files.file("datapackage.json", datapackage(made.scenario.data(), files.tables()));
  Json manifest = calibration_head(folder, spec, made, info, "complete");
  manifest["runs"] = result.runs;
  manifest["failed_runs"] = result.failed;
  manifest["everything_ruled_out"] = result.empty;
  Json outputs = Json::array();
  for (const FileDigest& file : files.outputs()) outputs.push_back(file_digest(file));
  manifest["outputs"] = std::move(outputs);
  write_atomically(folder.path("manifest.json"), calibration_manifest_text(manifest));
  folder.keep();
  std::error_code error;
  std::filesystem::remove(folder.path(points_journal), error);
  folder.publish();
}

namespace {

Json number_or_null(double x) { return std::isfinite(x) ? Json(x) : Json(nullptr); }
Json range_json(const MatchRange& r) {
  return {{"q05", number_or_null(r.low)},
          {"q50", number_or_null(r.median)},
          {"q95", number_or_null(r.high)}};
}

}  // namespace

std::string calibration_json(const MatchResult& result) {
  Json parameters = Json::array(), targets = Json::array(), waves = Json::array(),
       conflicts = Json::array(), together = Json::array();
  for (const ParameterFinding& p : result.parameters) {
    parameters.push_back({{"parameter", p.name},
                          {"prior", range_json(p.prior)},
                          {"posterior", range_json(p.posterior)},
                          {"learned", number_or_null(p.learned)}});
  }
  for (std::size_t j = 0; j < result.findings.size(); ++j) {
    const TargetFinding& f = result.findings[j];
    targets.push_back({{"target", result.targets[j].name},
                       {"observed", result.targets[j].observed},
                       {"mean_before", number_or_null(f.mean_before)},
                       {"before", range_json(f.before)},
                       {"mean_after", number_or_null(f.mean_after)},
                       {"after", range_json(f.after)},
                       {"strain", number_or_null(f.strained)},
                       {"least_implausibility", number_or_null(f.least)},
                       {"impossible", f.impossible}});
  }
  for (const MatchWave& w : result.waves) {
    waves.push_back({{"points", w.points}, {"left", w.left}});
  }
  for (const MatchPair& p : result.conflicts) {
    conflicts.push_back({{"targets", {result.targets[p.a].name, result.targets[p.b].name}},
                         {"least_implausibility", p.size}});
  }
  for (const MatchPair& p : result.together) {
    together.push_back({{"parameters", {result.parameters[p.a].name, result.parameters[p.b].name}},
                        {"correlation", p.size}});
  }
  return Json{{"empty", result.empty},
              {"runs", result.runs},
              {"failed", result.failed},
              {"waves", std::move(waves)},
              {"parameters", std::move(parameters)},
              {"targets", std::move(targets)},
              {"conflicts", std::move(conflicts)},
              {"together", std::move(together)},
              {"emulators_checked", number_or_null(result.checked)}}
             .dump(2, ' ', false, Json::error_handler_t::replace) +
         "\n";
}

}  // namespace casus
