#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>
#include <string>

#include "casus/output/files.h"
#include "casus/study/synthetic.h"
#include "cli/commands.h"
#include "cli/exit_codes.h"
#include "cli/run_options.h"

namespace casus::cli {
namespace {

constexpr const char* generate_examples = R"(Examples:
  casus generate --states 8 --groups 40 --regions 80 --presences 240 -o small.yaml
  casus generate --states 200 --groups 1000 --regions 2000 --presences 10000 --seed 7 > large.yaml

Presences are garrisons, one in each region, and groups' presences, at least one each.
The same numbers give the same file.)";

struct GenerateSettings {
  SyntheticSize size;
  std::string out;
};

int generate(const GenerateSettings& s, const Common& common) {
  if (const std::string text = misfit(s.size); !text.empty()) throw UsageError(text);
  std::error_code error;
  const bool to_file = !s.out.empty();
  if (to_file && std::filesystem::exists(std::filesystem::symlink_status(s.out, error))) {
    throw OutputError("E0601", s.out, "exists already and is not overwritten");
  }
  const std::string text = synthetic_scenario(s.size);
  if (!to_file) {
    say_result(text);
    return exit_ok;
  }
  write_atomically(s.out, text);
  if (!common.quiet) say("Next: casus run " + s.out + "\n");
  return exit_ok;
}

}  // namespace

void add_generate(CLI::App& program, Common& common, Action& action) {
  auto settings = std::make_shared<GenerateSettings>();
  GenerateSettings& s = *settings;
  CLI::App& command = *program.add_subcommand(
      "generate", "Make up a scenario of any size, to measure and test with");
  const auto count = [&](const char* name, auto& value, const char* what) {
    return command
        .add_option_function<std::string>(
            name, [name, &value](const std::string& text) { value = parse_count(text, name); },
            what)
        ->type_name("N");
  };
  count("--states", s.size.states, "States, each of contiguous regions")->required();
  count("--groups", s.size.groups, "Armed groups")->required();
  count("--regions", s.size.regions, "Regions on a planar map")->required();
  count("--presences", s.size.presences, "Presences, garrisons included")->required();
  count("--days", s.size.days, "Length of a run (365)");
  count("--seed", s.size.seed, "Seed of all that is drawn (1)");
  command.add_option("-o,--out", s.out, "A new file (standard output)")->type_name("FILE");
  add_common(command, common);
  command.footer(generate_examples);
  command.callback([settings, &common, &action] {
    action = [settings, &common] { return generate(*settings, common); };
  });
}

}  // namespace casus::cli
