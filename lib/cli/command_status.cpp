#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>

#include "casus/output/results.h"
#include "casus/output/work.h"
#include "cli/commands.h"
#include "cli/exit_codes.h"

namespace casus::cli {
namespace {

constexpr const char* status_examples = R"(Examples:
  casus status results/sahel-baseline-1

It only reads, and can be asked while the program that writes is at work.)";

/// What the manifest says, and what has become of it.
std::string state_in_words(const RecordedResults& r) {
  if (!r.writer.empty()) return "running";
  if (r.state == "running") return "killed";
  return r.state;
}

int status_of_work(const std::string& folder, const BegunWork& begun, const Common& common) {
  const std::string state = !begun.writer.empty()      ? "running"
                            : begun.state == "running" ? "killed"
                                                       : begun.state;
  const bool resumable = state == "killed" || state == "interrupted";
  if (common.json) {
    nlohmann::ordered_json json{{"results", folder},        {"state", state},
                                {"planned", begun.planned}, {"finished", begun.finished},
                                {"seed", begun.seed},       {"resumable", resumable}};
    if (begun.planned == 0) json.erase("planned");
    if (!begun.writer.empty()) json["writer"] = begun.writer;
    say_result(json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n");
    return exit_ok;
  }
  std::string text = fmt::format("{}: {}, {}", folder, state, counted(begun.finished, begun.part));
  if (begun.planned > 0) text += fmt::format(" of {}", begun.planned);
  text += fmt::format("\nseed {}\n", begun.seed);
  if (!begun.writer.empty()) text += "written by " + begun.writer + "\n";
  if (resumable) text += fmt::format("To go on: casus resume {}\n", folder);
  say_result(text);
  return exit_ok;
}

int status(const std::string& folder, const Common& common) {
  if (const auto begun = begun_work(folder)) {
    return status_of_work(folder, *begun, common);
  }
  const RecordedResults r = read_results(folder);
  const auto failed = static_cast<std::size_t>(
      std::count_if(r.runs.begin(), r.runs.end(), [](const RecordedRun& x) { return !x.ok; }));
  const std::string state = state_in_words(r);
  if (common.json) {
    nlohmann::ordered_json json{{"results", r.folder},
                                {"state", state},
                                {"planned", r.planned},
                                {"finished", r.runs.size()},
                                {"failed", failed},
                                {"first_run", r.first_run},
                                {"seed", r.seed},
                                {"build", r.build},
                                {"resumable", state != "complete" && state != "running"}};
    if (!r.writer.empty()) json["writer"] = r.writer;
    if (!r.error.empty()) json["error"] = r.error;
    say_result(json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n");
    return exit_ok;
  }
  std::string text =
      fmt::format("{}: {}, {} of {}", r.folder, state, r.runs.size(), counted(r.planned, "run"));
  if (failed > 0) text += fmt::format(", {} failed", failed);
  if (r.shard) text += fmt::format("; part {} of {}", r.shard->index, r.shard->of);
  text += fmt::format("\nseed {}, {}\n", r.seed, r.build);
  if (!r.writer.empty()) text += "written by " + r.writer + "\n";
  if (!r.error.empty()) text += r.error + "\n";
  if (state != "complete" && state != "running") {
    text += fmt::format("To go on: casus resume {}\n", r.folder);
  }
  say_result(text);
  return exit_ok;
}

}  // namespace

void add_status(CLI::App& program, Common& common, Action& action) {
  auto folder = std::make_shared<std::string>();
  CLI::App& command = *program.add_subcommand("status", "Say how far results are");
  command.add_option("RESULTS", *folder, "A results folder")->required()->type_name("");
  command.add_flag("--json", common.json, "Print JSON");
  add_common(command, common);
  command.footer(status_examples);
  command.callback([folder, &common, &action] {
    action = [folder, &common] { return status(*folder, common); };
  });
}

}  // namespace casus::cli
