#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <filesystem>
#include <optional>
#include <set>
#include <stdexcept>

#include "casus/experiment/comparison.h"
#include "casus/experiment/experiment.h"
#include "casus/output/comparison.h"
#include "casus/output/results_folder.h"
#include "cli/commands.h"
#include "cli/comparing.h"
#include "cli/exit_codes.h"
#include "cli/interrupt.h"
#include "cli/progress.h"
#include "cli/run_options.h"

namespace casus::cli {
namespace {

namespace fs = std::filesystem;

constexpr const char* compare_examples = R"(Examples:
  casus compare sahel.yaml policies/no-charter.yaml -n 500
  casus compare sahel.yaml policies/*.yaml --only deaths
  casus compare sahel.yaml --remove pacts.aes --set actors.jnim.forces=8000
  casus compare sahel.yaml policies/no-charter.yaml --assert 'deaths < 0.9*baseline'
  casus compare questions.yaml              a file of the format experiment/1

The first scenario is what the others are compared with. Run r of each has the same luck as run r of
every other, so that the difference of a pair is the doing of what was changed.)";

struct CompareSettings {
  std::vector<std::string> files, set, remove;
  std::string policy = "changed", until;
  CompareOptions options;
};

/// "no-charter" of "policies/no-charter.yaml"; a name that is there already gets its number.
std::string policy_name(const std::string& file, std::set<std::string>& taken) {
  const std::string stem = fs::path(file).stem().string();
  std::string name = stem;
  for (std::size_t n = 2; !taken.insert(name).second; ++n) name = fmt::format("{}-{}", stem, n);
  return name;
}

Comparing plan(CompareSettings& s, const Common& common) {
  if (is_experiment(s.files.front())) {
    if (s.files.size() > 1 || !s.set.empty() || !s.remove.empty() || !s.until.empty()) {
      throw UsageError("compare: an experiment says itself what is compared; name it alone");
    }
    return plan_experiment(load_experiment(s.files.front(), common.read_limits()), s.options,
                           common);
  }
  if (s.files.size() < 2 && s.set.empty() && s.remove.empty()) {
    throw UsageError(
        "compare: with what? Name a second scenario, or change the one with --set or --remove");
  }
  const std::vector<Edit> until = parse_edits({}, {}, s.until);
  Comparing work;
  std::set<std::string> taken;
  std::set<std::string> inputs;
  // All that is wrong with any of the files is said at once.
  std::vector<Diagnostic> problems;
  for (const std::string& file : s.files) {
    try {
      work.worlds.policies.push_back({policy_name(file, taken), common.load(file, until)});
    } catch (const ScenarioError& e) {
      problems.insert(problems.end(), e.diagnostics().begin(), e.diagnostics().end());
    }
  }
  if (!problems.empty()) throw ScenarioError(std::move(problems));
  if (!s.set.empty() || !s.remove.empty()) {
    const std::vector<Edit> edits = parse_edits(s.set, s.remove, "");
    work.worlds.policies.push_back(
        {policy_name(s.policy, taken), work.worlds.policies.front().scenario.with(edits)});
  }
  for (const Policy& policy : work.worlds.policies) {
    for (const auto& input : policy.scenario.inputs()) {
      if (inputs.emplace(input.first).second) work.inputs.emplace_back(input);
    }
  }
  work.title = work.worlds.policies.front().scenario->title;
  work.name = s.files.front();
  work.worlds.replicates = s.options.runs;
  return work;
}

}  // namespace

void add_compare(CLI::App& program, Common& common, Action& action) {
  auto settings = std::make_shared<CompareSettings>();
  CompareSettings& s = *settings;
  CLI::App& command = *program.add_subcommand(
      "compare", "Run scenarios with the same luck and show how they differ");
  command
      .add_option("FILE", s.files,
                  "Scenarios, of which the first is the baseline, or one experiment")
      ->required()
      ->type_name("");
  command.add_option("--set", s.set, "Change a value of the first, as a policy; repeatable")
      ->type_name("PATH=VALUE")
      ->allow_extra_args(false);
  command.add_option("--remove", s.remove, "Remove an entry of the first, likewise; repeatable")
      ->type_name("PATH")
      ->allow_extra_args(false);
  command.add_option("--policy", s.policy, "What to call that policy (changed)")->type_name("NAME");
  command.add_option("--until", s.until, "End on this date instead")->type_name("DATE");
  add_compare_options(command, s.options, common);
  command.footer(compare_examples);
  command.callback([settings, &common, &action] {
    action = [settings, &common] {
      return compare_and_report(plan(*settings, common), settings->options, common);
    };
  });
}

}  // namespace casus::cli
