#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "casus/output/export.h"
#include "cli/commands.h"
#include "cli/exit_codes.h"
#include "cli/interrupt.h"
#include "cli/run_options.h"

namespace casus::cli {
namespace {

struct ExportSettings {
  std::string folder, out, form = "csv", events;
};

constexpr const char* export_examples = R"(Examples:
  casus export results/sahel-baseline-1 -o tables
  casus export results/sahel-baseline-1 --to netcdf -o cube
  casus export results/sahel-baseline-1 --to jsonl --events 3,17 -o events

The folder must be new. Runs that did not keep their events are made again where their events are asked
for.)";

std::string forms_help() {
  std::string text;
  for (const ExportForm& form : export_forms()) {
    text += fmt::format("{}{}", text.empty() ? "" : ", ", form.name);
  }
  return "Form: " + text + " (csv)";
}

int export_to(const ExportSettings& s, const Common& common) {
  const Interrupt signals;
  const RecordedResults results = read_results(s.folder);
  if (results.runs.empty()) throw UsageError(fmt::format("{} holds no runs", s.folder));
  ExportOptions options;
  options.form = s.form;
  options.out = s.out;
  if (!s.events.empty()) {
    options.events = parse_events(s.events, results.first_run, results.planned);
  }
  const Scenario scenario =
      load_recorded(results, common.registry->vocabulary(), common.read_limits());
  const auto files = export_results(results, scenario, *common.registry, options);
  if (!common.quiet) {
    for (const FileDigest& f : files) say(fmt::format("{}/{}  {} bytes\n", s.out, f.name, f.bytes));
  }
  return exit_ok;
}

}  // namespace

void add_export(CLI::App& program, Common& common, Action& action) {
  auto settings = std::make_shared<ExportSettings>();
  ExportSettings& s = *settings;
  CLI::App& command = *program.add_subcommand("export", "Write results in another form");
  command.add_option("RESULTS", s.folder, "A results folder")->required()->type_name("");
  std::vector<std::string> names;
  for (const ExportForm& form : export_forms()) names.emplace_back(form.name);
  command.add_option("--to", s.form, forms_help())
      ->check(CLI::IsMember(names).description(""))
      ->type_name("FORM");
  command.add_option("-o,--out", s.out, "Folder for the files (required)")
      ->required()
      ->type_name("DIR");
  command
      .add_option("--events", s.events,
                  "Whose events: all, or of runs 3,17 (those of the runs that kept theirs)")
      ->type_name("WHICH");
  add_read_limit(command, common);
  add_common(command, common);
  std::string forms = "Forms:\n";
  for (const ExportForm& form : export_forms())
    forms += fmt::format("  {:<7} {}\n", form.name, form.doc);
  command.footer(forms + "\n" + export_examples);
  command.callback([settings, &common, &action] {
    action = [settings, &common] { return export_to(*settings, common); };
  });
}

}  // namespace casus::cli
