#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "casus/output/results.h"
#include "casus/output/work.h"
#include "cli/commands.h"
#include "cli/exit_codes.h"

namespace casus::cli {
namespace {

struct VerifySettings {
  std::string folder, seal;
};

constexpr const char* verify_examples = R"(Examples:
  casus verify results/sahel-baseline-1
  casus verify results/sahel-baseline-1 --seal 5f0c...

The seal is one digest over scenario, build, seed and results. Published before an event, it shows
afterwards that nothing was changed: --seal compares. Exit codes: 0 whole, 5 another seal, 6 not whole.)";

int verify(const VerifySettings& s, const Common& common) {
  const bool work = begun_work(s.folder).has_value();
  const std::vector<std::string> wrong = work ? verify_work(s.folder) : verify_results(s.folder);
  const std::string seal = !wrong.empty() ? "" : work ? seal_of_work(s.folder) : seal_of(s.folder);
  const bool same = s.seal.empty() || s.seal == seal;
  if (common.json) {
    const nlohmann::ordered_json json{
        {"results", s.folder}, {"whole", wrong.empty()}, {"wrong", wrong}, {"seal", seal}};
    say_result(json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n");
  } else if (wrong.empty()) {
    say_result(fmt::format("{}: whole\nseal {}\n", s.folder, seal));
  } else {
    for (const std::string& what : wrong) say_result(fmt::format("{}/{}\n", s.folder, what));
  }
  if (!wrong.empty()) return exit_io;
  if (same) return exit_ok;
  say(fmt::format("the seal is another than {}\n", s.seal));
  return exit_unmet;
}

}  // namespace

void add_verify(CLI::App& program, Common& common, Action& action) {
  auto settings = std::make_shared<VerifySettings>();
  CLI::App& command =
      *program.add_subcommand("verify", "Check every file of results, and seal them");
  command.add_option("RESULTS", settings->folder, "A results folder")->required()->type_name("");
  command.add_option("--seal", settings->seal, "Compare with this seal")->type_name("DIGEST");
  command.add_flag("--json", common.json, "Print JSON");
  add_common(command, common);
  command.footer(verify_examples);
  command.callback([settings, &common, &action] {
    action = [settings, &common] { return verify(*settings, common); };
  });
}

}  // namespace casus::cli
