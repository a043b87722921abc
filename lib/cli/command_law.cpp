#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>
#include <numeric>

#include "casus/casebook/opinion.h"
#include "casus/casebook/readings.h"
#include "casus/core/diagnostics.h"
#include "casus/output/version.h"
#include "cli/commands.h"
#include "cli/exit_codes.h"
#include "cli/law_page.h"

namespace casus::cli {
namespace {

using Json = nlohmann::ordered_json;
using casebook::LegalCase;
using casebook::Opinion;
using casebook::StepOpinion;

constexpr const char* law_examples = R"(Examples:
  casus law my-cases.yaml                    the opinion on each case, stage by stage
  casus law my-cases.yaml --case ultimatum   on one of them
  casus law tests/casebook --summary         a whole folder, only what differs
  casus law my-cases.yaml --json
  casus law my-cases.yaml --html cases.html  a page to read, to print, to send
  casus law my-cases.yaml --doctrines all    under every reading of what is contested
  casus law my-cases.yaml --doctrine regional_force=council    under one
  casus law sheet scenarios/sahel/baseline.yaml --pact aes     a treaty as a lawyer would read it
  casus law gaps scenarios/sahel/baseline.yaml                 what falls between its articles
  casus law diff before.yaml after.yaml                        what changed from one to the next
  casus law draft scenarios/treaties/rio.yaml                  what would close a gap

Exit codes: 0 all as expected, 3 an invalid file, 5 some cases differ.
The format is described in docs/casebook.md.)";

struct LawOptions {
  std::vector<std::string> paths;
  std::vector<std::string> cases;
  std::vector<std::string> doctrines;  ///< to be read in every way; "all"
  std::vector<std::string> doctrine;   ///< question=reading
  std::string html;                    ///< where a page goes; empty: text
  bool summary = false;
};

/// The question of that name; complains with the nearest.
std::size_t question_named(const std::string& name) {
  const auto all = law::questions();
  std::vector<std::string> names;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all[i].name == name) return i;
    names.emplace_back(all[i].name);
  }
  throw UsageError(
      fmt::format("no contested question '{}'; there are {}", name, fmt::join(names, ", ")));
}

std::vector<std::size_t> questions_of(const std::vector<std::string>& names) {
  std::vector<std::size_t> out;
  for (const std::string& name : names) {
    if (name == "all") {
      out.resize(law::questions().size());
      std::iota(out.begin(), out.end(), std::size_t{0});
      return out;
    }
    const std::size_t q = question_named(name);
    if (std::find(out.begin(), out.end(), q) == out.end()) out.push_back(q);
  }
  std::sort(out.begin(), out.end());
  return out;
}

/// `question=reading`, for every step of the case.
void read_by(const std::vector<std::string>& doctrine, LegalCase& c) {
  for (const std::string& item : doctrine) {
    const std::size_t equals = item.find('=');
    if (equals == std::string::npos) {
      throw UsageError(fmt::format("'{}' is not of the form question=reading", item));
    }
    const law::Question& q = law::questions()[question_named(item.substr(0, equals))];
    const std::string word = item.substr(equals + 1);
    std::size_t reading = 0;
    std::vector<std::string_view> words;
    for (const law::Reading& r : q.readings) words.push_back(r.name);
    while (reading < words.size() && words[reading] != word) ++reading;
    if (reading == words.size()) {
      throw UsageError(fmt::format("'{}' is not a reading of '{}'; there are {}", word, q.name,
                                   fmt::join(words, ", ")));
    }
    for (casebook::Step& step : c.steps) {
      q.set(step.situation.settings.doctrines, static_cast<std::uint8_t>(reading));
    }
  }
}

Json readings_json(const std::string& file, const LegalCase& c,
                   const casebook::Readings& readings) {
  Json turns = Json::array(), answers = Json::array();
  for (const std::size_t q : readings.turns_on) turns.push_back(law::questions()[q].name);
  for (const casebook::ReadAnswer& a : readings.answers) {
    Json switches = Json::object();
    for (const casebook::Switch& s : a.switches) {
      const law::Question& q = law::questions()[s.question];
      switches[std::string(q.name)] = q.readings[s.reading].name;
    }
    answers.push_back({{"doctrine", switches}, {"follows", a.follows}});
  }
  return {{"file", file},     {"line", c.at.where.line}, {"case", c.name},
          {"title", c.title}, {"turns_on", turns},       {"answers", answers}};
}

struct LawTotals {
  std::size_t cases = 0, differing = 0, bad_files = 0;
  std::size_t turning = 0;     ///< cases that turn on a doctrine
  bool all_unreadable = true;  ///< of the bad files
};

/// Names of the parties and pacts of a step, for JSON.
class StepJson {
 public:
  StepJson(const casebook::Step& step, const StepOpinion& opinion) : step_(step), out_(opinion) {}

  Json run() const {
    const law::Resolution& r = out_.resolution;
    Json verdicts = Json::array(), commitments = Json::array(), breaches = Json::array(),
         conflicts = Json::array(), at_war = Json::array(), acts = Json::array(),
         changes = Json::array();
    for (std::size_t i = 0; i < out_.changes.size(); ++i) {
      changes.push_back({{"pact", pact(step_.changes[i].pact)},
                         {"done", out_.changes[i].done},
                         {"reason", name(out_.changes[i].reason)},
                         {"effective", to_string(out_.changes[i].effective)}});
    }
    for (const law::Act& a : r.acts) {
      acts.push_back({{"act", name(a.kind)},
                      {"by", party(a.author)},
                      {"against", party(a.victim)},
                      {"date", to_string(a.date)},
                      {"posture", name(a.posture)}});
    }
    for (std::size_t i = 0; i < out_.acts.size(); ++i) {
      acts[out_.acts[i]]["name"] = step_.acts[i].name;
    }
    for (const law::Verdict& v : r.verdicts) verdicts.push_back(verdict(v));
    for (const std::uint32_t i : out_.contested) verdicts[i]["contested"] = true;
    for (const law::Commitment& c : r.commitments) {
      commitments.push_back({{"member", party(c.member)},
                             {"beneficiary", party(c.beneficiary)},
                             {"against", party(c.against)},
                             {"level", name(c.level)},
                             {"pact", pact(c.pact)},
                             {"article", article(c.pact, c.article)},
                             {"act", c.act},
                             {"delay_days", c.delay_days},
                             {"people", c.people},
                             {"enforcement", c.enforcement},
                             {"pending", c.pending}});
    }
    for (const law::Breach& b : r.breaches) {
      breaches.push_back({{"kind", casebook::breach_names()[static_cast<std::size_t>(b.kind)]},
                          {"member", party(b.member)},
                          {"towards", party(b.towards)},
                          {"pact", pact(b.pact)},
                          {"article", article(b.pact, b.article)},
                          {"act", index(b.act)},
                          {"date", to_string(b.date)},
                          {"excused", b.excused}});
    }
    for (const law::Conflict& c : r.conflicts) {
      conflicts.push_back(
          {{"kind", casebook::conflict_names()[static_cast<std::size_t>(c.kind)]},
           {"decided_by", casebook::decision_names()[static_cast<std::size_t>(c.decided_by)]},
           {"member", party(c.member)},
           {"first", pact(c.first)},
           {"second", pact(c.second)},
           {"chosen", party(c.chosen)},
           {"act", c.act}});
    }
    for (const auto& [a, b] : out_.at_war) at_war.push_back({party(a), party(b)});
    return {{"title", step_.title},    {"changes", changes},         {"acts", acts},
            {"verdicts", verdicts},    {"commitments", commitments}, {"breaches", breaches},
            {"conflicts", conflicts},  {"at_war", at_war},           {"waves", r.waves},
            {"decisions", r.decisions}};
  }

 private:
  Json party(ActorId a) const {
    return a.valid() ? Json(step_.situation.parties[a.row()].name) : Json();
  }
  static Json index(std::uint32_t i) { return i == law::no_index ? Json() : Json(i); }
  Json pact(PactId p) const { return p.valid() ? Json(out_.pacts[p.row()].id) : Json(); }
  Json article(PactId p, ArticleId a) const {
    if (!p.valid() || !a.valid()) return {};
    return out_.pacts[p.row()].articles[a.row()].id;
  }
  Json text(PactId p, ArticleId a) const {
    if (!p.valid() || !a.valid()) return {};
    const std::string& words = out_.pacts[p.row()].articles[a.row()].text;
    return words.empty() ? Json() : Json(words);
  }
  Json verdict(const law::Verdict& v) const {
    return {{"stage", name(v.stage)},
            {"answer", v.yes},
            {"reason", name(v.reason)},
            {"in_words", casebook::in_words(v.reason)},
            {"pact", pact(v.pact)},
            {"article", article(v.pact, v.article)},
            {"text", text(v.pact, v.article)},
            {"member", party(v.member)},
            {"towards", party(v.towards)},
            {"level", name(v.level)},
            {"act", index(v.act)},
            {"cause", index(v.cause)},
            {"wave", v.wave},
            {"probability", v.probability},
            {"delay_days", v.delay_days}};
  }

  const casebook::Step& step_;
  const StepOpinion& out_;
};

Json case_json(const std::string& file, const LegalCase& c, const Opinion& opinion) {
  Json steps = Json::array(), differences = Json::array();
  for (std::size_t i = 0; i < c.steps.size(); ++i) {
    steps.push_back(StepJson(c.steps[i], opinion.steps[i]).run());
  }
  for (const Diagnostic& d : opinion.differences()) {
    differences.push_back({{"file", d.where.file},
                           {"line", d.where.line},
                           {"column", d.where.column},
                           {"message", d.message}});
  }
  return {{"file", file},
          {"line", c.at.where.line},
          {"case", c.name},
          {"title", c.title},
          {"chapter", casebook::chapter_names()[static_cast<std::size_t>(c.chapter)]},
          {"instrument", c.instrument},
          {"errors", c.errors},
          {"as_expected", opinion.as_expected()},
          {"differences", std::move(differences)},
          {"steps", std::move(steps)}};
}

void decide_file(const std::string& file, const LawOptions& options, const Common& common,
                 LawTotals& totals, Json& results, Document& page) {
  const casebook::Casebook book = casebook::load(file, common.read_limits());
  const std::vector<std::size_t> questions = questions_of(options.doctrines);
  for (LegalCase c : book.cases) {
    if (!options.cases.empty() &&
        std::find(options.cases.begin(), options.cases.end(), c.name) == options.cases.end()) {
      continue;
    }
    read_by(options.doctrine, c);
    if (!questions.empty()) {
      const casebook::Readings readings = casebook::read_under(c, questions);
      ++totals.cases;
      if (!readings.turns_on.empty()) ++totals.turning;
      if (common.json) {
        results.push_back(readings_json(file, c, readings));
      } else if (!options.summary || !readings.turns_on.empty()) {
        say_result(casebook::write_readings(c, readings) + "\n");
      }
      continue;
    }
    const Opinion opinion = casebook::decide(c);
    ++totals.cases;
    if (!opinion.as_expected()) ++totals.differing;
    if (common.json) {
      results.push_back(case_json(file, c, opinion));
    } else if (!options.html.empty()) {
      if (!options.summary || !opinion.as_expected()) add_opinion(c, opinion, page);
    } else if (!options.summary) {
      say_result(casebook::write_opinion(c, opinion) + "\n");
    } else if (!opinion.as_expected()) {
      say_result(render(opinion.differences(), common.color_on(STDOUT_FILENO)) + "\n");
    }
  }
}

int law(const LawOptions& options, const Common& common) {
  if (options.paths.empty()) throw UsageError("FILE is missing; 'casus law --help' says more");
  if (!options.html.empty() && (common.json || !options.doctrines.empty())) {
    throw UsageError("--html gives opinions: it goes with neither --json nor --doctrines");
  }
  LawTotals totals;
  Json results = Json::array();
  Document page;
  for (const std::string& file : casebook::find_files(options.paths)) {
    try {
      decide_file(file, options, common, totals, results, page);
    } catch (const ScenarioError& e) {
      ++totals.bad_files;
      for (const Diagnostic& d : e.diagnostics()) {
        if (d.code != "E0100" || d.where.line > 0) totals.all_unreadable = false;
      }
      say(render(e.diagnostics(), common.color_on(STDERR_FILENO)) + "\n");
    }
  }
  if (totals.cases == 0 && totals.bad_files == 0) throw UsageError("there is no such case");
  if (!options.html.empty() && totals.cases > 0) {
    page.title = totals.cases == 1 ? "An opinion" : "Opinions";
    page.facts = fmt::format("{} · {} as expected · Casus {}", counted(totals.cases, "case"),
                             totals.cases - totals.differing, version());
    write_page(options.html, page, common.quiet);
  }
  if (common.json) {
    say_result(Json{{"cases", totals.cases},
                    {"differing", totals.differing},
                    {"results", std::move(results)}}
                   .dump(2, ' ', false, Json::error_handler_t::replace) +
               "\n");
  } else if (!common.quiet && !options.doctrines.empty()) {
    say(fmt::format("{} read, {} turn on a doctrine\n", counted(totals.cases, "case"),
                    totals.turning));
  } else if (!common.quiet) {
    say(fmt::format("{} decided, {} as expected, {} not\n", counted(totals.cases, "case"),
                    totals.cases - totals.differing, totals.differing));
  }
  if (totals.bad_files > 0) return totals.all_unreadable ? exit_io : exit_invalid;
  return totals.differing > 0 ? exit_unmet : exit_ok;
}

}  // namespace

void add_law(CLI::App& program, Common& common, Action& action) {
  auto options = std::make_shared<LawOptions>();
  CLI::App& command =
      *program.add_subcommand("law", "Decide cases of the law of pacts, stage by stage");
  command.add_option("FILE", options->paths, "Files of cases, or folders of such files");
  command.add_option("--case", options->cases, "Only cases of this name (repeatable)")
      ->type_name("NAME");
  command.add_flag("--summary", options->summary,
                   "Print only what differs; with --doctrines only cases that turn on one");
  command
      .add_option("--doctrines", options->doctrines,
                  "Read contested questions in every way and print on which the answer turns: "
                  "'all', or some (casus docs case.doctrine)")
      ->delimiter(',')
      ->type_name("QUESTION,...");
  command
      .add_option("--doctrine", options->doctrine,
                  "Read a contested question so, whatever the case says (repeatable)")
      ->type_name("QUESTION=READING");
  add_html_option(command, options->html,
                  "Write a page to look at in place of text, complete in one file");
  command.add_flag("--json", common.json, "Print JSON on the standard output");
  add_common(command, common);
  command.footer(law_examples);
  add_law_sheet(command, common, action);
  add_law_gaps(command, common, action);
  add_law_diff(command, common, action);
  add_law_draft(command, common, action);
  command.callback([options, &command, &common, &action] {
    if (!command.get_subcommands().empty()) return;
    action = [options, &common] { return law(*options, common); };
  });
}

}  // namespace casus::cli
