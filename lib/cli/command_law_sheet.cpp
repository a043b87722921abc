#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>

#include "casus/treaties/sheet.h"
#include "cli/commands.h"
#include "cli/exit_codes.h"
#include "cli/treaty_options.h"

namespace casus::cli {
namespace {

constexpr const char* sheet_examples = R"(Examples:
  casus law sheet scenarios/sahel/baseline.yaml --pact aes   one treaty of a scenario
  casus law sheet my-cases.yaml                              all that a file of cases has
  casus law sheet my-cases.yaml --case ultimatum             as this case changes them)";

int sheet(const TreatyOptions& options, const Common& common) {
  const treaties::Treaties all = options.load(common);
  bool first = true;
  for (const std::size_t row : options.chosen(all)) {
    say_result((first ? "" : "\n") + treaties::write(treaties::sheet(all, row)));
    first = false;
  }
  return exit_ok;
}

}  // namespace

void add_law_sheet(CLI::App& law, Common& common, Action& action) {
  auto options = std::make_shared<TreatyOptions>();
  CLI::App& command = *law.add_subcommand("sheet", "A treaty in sentences, as a lawyer reads it");
  options->add(command);
  add_read_limit(command, common);
  add_common(command, common);
  command.footer(sheet_examples);
  command.callback([options, &common, &action] {
    action = [options, &common] { return sheet(*options, common); };
  });
}

}  // namespace casus::cli
