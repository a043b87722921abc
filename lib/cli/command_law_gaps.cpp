#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "casus/treaties/gaps.h"
#include "cli/commands.h"
#include "cli/exit_codes.h"
#include "cli/treaty_options.h"

namespace casus::cli {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* gaps_examples = R"(Examples:
  casus law gaps scenarios/sahel/baseline.yaml               every treaty of a scenario
  casus law gaps scenarios/sahel/baseline.yaml --pact aes    one of them
  casus law gaps my-draft.yaml --json

Every hostile act, by a member, an outside state, an armed group and whom an article names, is put
to the law, against members of every kind, on their soil and abroad, whether help is asked for or
not and whatever the organs vote. What is left open is reported; nothing else is.)";

int law_gaps(const TreatyOptions& options, const Common& common) {
  const treaties::Treaties all = options.load(common);
  const std::vector<treaties::Finding> found = treaties::gaps(all, options.chosen(all));
  if (!common.json) {
    say_result(treaties::write(all, found));
    return exit_ok;
  }
  Json findings = Json::array();
  for (const treaties::Finding& f : found) {
    findings.push_back({{"fault", treaties::name(f.fault)},
                        {"pact", f.pact},
                        {"others", f.others},
                        {"articles", f.articles},
                        {"text", f.text}});
  }
  say_result(Json{{"file", all.file}, {"findings", std::move(findings)}}.dump(
                 2, ' ', false, Json::error_handler_t::replace) +
             "\n");
  return exit_ok;
}

}  // namespace

void add_law_gaps(CLI::App& law, Common& common, Action& action) {
  auto options = std::make_shared<TreatyOptions>();
  CLI::App& command =
      *law.add_subcommand("gaps", "What falls between the articles of a treaty, and what collides");
  options->add(command);
  command.add_flag("--json", common.json, "Print JSON on the standard output");
  add_read_limit(command, common);
  add_common(command, common);
  command.footer(gaps_examples);
  command.callback([options, &common, &action] {
    action = [options, &common] { return law_gaps(*options, common); };
  });
}

}  // namespace casus::cli
