#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <utility>

#include "casus/casebook/schema.h"
#include "casus/casebook/words.h"
#include "casus/core/diagnostics.h"
#include "casus/experiment/calibration_file.h"
#include "casus/experiment/experiment.h"
#include "casus/scenario/reference.h"
#include "casus/scenario/schema.h"
#include "casus/sim/mechanism.h"
#include "casus/why/tell.h"
#include "cli/commands.h"
#include "cli/exit_codes.h"

namespace casus::cli {
namespace {

constexpr const char* docs_examples = R"(Examples:
  casus docs                           the index
  casus docs actors                    what one can say of an actor
  casus docs actors.forces             one key
  casus docs mechanisms.combat         a mechanism, its parameters and their sources
  casus docs events.honour             a kind of event, and what its size counts
  casus docs decisions                 what is drawn; with terms, levels and reasons
  casus docs experiment                every key of experiment files
  casus docs calibration               every key of calibration files
  casus docs case                      every key, word and reason of cases of the law
  casus docs case.rebellion            one of them
  casus docs E0203                     what an error means and how to mend it)";

constexpr const char* schema_examples = R"(Examples:
  casus schema > casus.schema.json
In an editor with a YAML language server, the first line of a scenario can then be
  # yaml-language-server: $schema=casus.schema.json)";

std::vector<std::string> page_names(const Vocabulary& vocabulary) {
  std::vector<std::string> names = reference_pages(vocabulary);
  for (const MechanismInfo& mechanism : vocabulary) names.push_back("mechanisms." + mechanism.name);
  for (const std::string_view code : known_codes()) names.emplace_back(code);
  for (std::string& page : why::pages()) names.push_back(std::move(page));
  return names;
}

/// "case", "case.reasons", "case.place_not_covered".
int case_docs(std::string_view page) {
  const std::string text = casebook::case_reference(page);
  if (text.empty()) {
    std::vector<std::string> names = casebook::case_pages();
    const std::vector<std::string> words = casebook::case_words();
    names.insert(names.end(), words.begin(), words.end());
    const std::string near = nearest(page, names);
    throw UsageError(fmt::format("no page 'case.{}'; {}", page,
                                 near.empty() ? "'casus docs case' has them all"
                                              : fmt::format("did you mean 'case.{}'?", near)));
  }
  say_result(text);
  return exit_ok;
}

int docs(const std::string& path, const Vocabulary& vocabulary) {
  if (path == "experiment") {
    say_result(experiment_reference());
    return exit_ok;
  }
  if (path == "calibration") {
    say_result(calibration_reference());
    return exit_ok;
  }
  if (path == "case") return case_docs("");
  if (path.starts_with("case.")) return case_docs(std::string_view(path).substr(5));
  if (path == "reasons") return case_docs(path);
  if (const std::string text = why::page(path); !text.empty()) {
    say_result(text);
    return exit_ok;
  }
  if (!has_reference(vocabulary, path)) {
    const std::string near = nearest(path, page_names(vocabulary));
    throw UsageError(fmt::format(
        "no page '{}'; {}", path,
        near.empty() ? "'casus docs' lists them all" : fmt::format("did you mean '{}'?", near)));
  }
  std::string page = reference(vocabulary, path);
  if (!page.ends_with('\n')) page += '\n';
  say_result(page);
  return exit_ok;
}

}  // namespace

void add_docs(CLI::App& program, Common& common, Action& action) {
  auto path = std::make_shared<std::string>();
  CLI::App& command =
      *program.add_subcommand("docs", "Explain a section, key, mechanism, parameter or error code");
  command.add_option("PATH", *path, "A page: actors, actors.forces, mechanisms.combat, E0203")
      ->type_name("");
  add_common(command, common);
  command.footer(docs_examples);
  command.callback([path, &common, &action] {
    action = [path, &common] { return docs(*path, common.registry->vocabulary()); };
  });
}

void add_schema(CLI::App& program, Common& common, Action& action) {
  auto cases = std::make_shared<bool>(false);
  auto experiments = std::make_shared<bool>(false);
  auto calibrations = std::make_shared<bool>(false);
  CLI::App& command =
      *program.add_subcommand("schema", "Print the JSON Schema of scenario files (draft-07)");
  command.add_flag("--cases", *cases, "That of files of cases, see 'casus law'");
  command.add_flag("--experiments", *experiments,
                   "That of files of experiments, see 'casus compare'");
  command.add_flag("--calibrations", *calibrations,
                   "That of files of calibrations, see 'casus calibrate'");
  add_common(command, common);
  command.footer(schema_examples);
  command.callback([cases, experiments, calibrations, &common, &action] {
    action = [cases, experiments, calibrations, &common] {
      std::string schema = *cases          ? casebook_schema()
                           : *experiments  ? experiment_schema()
                           : *calibrations ? calibration_schema()
                                           : json_schema(common.registry->vocabulary());
      if (!schema.ends_with('\n')) schema += '\n';
      say_result(schema);
      return exit_ok;
    };
  });
}

}  // namespace casus::cli
