#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "casus/experiment/comparison.h"
#include "casus/output/comparison.h"
#include "cli/commands.h"
#include "cli/comparing.h"
#include "cli/exit_codes.h"
#include "cli/run_options.h"

namespace casus::cli {
namespace {

constexpr const char* sweep_examples = R"(Examples:
  casus sweep sahel.yaml --set actors.jnim.forces=4000,6000,8000
  casus sweep sahel.yaml --set mechanisms.combat.lethality=0.5:2:0.25 --only deaths
  casus sweep sahel.yaml --set a.b=1,2,4 --set c.d=0:1:0.5        every combination

Every combination is run with the same luck, and compared with the first.)";

struct SweepSettings {
  std::string file, until;
  std::vector<std::string> set;
  CompareOptions options;
};

struct Axis {
  std::string path;
  std::vector<std::string> values;
};

[[noreturn]] void bad_axis(const std::string& text, const std::string& why) {
  throw UsageError(fmt::format("--set {}: {}; write path=1,2,4 or path=FROM:TO:STEP", text, why));
}

double axis_number(const std::string& part, const std::string& text) {
  char* end = nullptr;
  const double value = std::strtod(part.c_str(), &end);
  if (part.empty() || *end != '\0' || !std::isfinite(value)) {
    bad_axis(text, fmt::format("'{}' is not a number", part));
  }
  return value;
}

std::vector<std::string> split(const std::string& text, char at) {
  std::vector<std::string> parts;
  std::size_t begin = 0;
  for (std::size_t end = 0; end != std::string::npos; begin = end + 1) {
    end = text.find(at, begin);
    parts.push_back(text.substr(begin, end == std::string::npos ? end : end - begin));
  }
  return parts;
}

/// "a.b=1,2,4" or "c.d=0:1:0.1", of which the end belongs to it.
Axis parse_axis(const std::string& text) {
  const std::size_t equals = text.find('=');
  if (equals == std::string::npos || equals == 0) bad_axis(text, "no path and values");
  Axis axis{text.substr(0, equals), {}};
  const std::string values = text.substr(equals + 1);
  const std::vector<std::string> range = split(values, ':');
  if (range.size() == 3) {
    const double from = axis_number(range[0], text), to = axis_number(range[1], text),
                 step = axis_number(range[2], text);
    if (!(step > 0.0) || to < from) bad_axis(text, "it leads nowhere");
    const double n = std::floor((to - from) / step + 1e-9);
    if (n > 10'000) bad_axis(text, "more than 10,000 values");
    for (int i = 0; i <= static_cast<int>(n); ++i) {
      // Fifteen digits: 0.1 three times is 0.3 to a reader.
      axis.values.push_back(fmt::format("{:.15g}", from + i * step));
    }
    return axis;
  }
  for (const std::string& part : split(values, ',')) {
    if (part.empty()) bad_axis(text, "a value is missing");
    axis.values.push_back(part);
  }
  return axis;
}

Comparing plan(const SweepSettings& s, const Common& common) {
  std::vector<Axis> axes;
  axes.reserve(s.set.size());
  std::size_t n = 1;
  for (const std::string& text : s.set) {
    axes.push_back(parse_axis(text));
    n *= axes.back().values.size();
    if (n > 10'000) throw UsageError("sweep: more than 10,000 combinations");
  }
  if (n < 2) throw UsageError("sweep: one value is nothing to compare; see 'casus run --set'");
  const Scenario base = common.load(s.file, parse_edits({}, {}, s.until));
  Comparing work;
  work.title = base->title;
  work.name = s.file;
  for (const auto& input : base.inputs()) work.inputs.emplace_back(input);
  work.worlds.replicates = s.options.runs;
  for (std::size_t i = 0; i < n; ++i) {
    std::vector<Edit> edits(axes.size());
    std::string name;
    std::size_t rest = i;
    for (std::size_t a = axes.size(); a-- > 0; rest /= axes[a].values.size()) {
      edits[a] = {Edit::Kind::set, axes[a].path, axes[a].values[rest % axes[a].values.size()]};
    }
    for (std::size_t a = 0; a < axes.size(); ++a) {
      // The last part of the path tells the axes apart as a rule, and lines stay short.
      const std::string& path = axes[a].path;
      name += fmt::format("{}{}={}", a == 0 ? "" : " ", path.substr(path.rfind('.') + 1),
                          edits[a].yaml);
    }
    work.worlds.policies.push_back({name, base.with(edits)});
  }
  return work;
}

}  // namespace

void add_sweep(CLI::App& program, Common& common, Action& action) {
  auto settings = std::make_shared<SweepSettings>();
  SweepSettings& s = *settings;
  CLI::App& command = *program.add_subcommand(
      "sweep", "Run a scenario at several values, with the same luck, and compare");
  command.add_option("FILE", s.file, "The scenario")->required()->type_name("");
  command.add_option("--set", s.set, "Values of one path: 1,2,4 or FROM:TO:STEP; repeatable")
      ->required()
      ->type_name("PATH=VALUES")
      ->allow_extra_args(false);
  command.add_option("--until", s.until, "End on this date instead")->type_name("DATE");
  add_compare_options(command, s.options, common);
  command.footer(sweep_examples);
  command.callback([settings, &common, &action] {
    action = [settings, &common] {
      return compare_and_report(plan(*settings, common), settings->options, common);
    };
  });
}

}  // namespace casus::cli
