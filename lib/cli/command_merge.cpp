#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <set>

#include "casus/output/results.h"
#include "cli/commands.h"
#include "cli/ensemble_command.h"
#include "cli/exit_codes.h"

namespace casus::cli {
namespace {

struct MergeSettings {
  std::vector<std::string> parts;
  std::string out;
  ReportWish report;
};

constexpr const char* merge_examples = R"(Examples:
  casus run sahel.yaml -n 10000 --shard 1/4 -o part-1      and so on, on four machines
  casus merge part-1 part-2 part-3 part-4 -o whole

In whatever order the parts are named, the tables are, byte for byte, those of one program that made
all runs. Parts of another scenario, seed or build are refused.)";

/// Throws unless every run of the whole is in a part.
void expect_all_runs(const std::vector<RecordedResults>& parts) {
  const RecordedResults& first = parts.front();
  const std::uint32_t begin = first.shard ? first.shard->first_run : first.first_run;
  const std::size_t planned = first.shard ? first.shard->runs : first.planned;
  std::set<std::uint32_t> there;
  for (const RecordedResults& part : parts) {
    if (!part.writer.empty()) {
      throw UsageError(fmt::format("{} is being written by {}", part.folder, part.writer));
    }
    for (const RecordedRun& run : part.runs) there.insert(run.run);
  }
  if (there.size() >= planned) return;
  std::uint32_t missing = begin;
  while (there.count(missing) != 0) ++missing;
  std::string open;
  for (const RecordedResults& part : parts) {
    if (part.state != "complete") {
      open += fmt::format("\n{} is not complete: casus resume {}", part.folder, part.folder);
    }
  }
  throw UsageError(fmt::format("{} of {} are in none of the parts, the first of them run {}{}",
                               planned - there.size(), counted(planned, "run"), missing, open));
}

int merge(const MergeSettings& s, const Common& common) {
  ResultsWriter::check_folder(s.out, false);
  std::vector<RecordedResults> parts;
  parts.reserve(s.parts.size());
  for (const std::string& part : s.parts) parts.push_back(read_results(part));
  expect_all_runs(parts);
  const Scenario scenario =
      load_recorded(parts.front(), common.registry->vocabulary(), common.read_limits());
  double seconds = 0.0;
  for (const RecordedResults& part : parts) seconds += part.seconds;
  ResultsWriter writer = ResultsWriter::merge(s.out, s.parts, scenario, common.arguments);
  ReportFile report(s.report);
  return finish_results(writer, scenario, {}, seconds, report, common);
}

}  // namespace

void add_merge(CLI::App& program, Common& common, Action& action) {
  auto settings = std::make_shared<MergeSettings>();
  CLI::App& command = *program.add_subcommand("merge", "Make one results folder of its parts");
  command.add_option("PARTS", settings->parts, "Results folders made with --shard")
      ->required()
      ->type_name("");
  command.add_option("-o,--out", settings->out, "Results folder (required)")
      ->required()
      ->type_name("DIR");
  add_report_wish(command, settings->report);
  command.add_flag("--json", common.json, "Print JSON instead of a table");
  add_read_limit(command, common);
  add_common(command, common);
  command.footer(merge_examples);
  command.callback([settings, &common, &action] {
    action = [settings, &common] { return merge(*settings, common); };
  });
}

}  // namespace casus::cli
