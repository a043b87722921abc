#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "casus/output/files.h"
#include "casus/report/collect.h"
#include "cli/commands.h"
#include "cli/exit_codes.h"
#include "cli/report_file.h"

namespace casus::cli {
namespace {

constexpr const char* report_examples = R"(Examples:
  casus report results/sahel-baseline-1                 writes report.html into the folder
  casus report results/sahel-baseline-1 -o sahel.html
  casus report results/sahel-baseline-1 --open

One file that opens offline and in print: the answer in sentences, outcomes with their intervals, how
things go on, the map, who kept the word, three runs told, and how to have it again.)";

struct ReportSettings {
  std::string folder, out;
  bool open = false;
};

int report(const ReportSettings& s, const Common& common) {
  const std::string path = s.out.empty() ? s.folder + "/" + report_file : s.out;
  const ReportData data = ReportFile::read(s.folder, *common.registry);
  write_atomically(path, report_page(data));
  say_result(path + "\n");
  for (const std::string& lack : data.lacking) say(fmt::format("It does not say {}\n", lack));
  if (!reports_have_charts() && !common.quiet) {
    say("This program was built without d3: the report has sentences and tables only\n");
  }
  if (s.open && !open_on_desktop(path)) {
    say("--open: there is no desktop here; the report can be opened in any browser\n");
  }
  return exit_ok;
}

}  // namespace

void add_report(CLI::App& program, Common& common, Action& action) {
  auto settings = std::make_shared<ReportSettings>();
  ReportSettings& s = *settings;
  CLI::App& command = *program.add_subcommand("report", "Write the report of a results folder");
  command.add_option("RESULTS", s.folder, "The folder")->required()->type_name("");
  command.add_option("-o,--out", s.out, "The file (report.html in the folder)")->type_name("FILE");
  command.add_flag("--open", s.open, "Open it, where there is a desktop");
  add_common(command, common);
  command.footer(report_examples);
  command.callback([settings, &common, &action] {
    action = [settings, &common] { return report(*settings, common); };
  });
}

}  // namespace casus::cli
