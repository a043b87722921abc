#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>
#include <set>
#include <utility>

#include "casus/treaties/diff.h"
#include "cli/commands.h"
#include "cli/exit_codes.h"
#include "cli/treaty_options.h"

namespace casus::cli {
namespace {

using Json = nlohmann::ordered_json;
using treaties::Difference;
using treaties::Treaties;

constexpr const char* diff_examples = R"(Examples:
  casus law diff draft.yaml amended.yaml
  casus law diff scenario.yaml scenario.yaml --pact-a ecowas_1981 --pact-b ecowas
  casus law diff old.yaml new.yaml --json

Without --pact-a and --pact-b, treaties of one name are compared, or the only one with the only one.
Names and titles of the treaties themselves do not count as a difference.)";

struct DiffOptions {
  std::string before, after, pact_before, pact_after;
};

std::string title(const Treaties& t, std::size_t row) {
  const law::Pact& p = t.pacts[row];
  return p.title.empty() || p.title == p.id ? p.id : fmt::format("{} ({})", p.title, p.id);
}

using Rows = std::pair<std::size_t, std::size_t>;

std::vector<Rows> pairs(const DiffOptions& o, const Treaties& a, const Treaties& b) {
  const bool single = a.pacts.size() == 1 && b.pacts.size() == 1;
  if (single || !o.pact_before.empty() || !o.pact_after.empty()) {
    // A name that is given for one of them is meant for both, if it is not given for the other.
    const std::string& first = o.pact_before.empty() && !single ? o.pact_after : o.pact_before;
    const std::string& second = o.pact_after.empty() && !single ? o.pact_before : o.pact_after;
    return {{one_pact(a, first, "--pact-a"), one_pact(b, second, "--pact-b")}};
  }
  std::vector<Rows> out;
  for (const std::size_t x : treaties::by_name(a.pacts)) {
    for (const std::size_t y : treaties::by_name(b.pacts)) {
      if (a.pacts[x].id == b.pacts[y].id) out.emplace_back(x, y);
    }
  }
  if (out.empty()) {
    throw UsageError(
        fmt::format("'{}' and '{}' have no pact of one name; choose with --pact-a and "
                    "--pact-b",
                    a.file, b.file));
  }
  return out;
}

/// Names that the other does not have.
std::vector<std::string> only_in(const Treaties& a, const Treaties& b) {
  std::set<std::string> names;
  for (const law::Pact& p : a.pacts) names.insert(p.id);
  for (const law::Pact& p : b.pacts) names.erase(p.id);
  return {names.begin(), names.end()};
}

Json difference_json(const Treaties& a, const Treaties& b, const Rows& rows, const Difference& d) {
  const auto or_null = [](const std::string& text) { return text.empty() ? Json() : Json(text); };
  Json text = Json::array(), verdicts = Json::array();
  for (const treaties::TextChange& c : d.text) {
    text.push_back({{"part", c.part},
                    {"key", or_null(c.key)},
                    {"before", or_null(c.before)},
                    {"after", or_null(c.after)}});
  }
  for (const treaties::VerdictChange& v : d.verdicts) {
    verdicts.push_back({{"acts", v.acts}, {"before", v.before}, {"after", v.after}});
  }
  return {{"before", a.pacts[rows.first].id},
          {"after", b.pacts[rows.second].id},
          {"text", std::move(text)},
          {"verdicts", std::move(verdicts)}};
}

int law_diff(const DiffOptions& o, const Common& common) {
  const Vocabulary& vocabulary = common.registry->vocabulary();
  const Treaties a = treaties::load_treaties(o.before, vocabulary, common.read_limits());
  const Treaties b = treaties::load_treaties(o.after, vocabulary, common.read_limits());
  const std::vector<Rows> compared = pairs(o, a, b);
  const bool by_name =
      o.pact_before.empty() && o.pact_after.empty() && (a.pacts.size() > 1 || b.pacts.size() > 1);
  const std::vector<std::string> gone = by_name ? only_in(a, b) : std::vector<std::string>();
  const std::vector<std::string> added = by_name ? only_in(b, a) : std::vector<std::string>();
  Json all = Json::array();
  bool differ = !gone.empty() || !added.empty();
  std::string text;
  for (const Rows& rows : compared) {
    const Difference d = treaties::diff(a, rows.first, b, rows.second);
    if (d.none()) continue;
    differ = true;
    all.push_back(difference_json(a, b, rows, d));
    const std::string first = title(a, rows.first), second = title(b, rows.second);
    text += (text.empty() ? "" : "\n") +
            (first == second ? first : fmt::format("From {} to {}", first, second)) + "\n" +
            treaties::write(d);
  }
  for (const std::string& name : gone) text += fmt::format("Gone: {}\n", name);
  for (const std::string& name : added) text += fmt::format("New: {}\n", name);
  if (common.json) {
    text = Json{{"differ", differ}, {"gone", gone}, {"new", added}, {"pacts", std::move(all)}}.dump(
               2, ' ', false, Json::error_handler_t::replace) +
           "\n";
  }
  say_result(text);
  return exit_ok;
}

}  // namespace

void add_law_diff(CLI::App& law, Common& common, Action& action) {
  auto options = std::make_shared<DiffOptions>();
  CLI::App& command = *law.add_subcommand(
      "diff", "What changed from one treaty to the next, in words and verdicts");
  command.add_option("A", options->before, "A scenario or a file of cases: before")->required();
  command.add_option("B", options->after, "The same: after")->required();
  command.add_option("--pact-a", options->pact_before, "The treaty of A")->type_name("NAME");
  command.add_option("--pact-b", options->pact_after, "The treaty of B")->type_name("NAME");
  command.add_flag("--json", common.json, "Print JSON on the standard output");
  add_read_limit(command, common);
  add_common(command, common);
  command.footer(diff_examples);
  command.callback([options, &common, &action] {
    action = [options, &common] { return law_diff(*options, common); };
  });
}

}  // namespace casus::cli
