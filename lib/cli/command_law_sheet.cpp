#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>

#include "casus/output/version.h"
#include "casus/treaties/sheet.h"
#include "cli/commands.h"
#include "cli/exit_codes.h"
#include "cli/law_page.h"
#include "cli/treaty_options.h"

namespace casus::cli {
namespace {

constexpr const char* sheet_examples = R"(Examples:
  casus law sheet scenarios/sahel/baseline.yaml --pact aes   one treaty of a scenario
  casus law sheet my-cases.yaml                              all that a file of cases has
  casus law sheet my-cases.yaml --case ultimatum             as this case changes them
  casus law sheet scenarios/treaties/nato.yaml --html nato.html   as a page to read or print)";

struct SheetOptions {
  TreatyOptions treaty;
  std::string html;
};

int sheet(const SheetOptions& options, const Common& common) {
  const treaties::Treaties all = options.treaty.load(common);
  Document page;
  page.facts = fmt::format("Casus {}", version());
  bool first = true;
  for (const std::size_t row : options.treaty.chosen(all)) {
    const treaties::Sheet sheet = treaties::sheet(all, row);
    if (options.html.empty()) {
      say_result((first ? "" : "\n") + treaties::write(sheet));
    } else {
      page.title = first ? sheet.title : "Treaties in sentences";
      add_sheet(sheet, page);
    }
    first = false;
  }
  if (!options.html.empty()) write_page(options.html, page, common.quiet);
  return exit_ok;
}

}  // namespace

void add_law_sheet(CLI::App& law, Common& common, Action& action) {
  auto options = std::make_shared<SheetOptions>();
  CLI::App& command = *law.add_subcommand("sheet", "A treaty in sentences, as a lawyer reads it");
  options->treaty.add(command);
  add_html_option(command, options->html,
                  "Write a page to look at in place of text, complete in one file");
  add_read_limit(command, common);
  add_common(command, common);
  command.footer(sheet_examples);
  command.callback([options, &common, &action] {
    action = [options, &common] { return sheet(*options, common); };
  });
}

}  // namespace casus::cli
