#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "report/parts.h"
#include "report/text.h"

namespace casus::report {
namespace {

std::string item(const std::string& term, const std::string& text) {
  return text.empty() ? std::string() : fmt::format("<dt>{}</dt><dd>{}</dd>\n", html(term), text);
}

std::string code(const std::string& text) {
  return text.empty() ? std::string() : "<code>" + html(text) + "</code>";
}

/// "28 November 2026, 22:31 UTC" of "2026-11-28T22:31:23Z".
std::string moment(const std::string& iso) {
  const auto date = iso.size() == 20 ? parse_date(iso.substr(0, 10)) : std::nullopt;
  return date ? fmt::format("{}, {} UTC", long_date(*date), iso.substr(11, 5)) : iso;
}

std::string failures(const ReportData& data) {
  std::string text;
  std::size_t finished = 0, failed = 0;
  for (const ReportArm& arm : data.arms) {
    finished += arm.finished;
    failed += arm.failures.size();
  }
  if (failed == 0) return fmt::format("<p>None of {} failed.</p>\n", count(finished, "run"));
  text = fmt::format(
      "<p class=\"warn\"><strong>{} of {} failed</strong> and are in no figure above. If what "
      "fails "
      "is special, so are the figures.</p>\n<ul>\n",
      failed, count(finished, "run"));
  constexpr std::size_t most = 5;
  std::size_t told = 0;
  for (const ReportArm& arm : data.arms) {
    for (const ReportFailure& f : arm.failures) {
      if (told++ >= most) continue;
      text += fmt::format("<li>Run {}: {}{}</li>\n", f.run, html(f.what),
                          f.replay.empty() ? "" : "<br>" + code(f.replay));
    }
  }
  if (told > most) text += fmt::format("<li>and {} more: failures.jsonl</li>\n", told - most);
  return text + "</ul>\n";
}

}  // namespace

std::string trust_part(const ReportData& data) {
  const ReportProvenance& p = data.provenance;
  std::string text = "<section id=\"trust\">\n<h2>How far to trust it</h2>\n" + failures(data);
  for (const ReportArm& arm : data.arms) {
    if (arm.finished >= arm.planned) continue;
    text += fmt::format(
        "<p class=\"warn\">{}{} of {} were made{}; what is here rests on those.</p>\n",
        arm.name.empty() ? "" : html(arm.title.empty() ? arm.name : arm.title) + ": ", arm.finished,
        count(arm.planned, "run"), arm.interrupted ? " before it was interrupted" : "");
  }
  text += "<h3>What it does not say</h3>\n";
  for (const std::string& lack : data.lacking) {
    text += fmt::format("<p class=\"warn\">This page does not say {}.</p>\n", html(lack));
  }
  if (!data.limits.empty()) text += fmt::format("<p>{}</p>\n", html(data.limits));
  text +=
      "<p>The intervals are of chance within the model: they say how far another set of runs might "
      "differ, and nothing of how far the model is from the world. What the numbers going in rest "
      "on "
      "is in the sources below.</p>\n";
  text += "<h3>Do it again</h3>\n<dl>\n";
  text += item("Command", code(p.command));
  text += item("One run, event by event",
               data.arms.size() > 1 || data.arms.front().runs.empty() || p.folder.empty()
                   ? ""
                   : code(fmt::format("casus replay {} --run {}", p.folder,
                                      data.arms.front().runs.front())));
  text += item("Seed", std::to_string(p.seed));
  text += item("Scenario", html(p.scenario_file));
  text += item("Results", html(p.folder));
  text +=
      item("Casus",
           html(fmt::format("{}{}{}", p.version, p.compiler.empty() ? "" : ", ",
                            p.compiler.empty() ? "" : fmt::format("{}, {}", p.compiler, p.build))));
  text += item("Made", html(moment(p.finished)));
  text += "</dl>\n";
  if (!p.inputs.empty()) {
    text +=
        "<details><summary>What went in, with its SHA-256</summary><div class=\"wide\"><table "
        "id=\"t-inputs\"><tbody>\n";
    for (const auto& [file, digest] : p.inputs) {
      text += fmt::format("<tr><th scope=\"row\">{}</th><td><code>{}</code></tr>\n", html(file),
                          html(digest));
    }
    text += "</tbody></table></div></details>\n";
  }
  if (!data.sources.empty()) {
    text += "<details><summary>Sources</summary><dl>\n";
    for (const auto& [key, title] : data.sources) text += item(key, html(title));
    text += "</dl></details>\n";
  }
  return text + "</section>\n";
}

}  // namespace casus::report
