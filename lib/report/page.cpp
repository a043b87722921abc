#include <fmt/format.h>

#include <array>
#include <cstdint>

#include "casus/core/contracts.h"
#include "casus/output/sha256.h"
#include "report/assets.h"
#include "report/parts.h"
#include "report/text.h"

namespace casus {
namespace report {
namespace {

/// The SHA-256 of what stands between its tags, as a policy names it.
std::string policy_hash(std::string_view text) {
  constexpr std::string_view digits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const std::string hex = sha256(text);
  std::array<std::uint32_t, 33> bytes{};  // one more than there are, so that they come in threes
  const auto value = [](char c) {
    return static_cast<std::uint32_t>(c <= '9' ? c - '0' : c - 'a' + 10);
  };
  for (std::size_t i = 0; i < 32; ++i) bytes[i] = value(hex[2 * i]) * 16 + value(hex[2 * i + 1]);
  std::string out;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const std::uint32_t three = bytes[i] << 16U | bytes[i + 1] << 8U | bytes[i + 2];
    for (const unsigned shift : {18U, 12U, 6U, 0U}) out += digits[(three >> shift) & 63U];
  }
  out.back() = '=';
  return "'sha256-" + out + "'";
}

std::string facts(const ReportData& data) {
  std::size_t runs = 0;
  for (const ReportArm& arm : data.arms) runs += arm.runs.size();
  std::string text = count(runs, "run");
  if (data.arms.size() > 1) text += " of " + count(data.arms.size(), "policy");
  if (data.arms.size() > 1) text.replace(text.rfind("policys"), 7, "policies");
  if (data.end > data.start) {
    text += " · " + long_date(data.start) + " to " + long_date(data.end);
  }
  text += fmt::format(" · seed {} · Casus {}", data.provenance.seed, data.provenance.version);
  return text;
}

std::string contents(const std::string& body) {
  struct Part {
    const char *id, *title;
  };
  constexpr std::array<Part, 8> parts{{{"answer", "Answer"},
                                       {"outcomes", "Outcomes"},
                                       {"time", "Over time"},
                                       {"map", "Map"},
                                       {"promises", "Promises"},
                                       {"why", "Why"},
                                       {"matters", "What matters"},
                                       {"trust", "Trust"}}};
  std::string text = "<nav aria-label=\"Parts\">";
  for (const Part& part : parts) {
    if (body.find(fmt::format("<section id=\"{}\">", part.id)) == std::string::npos) continue;
    text += fmt::format("<a href=\"#{}\">{}</a> ", part.id, part.title);
  }
  return text + "</nav>\n";
}

void check(const ReportData& data) {
  CASUS_EXPECTS(!data.arms.empty(), "a report of nothing");
  for (const ReportArm& arm : data.arms) {
    CASUS_EXPECTS(arm.summaries.size() == data.outcomes.size() &&
                      arm.values.size() == data.outcomes.size() &&
                      arm.times.size() == data.outcomes.size(),
                  "a policy without all outcomes");
  }
}

}  // namespace

std::string whole_page(const std::string& title, const std::string& header, const std::string& main,
                       const std::string& drawing) {
  const bool drawn = !drawing.empty() && reports_have_charts();
  const std::string scripts =
      drawn ? policy_hash(library_text) + " " + policy_hash(script_text) : "'none'";
  std::string page = fmt::format(
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta "
      "http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src {}; "
      "style-src {}; base-uri 'none'; form-action 'none'\">\n<meta name=\"viewport\" "
      "content=\"width=device-width, initial-scale=1\">\n<meta name=\"referrer\" "
      "content=\"no-referrer\">\n<meta name=\"color-scheme\" content=\"light dark\">\n"
      "<title>{}</title>\n<style>{}</style>\n</head>\n<body>\n",
      scripts, policy_hash(style_text), html(title), style_text);
  page += "<a class=\"skip\" href=\"#main\">To the answer</a>\n<header>\n" + header +
          "</header>\n<main id=\"main\">\n" + main + "</main>\n";
  if (drawn) {
    page += fmt::format("<script type=\"application/json\" id=\"data\">{}</script>\n", drawing);
    // What is hashed is all that stands between the tags.
    page += fmt::format("<script>{}</script>\n<script>{}</script>\n", library_text, script_text);
  }
  return page + "</body>\n</html>\n";
}

}  // namespace report

bool reports_have_charts() { return !report::library_text.empty(); }

std::string report_page(const ReportData& data) {
  using namespace report;
  check(data);
  const std::string title = data.title.empty() ? data.provenance.scenario_file : data.title;
  std::string body = answer_part(data) + outcomes_part(data) + time_part(data) + map_part(data) +
                     promises_part(data) + why_part(data) + matters_part(data) + trust_part(data);
  std::string header = fmt::format("<h1>{}</h1>\n", html(title));
  if (!data.description.empty()) {
    header += fmt::format("<p class=\"question\">{}</p>\n", html(data.description));
  }
  header += fmt::format("<p class=\"facts\">{}</p>\n", html(facts(data)));
  header += contents(body);
  return whole_page(title, header, body, reports_have_charts() ? drawing_data(data) : "");
}

}  // namespace casus
