#include "casus/cli/program.h"

#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cctype>
#include <new>
#include <set>
#include <system_error>

#include "casus/core/diagnostics.h"
#include "casus/core/whole_number.h"
#include "casus/output/files.h"
#include "casus/output/version.h"
#include "cli/commands.h"
#include "cli/exit_codes.h"

namespace casus::cli {
namespace {

constexpr const char* about =
    "Casus simulates conflict among states and armed groups bound by pacts of mutual defence.";

constexpr const char* first_steps = R"(First steps:
  casus new tutorial my-first       a small scenario to play with
  casus run my-first/three-states.yaml
                                    200 runs, a table of outcomes, a results folder
  casus docs                        what a scenario file can say

'casus COMMAND --help' tells more about a command.
Exit codes: 0 ok, 1 a bug, 2 usage, 3 invalid scenario, 4 some runs failed,
5 cases decided otherwise than expected, 6 input/output,
71 too little memory or no threads, 130 or 143 interrupted.)";

/// `law` has commands, and files of its own.
bool takes_words(const CLI::App& command) {
  const auto options = command.get_options();
  return std::any_of(options.begin(), options.end(),
                     [](const CLI::Option* o) { return o->get_positional(); });
}

/// Names of options and commands, for suggestions.
std::vector<std::string> command_names(const CLI::App& program) {
  std::vector<std::string> names;
  for (const CLI::App* command : program.get_subcommands({})) names.push_back(command->get_name());
  return names;
}
std::vector<std::string> option_names(const CLI::App& command) {
  std::vector<std::string> names;
  for (const CLI::Option* option : command.get_options()) {
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  }
  return names;
}

std::string with_suggestion(const std::string& text, const std::string& near) {
  return near.empty() ? text : fmt::format("{}; did you mean '{}'?", text, near);
}

/// Every option that takes a whole number, by its name for the value, takes digits alone. What the
/// parser of options makes of "-1", "010" or "" is a number, and another than was meant.
void read_numbers_strictly(CLI::App& command) {
  for (CLI::Option* option : command.get_options()) {
    const std::string named = option->get_type_name();
    const std::string type = named.substr(0, named.find(':'));  // limits may be behind it
    static const std::set<std::string> whole{"N", "RUNS", "DRAWS", "YEAR", "SEED"};
    if (!whole.contains(type)) continue;
    // In front of what the command itself asks of the number.
    option->transform(CLI::Validator(
        [](std::string& text) {
          const WholeNumber number = read_whole(text);
          return number.value ? std::string()
                              : fmt::format("{}; {}", number.problem, number.advice);
        },
        "", "whole number"));
  }
  for (CLI::App* inner : command.get_subcommands({})) read_numbers_strictly(*inner);
}

/// Looks for words that no command and no option has, before the parser complains about something
/// else that follows from them.
void check_words(const CLI::App& program, const std::vector<std::string>& words) {
  const CLI::App* command = &program;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string& word = words[i];
    if (word == "--") return;
    if (word.size() > 2 && word.rfind("--", 0) == 0) {
      const std::size_t equals = word.find('=');
      const std::string name = word.substr(0, equals);
      const CLI::Option* option = command->get_option_no_throw(name);
      if (option == nullptr) {
        throw UsageError(with_suggestion(fmt::format("unknown option '{}'", name),
                                         nearest(name, option_names(*command))));
      }
      if (equals == std::string::npos && option->get_items_expected_min() > 0) ++i;
    } else if (word.size() > 1 && word[0] == '-' &&
               std::isdigit(static_cast<unsigned char>(word[1])) == 0) {
      const CLI::Option* option = command->get_option_no_throw(word.substr(0, 2));
      if (option == nullptr)
        throw UsageError(fmt::format("unknown option '{}'", word.substr(0, 2)));
      if (word.size() == 2 && option->get_items_expected_min() > 0) ++i;
    } else if (const std::vector<std::string> names = command_names(*command); !names.empty()) {
      if (std::find(names.begin(), names.end(), word) == names.end()) {
        if (takes_words(*command)) continue;
        throw UsageError(
            with_suggestion(fmt::format("unknown command '{}'", word), nearest(word, names)));
      }
      command = command->get_subcommand(word);
    }
  }
}

/// The words after the program's name; "help run" becomes "run --help".
std::vector<std::string> command_words(int argc, const char* const* argv) {
  std::vector<std::string> words(argv + std::min(argc, 1), argv + argc);
  if (!words.empty() && words.front() == "help") {
    words.erase(words.begin());
    words.insert(words.begin() + (words.empty() ? 0 : 1), "--help");
  }
  return words;
}

/// Help for the command that was named, or the command of a command.
std::string help_of_chosen(const CLI::App& program) {
  const CLI::App* chosen = &program;
  std::string before;
  for (auto next = chosen->get_subcommands(); !next.empty(); next = chosen->get_subcommands()) {
    before += (before.empty() ? "" : " ") + chosen->get_name();
    chosen = next.front();
  }
  return chosen->help(before);
}

/// A file that cannot be read at all is a matter of input and output, not of its contents.
bool is_unreadable(const ScenarioError& e) {
  return std::all_of(e.diagnostics().begin(), e.diagnostics().end(),
                     [](const Diagnostic& d) { return d.code == "E0100" && d.where.line == 0; });
}

int parse_and_run(int argc, const char* const* argv, Common& common) {
  CLI::App program(about, "casus");
  Action action;
  program.set_version_flag("--version",
                           fmt::format("casus {} ({}, {})", version(), compiler(), build_type()),
                           "Print the version and exit");
  program.set_help_flag("-h,--help", "Print this help and exit");
  program.require_subcommand(1);
  program.footer(first_steps);
  const auto formatter = std::make_shared<CLI::Formatter>();
  formatter->column_width(28);
  formatter->label("Subcommands", "Commands");
  formatter->label("SUBCOMMAND", "COMMAND");
  formatter->label("Positionals", "Arguments");
  formatter->label("REQUIRED", "");
  program.formatter(formatter);
  common.arguments = {argv, argv + argc};
#define CASUS_ADD(name) add_##name(program, common, action);
  CASUS_COMMANDS(CASUS_ADD)
#undef CASUS_ADD
  read_numbers_strictly(program);

  std::vector<std::string> words = command_words(argc, argv);
  if (words.empty()) {
    say(program.help());
    return exit_usage;
  }
  check_words(program, words);
  try {
    std::reverse(words.begin(), words.end());  // as CLI11 takes a vector
    program.parse(words);
  } catch (const CLI::CallForHelp&) {
    say_result(help_of_chosen(program));
    return exit_ok;
  } catch (const CLI::CallForVersion& e) {
    say_result(std::string(e.what()) + "\n");
    return exit_ok;
  } catch (const CLI::ParseError& e) {
    throw UsageError(e.what());
  }
  return action();
}

int report(const std::string& text, bool color, int code) {
  say(fmt::format("{}casus:{} {}\n", color ? "\x1b[1;31m" : "", color ? "\x1b[0m" : "", text));
  return code;
}

int run_program(int argc, const char* const* argv, const Registry& registry,
                const std::vector<OwnOutcome>& outcomes, RunPlaces* places) {
  Common common;
  common.places = places;
  common.registry = &registry;
  common.outcomes = outcomes;
  const auto color = [&] { return common.color_on(STDERR_FILENO); };
  try {
    registry.vocabulary();
  } catch (const std::bad_alloc&) {
    return report("there is too little memory for this", color(), exit_resources);
  } catch (const std::exception& e) {
    return report(fmt::format("a mechanism of this program cannot be made: {}", e.what()), color(),
                  exit_failed);
  }
  try {
    return parse_and_run(argc, argv, common);
  } catch (const UsageError& e) {
    return report(std::string(e.what()) + "\nSee 'casus --help' or 'casus COMMAND --help'.",
                  color(), exit_usage);
  } catch (const ScenarioError& e) {
    say(render(e.diagnostics(), color()) + "\n");
    return is_unreadable(e) ? exit_io : exit_invalid;
  } catch (const OutputError& e) {
    say(render(e.diagnostic(), color()) + "\n");
    return exit_io;
  } catch (const SimulationError& e) {
    return report(e.what(), color(), exit_failed);
  } catch (const std::bad_alloc&) {
    return report("there is too little memory for this", color(), exit_resources);
  } catch (const std::system_error& e) {
    const bool threads = e.code() == std::errc::resource_unavailable_try_again;
    return report(threads ? fmt::format("the system gives no more threads ({}): there is a limit "
                                        "on them, or too little memory; ask for fewer with -j",
                                        e.what())
                          : std::string(e.what()),
                  color(), threads ? exit_resources : exit_io);
  } catch (const std::exception& e) {
    return report(
        fmt::format("internal error: {}\nThis is a bug; please report it with the command "
                    "that shows it.",
                    e.what()),
        color(), exit_bug);
  }
}

}  // namespace

int go_on_with(const std::vector<std::string>& arguments, const Common& common,
               const Common::Resumed& resumed) {
  std::vector<const char*> argv;
  argv.reserve(arguments.size());
  for (const std::string& word : arguments) argv.push_back(word.c_str());
  Common again;
  again.color = common.color;
  again.quiet = common.quiet;
  again.verbose = common.verbose;
  again.json = common.json;
  again.registry = common.registry;
  again.outcomes = common.outcomes;
  again.places = common.places;
  again.resumed = resumed;
  return parse_and_run(static_cast<int>(argv.size()), argv.data(), again);
}

}  // namespace casus::cli

namespace casus {

int program(int argc, const char* const* argv, const Registry& registry,
            const std::vector<OwnOutcome>& outcomes, RunPlaces* places) {
  return cli::run_program(argc, argv, registry, outcomes, places);
}

}  // namespace casus
