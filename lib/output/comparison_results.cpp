#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <system_error>

#include "casus/output/comparison.h"
#include "casus/output/files.h"
#include "casus/output/sha256.h"
#include "casus/output/version.h"
#include "output/machine.h"
#include "output/table_files.h"
#include "output/tables.h"
#include "output/work_formats.h"

namespace casus {
namespace {

using Json = nlohmann::ordered_json;

struct ComparedRunRow {
  const ComparedRuns* all;
  const WorldResult* world;
  std::size_t policy;
};

RowSchema<ComparedRunRow> compared_run_schema(const ComparedRuns& runs) {
  RowSchema<ComparedRunRow> schema;
  schema.column("policy", "string", "", "name of the policy", [](const ComparedRunRow& r) {
    return std::string_view(r.all->policies[r.policy]);
  });
  schema.column("point", "integer", "", "number of the design's point, as in points.csv; 0 without",
                [](const ComparedRunRow& r) { return std::uint64_t{r.world->point}; });
  const auto runs_table = std::make_shared<RowSchema<RunResult>>(run_schema(runs.outcomes));
  const auto parting = [](const ComparedRunRow& r) -> const Parting* {
    const bool pair =
        r.policy > 0 && !r.world->runs.front().failure && !r.world->runs[r.policy].failure;
    return pair ? &r.world->partings[r.policy] : nullptr;
  };
  for (std::size_t i = 0; i < runs_table->fields().size(); ++i) {
    const CsvField& f = runs_table->fields()[i];
    schema.column(f.name, f.type, f.unit, f.description, [runs_table, i](const ComparedRunRow& r) {
      return runs_table->cell(r.world->runs[r.policy], i);
    });
    if (f.name != "events") continue;
    schema.column("parted_day", "number", "days",
                  "of the first event that the baseline's run of this world does not have; empty: "
                  "every event is the same",
                  [parting](const ComparedRunRow& r) -> Cell {
                    const Parting* p = parting(r);
                    if (p == nullptr || !p->parted) return {};
                    return p->day;
                  });
    schema.column("parted_at", "string", "", "its kind",
                  [parting](const ComparedRunRow& r) -> Cell {
                    const Parting* p = parting(r);
                    if (p == nullptr || !p->parted || !r.all->events.knows(p->kind)) return {};
                    return r.all->events.name(p->kind);
                  });
    schema.column("alike", "number", "", "share of the events from that day on in both worlds",
                  [parting](const ComparedRunRow& r) -> Cell {
                    const Parting* p = parting(r);
                    if (p == nullptr || !p->parted) return {};
                    return p->alike;
                  });
  }
  return schema;
}

/// On which day what is asked for first came.
RowSchema<ComparedRunRow> day_schema(const ComparedRuns& runs) {
  RowSchema<ComparedRunRow> schema;
  schema
      .column("policy", "string", "", "name of the policy",
              [](const ComparedRunRow& r) { return std::string_view(r.all->policies[r.policy]); })
      .column("point", "integer", "", "as in runs.csv",
              [](const ComparedRunRow& r) { return std::uint64_t{r.world->point}; })
      .column("run", "integer", "", "as in runs.csv",
              [](const ComparedRunRow& r) { return std::uint64_t{r.world->run}; });
  for (std::size_t i = 0; i < runs.outcomes.size(); ++i) {
    if (runs.outcomes[i].form != OutcomeSpec::Form::ever) continue;
    schema.column(runs.outcomes[i].name, "number", "days",
                  "from the start, when it first happened; or, where runs.csv says 0, up to when "
                  "it had not",
                  [i](const ComparedRunRow& r) -> Cell {
                    const RunResult& run = r.world->runs[r.policy];
                    if (run.failure || i >= run.days.size()) return {};
                    return run.days[i];
                  });
  }
  return schema;
}

struct QuantileRow {
  std::string_view policy, what;
  const SeriesQuantiles* series;
  std::size_t column, date;
};

RowSchema<QuantileRow> quantile_schema() {
  using Row = QuantileRow;
  RowSchema<Row> schema;
  schema.column("policy", "string", "", "name of the policy", [](const Row& r) { return r.policy; })
      .column("what", "string", "",
              "level: the quantiles of its runs; change: of what they have more than the first "
              "policy's runs of the same worlds",
              [](const Row& r) { return r.what; })
      .column("date", "date", "", "of the observation",
              [](const Row& r) { return to_string(r.series->dates[r.date]); })
      .column("runs", "integer", "", "over so many runs",
              [](const Row& r) { return std::uint64_t{r.series->runs}; })
      .column("kind", "string", "", "world, state, armed_group, external, region or presence",
              [](const Row& r) { return std::string_view(r.series->columns[r.column].kind); })
      .column("entity", "string", "", "name of the actor or region; all: of the world",
              [](const Row& r) { return std::string_view(r.series->columns[r.column].entity); })
      .column("variable", "string", "", "what was observed",
              [](const Row& r) { return std::string_view(r.series->columns[r.column].variable); })
      .column("unit", "string", "", "of the values; empty: a pure number",
              [](const Row& r) { return std::string_view(r.series->columns[r.column].unit); });
  for (std::size_t q = 0; q < SeriesQuantiles::levels.size(); ++q) {
    const double level = SeriesQuantiles::levels[q];
    schema.column(fmt::format("q{:02.0f}", 100.0 * level), "number", "",
                  fmt::format("{:.0f} of 100 runs are not above it", 100.0 * level),
                  [q](const Row& r) { return Cell(r.series->at(r.column, r.date, q)); });
  }
  return schema;
}

void write_quantiles(TableFiles& writer, const ComparedRuns& runs, const ComparisonInfo& info) {
  writer.table<QuantileRow>(
      "series.csv.gz", "Quantiles of the series", quantile_schema(),
      [&](const auto& write) {
        for (std::size_t p = 0; p < info.series.size(); ++p) {
          const auto& [level, change] = info.series[p];
          for (const SeriesQuantiles* s : {&level, &change}) {
            if (s->empty()) continue;
            for (std::size_t c = 0; c < s->columns.size(); ++c) {
              for (std::size_t d = 0; d < s->dates.size(); ++d) {
                write({runs.policies[p], s == &level ? "level" : "change", s, c, d});
              }
            }
          }
        }
      },
      OutputFile::Packing::gzip);
}

/// A line for each run that failed, or nothing.
std::string failure_lines(const ComparedRuns& runs) {
  std::string lines;
  for (const WorldResult& world : runs.worlds) {
    for (std::size_t p = 0; p < world.runs.size(); ++p) {
      const RunResult& run = world.runs[p];
      if (!run.failure) continue;
      const Json line{{"policy", runs.policies[p]},
                      {"point", world.point},
                      {"run", world.run},
                      {"seed", run.spec.seed},
                      {"what", run.failure->what},
                      {"date", run.failure->date},
                      {"mechanism", run.failure->mechanism},
                      {"subject", run.failure->subject}};
      lines += line.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
    }
  }
  return lines;
}

struct PointRow {
  const ComparedRuns* all;
  std::size_t point;
};

RowSchema<PointRow> point_schema(const ComparedRuns& runs) {
  RowSchema<PointRow> schema;
  schema.column("point", "integer", "", "number of the point",
                [](const PointRow& r) { return std::uint64_t{r.point}; });
  for (std::size_t i = 0; i < runs.paths.size(); ++i) {
    schema.column(runs.paths[i], "number", "", "value at this path",
                  [i](const PointRow& r) { return r.all->points[r.point].values[i]; });
  }
  return schema;
}

struct PolicySummaryRow {
  std::string_view policy;
  const OutcomeSummary* summary;
};

RowSchema<PolicySummaryRow> policy_summary_schema() {
  RowSchema<PolicySummaryRow> schema;
  schema.column("policy", "string", "", "name of the policy",
                [](const PolicySummaryRow& r) { return r.policy; });
  for (std::size_t i = 0; i < summary_schema().fields().size(); ++i) {
    const CsvField& f = summary_schema().fields()[i];
    schema.column(f.name, f.type, f.unit, f.description,
                  [i](const PolicySummaryRow& r) { return summary_schema().cell(*r.summary, i); });
  }
  return schema;
}

Json digest_of_file(const FileDigest& file) {
  return {{"path", file.name}, {"bytes", file.bytes}, {"sha256", file.sha256}};
}

/// The part of a manifest that is known before anything is run.
Json comparison_head(const ResultsFolder& folder, const std::vector<Policy>& policies,
                     const ComparisonInfo& info, const char* state) {
  Json inputs = Json::array(), named = Json::array();
  for (const auto& [file, text] : info.inputs) {
    inputs.push_back(digest_of_file({file, text.size(), sha256(text)}));
  }
  for (std::size_t p = 0; p < policies.size(); ++p) {
    named.push_back({{"name", policies[p].name}, {"scenario", fmt::format("policy-{}.yaml", p)}});
  }
  Json head{{"format", comparison_format},
            {"state", state},
            {"casus", version()},
            {"compiler", compiler()},
            {"build_type", build_type()},
            {"title", info.title},
            {"scenario", info.scenario},
            {"arguments", info.arguments},
            {"seed", info.seed},
            {"design", info.design},
            {"policies", std::move(named)},
            {"inputs", std::move(inputs)}};
  if (folder.where() != folder.name()) {
    head["replaces"] = std::filesystem::path(folder.name()).filename().string();
  }
  return head;
}

std::string manifest_text(const Json& json) {
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace

void write_comparison(ResultsFolder& folder, const std::vector<Policy>& policies,
                      const ComparedRuns& runs, const Comparison& comparison,
                      const ComparisonInfo& info) {
  TableFiles writer(folder);
  for (std::size_t p = 0; p < policies.size(); ++p) {
    writer.file(fmt::format("policy-{}.yaml", p), policies[p].scenario.resolved());
  }
  writer.table<ComparedRunRow>("runs.csv", "Runs", compared_run_schema(runs),
                               [&](const auto& write) {
                                 for (const WorldResult& world : runs.worlds) {
                                   for (std::size_t p = 0; p < world.runs.size(); ++p)
                                     write({&runs, &world, p});
                                 }
                               });
  const bool asked = std::any_of(runs.outcomes.begin(), runs.outcomes.end(),
                                 [](const auto& o) { return o.form == OutcomeSpec::Form::ever; });
  if (asked) {
    writer.table<ComparedRunRow>("days.csv", "When outcomes first came", day_schema(runs),
                                 [&](const auto& write) {
                                   for (const WorldResult& world : runs.worlds) {
                                     for (std::size_t p = 0; p < world.runs.size(); ++p)
                                       write({&runs, &world, p});
                                   }
                                 });
  }
  const bool drawn = std::any_of(info.series.begin(), info.series.end(),
                                 [](const auto& s) { return !s.first.empty(); });
  if (drawn) write_quantiles(writer, runs, info);
  if (runs.failed() > 0) writer.file("failures.jsonl", failure_lines(runs));
  if (!runs.paths.empty()) {
    writer.table<PointRow>("points.csv", "Points of the design", point_schema(runs),
                           [&](const auto& write) {
                             for (std::size_t i = 0; i < runs.points.size(); ++i) write({&runs, i});
                           });
  }
  writer.table<PolicySummaryRow>("summary.csv", "Outcomes of each policy", policy_summary_schema(),
                                 [&](const auto& write) {
                                   for (const OutcomeComparison& o : comparison.outcomes) {
                                     for (std::size_t p = 0; p < o.policies.size(); ++p) {
                                       write({comparison.policies[p], &o.policies[p].summary});
                                     }
                                   }
                                 });
  writer.table<ComparisonRow>("comparison.csv", "Paired differences", comparison_schema(),
                              [&](const auto& write) {
                                for (const OutcomeComparison& o : comparison.outcomes) {
                                  for (std::size_t p = 0; p < o.policies.size(); ++p) {
                                    write({&comparison, &o, p});
                                  }
                                }
                              });
  if (!comparison.answers.empty()) {
    writer.table<AnswerRow>("answers.csv", "What policies are about", answer_schema(),
                            [&](const auto& write) {
                              for (const Answer& a : comparison.answers) write({&comparison, &a});
                            });
  }
  writer.table<HonestyRow>("pairs.csv", "How honest the pairs are", honesty_schema(),
                           [&](const auto& write) {
                             for (std::size_t p = 1; p < comparison.policies.size(); ++p) {
                               write({&comparison, p});
                             }
                           });
  writer.file("datapackage.json", datapackage(policies.front().scenario.data(), writer.tables()));
  const bool whole = !runs.cancelled;
  Json manifest = comparison_head(folder, policies, info, whole ? "complete" : "interrupted");
  manifest["worlds"] = {{"first", info.first_run},        {"planned", runs.planned},
                        {"finished", runs.worlds.size()}, {"failed_runs", runs.failed()},
                        {"interrupted", runs.cancelled},  {"stopped_by_rule", runs.stopped}};
  Json outputs = Json::array();
  for (const FileDigest& file : writer.outputs()) outputs.push_back(digest_of_file(file));
  const std::string journal = folder.path(worlds_journal);
  std::error_code error;
  if (!whole && std::filesystem::exists(journal, error)) {
    outputs.push_back(digest_of_file(digest_file(journal)));
  }
  manifest["outputs"] = std::move(outputs);
  write_atomically(folder.path("manifest.json"), manifest_text(manifest));
  folder.keep();
  if (whole) std::filesystem::remove(journal, error);
  if (whole || folder.where() == folder.name()) folder.publish();
}

std::string digest_of_worlds(const std::vector<Policy>& policies, const ComparisonInfo& info,
                             const std::vector<std::string>& more) {
  Json all = {
      {"build", build_text()}, {"seed", info.seed}, {"first", info.first_run}, {"more", more}};
  Json& held = all["policies"] = Json::array();
  for (const Policy& policy : policies) {
    held.push_back({{"name", policy.name},
                    {"scenario", sha256(policy.scenario.resolved())},
                    {"from", policy.from ? to_string(policy.from->date) : std::string()}});
  }
  return sha256(all.dump(-1, ' ', false, Json::error_handler_t::replace));
}

void begin_comparison(ResultsFolder& folder, const std::vector<Policy>& policies,
                      const ComparisonInfo& info) {
  Json manifest = comparison_head(folder, policies, info, "running");
  manifest["outputs"] = Json::array();
  write_atomically(folder.path("manifest.json"), manifest_text(manifest));
}

}  // namespace casus
