#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "casus/treaties/draft.h"
#include "cli/commands.h"
#include "cli/exit_codes.h"
#include "cli/treaty_options.h"

namespace casus::cli {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* draft_examples = R"(Examples:
  casus law draft scenarios/treaties/rio.yaml                what would close each gap of a treaty
  casus law draft scenarios/sahel/baseline.yaml --pact aes
  casus law draft my-draft.yaml --json

Every change of one key of one article to another word is tried, and what 'casus law gaps' finds
before and after is compared. Changes that open no other gap come first.)";

Json findings(const std::vector<treaties::Finding>& all) {
  Json out = Json::array();
  for (const treaties::Finding& f : all) {
    out.push_back({{"fault", treaties::name(f.fault)}, {"pact", f.pact}, {"text", f.text}});
  }
  return out;
}

int law_draft(const TreatyOptions& options, std::size_t most, const Common& common) {
  const treaties::Treaties all = options.load(common);
  const std::vector<treaties::Amendment> found = treaties::draft(all, options.chosen(all));
  if (!common.json) {
    say_result(treaties::write(all, found, most));
    return exit_ok;
  }
  Json amendments = Json::array();
  for (const treaties::Amendment& a : found) {
    amendments.push_back({{"pact", a.pact},
                          {"article", a.article},
                          {"key", a.key},
                          {"value", a.value},
                          {"covered_before", a.covered_before},
                          {"covered_after", a.covered_after},
                          {"closes", findings(a.closes)},
                          {"opens", findings(a.opens)}});
  }
  say_result(Json{{"file", all.file}, {"amendments", std::move(amendments)}}.dump(
                 2, ' ', false, Json::error_handler_t::replace) +
             "\n");
  return exit_ok;
}

}  // namespace

void add_law_draft(CLI::App& law, Common& common, Action& action) {
  auto options = std::make_shared<TreatyOptions>();
  auto most = std::make_shared<std::size_t>(3);
  CLI::App& command = *law.add_subcommand(
      "draft", "What change of one article would close a gap, and what else it would do");
  options->add(command);
  command.add_option("--most", *most, "How many changes are printed for each gap")
      ->check(CLI::Range(1, 1000))
      ->capture_default_str();
  command.add_flag("--json", common.json, "Print JSON on the standard output");
  add_read_limit(command, common);
  add_common(command, common);
  command.footer(draft_examples);
  command.callback([options, most, &common, &action] {
    action = [options, most, &common] { return law_draft(*options, *most, common); };
  });
}

}  // namespace casus::cli
