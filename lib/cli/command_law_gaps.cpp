#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "casus/scenario/treaty.h"
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
  casus law gaps scenarios/treaties/aes.yaml scenarios/treaties/ecowas.yaml    two together

Every hostile act, by a member, an outside state, an armed group and whom an article names, is put
to the law, against members of every kind, on their soil and abroad, whether help is asked for or
not and whatever the organs vote. What is left open is reported; nothing else is.)";

/// Several files are treaties, and are looked at as if they stood in one.
treaties::Treaties together(const TreatyOptions& options, const std::vector<std::string>& more,
                            const Common& common) {
  if (more.empty()) return options.load(common);
  std::vector<std::string> files{options.file};
  files.insert(files.end(), more.begin(), more.end());
  for (const std::string& file : files) {
    if (!is_treaty(file)) {
      throw UsageError(
          fmt::format("'{}' is no file of treaties, and only these are read together; "
                      "a scenario has its treaties in one file",
                      file));
    }
  }
  return treaties::load_treaties(files, common.read_limits());
}

int law_gaps(const TreatyOptions& options, const std::vector<std::string>& more,
             const Common& common) {
  const treaties::Treaties all = together(options, more, common);
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
                        {"text", f.text},
                        {"seen_by", f.seen}});
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
  auto more = std::make_shared<std::vector<std::string>>();
  command.add_option("MORE", *more, "Further files of treaties, to be read together with FILE");
  command.add_flag("--json", common.json, "Print JSON on the standard output");
  add_read_limit(command, common);
  add_common(command, common);
  command.footer(gaps_examples);
  command.callback([options, more, &common, &action] {
    action = [options, more, &common] { return law_gaps(*options, *more, common); };
  });
}

}  // namespace casus::cli
