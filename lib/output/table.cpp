#include "casus/output/table.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <vector>

#include "output/tables.h"

namespace casus {
namespace {

using Statistic = OutcomeSummary::Statistic;

struct CodeRange {
  std::uint32_t first, last;
};
// Blocks rather than the whole of Unicode's tables: those that titles are written with.
constexpr std::array<CodeRange, 5> combining{
    {{0x300, 0x36f}, {0x1ab0, 0x1aff}, {0x200b, 0x200f}, {0x20d0, 0x20ff}, {0xfe00, 0xfe0f}}};
constexpr std::array<CodeRange, 9> wide{{{0x1100, 0x115f},
                                         {0x2e80, 0x303e},
                                         {0x3041, 0x33ff},
                                         {0x3400, 0x9fff},
                                         {0xac00, 0xd7a3},
                                         {0xf900, 0xfaff},
                                         {0xff00, 0xff60},
                                         {0x1f300, 0x1faff},
                                         {0x20000, 0x3fffd}}};

template <std::size_t N>
bool in(const std::array<CodeRange, N>& ranges, std::uint32_t code) {
  return std::any_of(ranges.begin(), ranges.end(),
                     [code](CodeRange r) { return code >= r.first && code <= r.last; });
}

/// The code point at `i`, moving past it; a byte that is not UTF-8 stands for itself.
std::uint32_t next_code(std::string_view text, std::size_t& i) {
  const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
  const std::uint32_t lead = byte(i++);
  const std::size_t more = lead >= 0xf0 ? 3 : lead >= 0xe0 ? 2 : lead >= 0xc0 ? 1 : 0;
  std::uint32_t code = more == 0 ? lead : lead & (0x3fU >> more);
  for (std::size_t k = 0; k < more && i < text.size() && (byte(i) & 0xc0U) == 0x80U; ++k) {
    code = code << 6U | (byte(i++) & 0x3fU);
  }
  return code;
}

std::string with_commas(double value) {
  std::string digits = fmt::format("{:.0f}", std::abs(value));
  for (std::size_t i = digits.size(); i > 3; i -= 3) digits.insert(i - 3, ",");
  return (value < 0 ? "-" : "") + digits;
}

/// A proportion as a percentage, with the digits that its interval deserves.
std::string percent(double p, double width) {
  if (std::isnan(p)) return "-";
  return fmt::format("{:.{}f}", 100.0 * p, width < 0.002 ? 2 : 1);
}

std::string duration(double days, double horizon) {
  return std::isinf(days) ? "> " + format_number(horizon) : format_number(days);
}

struct Line {
  std::string title, estimate, interval, runs, note;
};

std::string note_of(const OutcomeSummary& s) {
  std::string note = s.unit;
  const auto add = [&note](const std::string& part) { note += (note.empty() ? "" : ", ") + part; };
  if (s.statistic == Statistic::median_duration) {
    note += note.empty() ? "median" : " (median)";
    add(s.censored == 0
            ? std::string("came in every run")
            : fmt::format("came in {} of {} runs", s.happened, s.happened + s.censored));
  }
  if (s.undefined > 0) add(fmt::format("no answer in {} runs", s.undefined));
  return note;
}

Line make_line(const OutcomeSummary& s) {
  const Estimate& e = s.estimate;
  Line line{s.title, {}, {}, std::to_string(e.n), note_of(s)};
  if (s.statistic == Statistic::proportion) {
    const double width = e.high - e.low;
    line.estimate = percent(e.value, width) + " %";
    line.interval = fmt::format("{} - {} %", percent(e.low, width), percent(e.high, width));
  } else if (s.statistic == Statistic::median_duration) {
    line.estimate = duration(e.value, s.horizon);
    line.interval = duration(e.low, s.horizon);
    if (std::isfinite(e.low)) line.interval += " - " + duration(e.high, s.horizon);
  } else {
    line.estimate = format_number(e.value);
    line.interval = fmt::format("{} - {}", format_number(e.low), format_number(e.high));
  }
  if (std::isnan(e.low) && std::isnan(e.high)) line.interval = "-";
  if (e.n == 0) line.estimate = line.interval = "-";
  return line;
}

std::string padding(std::size_t width, std::string_view text) {
  const std::size_t taken = display_width(text);
  return std::string(width > taken ? width - taken : 0, ' ');
}

nlohmann::ordered_json number(double value) {
  if (!std::isfinite(value)) return nullptr;
  return value;
}

}  // namespace

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  for (std::size_t i = 0; i < text.size();) {
    const std::uint32_t code = next_code(text, i);
    if (!in(combining, code)) width += in(wide, code) ? 2 : 1;
  }
  return width;
}

std::string format_number(double value) {
  if (std::isnan(value)) return "-";
  if (std::isinf(value)) return value > 0 ? "inf" : "-inf";
  const double size = std::abs(value);
  if (size >= 999.5) return with_commas(value);
  if (value == std::round(value)) return fmt::format("{:.0f}", std::abs(value) == 0 ? 0.0 : value);
  const int decimals = size >= 99.95 ? 1 : size >= 9.995 ? 2 : size >= 0.9995 ? 3 : 4;
  return fmt::format("{:.{}f}", value, decimals);
}

std::string outcome_table(std::span<const OutcomeSummary> summaries, bool color) {
  std::vector<Line> lines{{"Outcome", "estimate", "95 % interval", "runs", ""}};
  for (const OutcomeSummary& s : summaries) lines.push_back(make_line(s));
  std::size_t title = 0, estimate = 0, interval = 0, runs = 0;
  for (const Line& line : lines) {
    title = std::max(title, display_width(line.title));
    estimate = std::max(estimate, line.estimate.size());
    interval = std::max(interval, line.interval.size());
    runs = std::max(runs, line.runs.size());
  }
  std::string text;
  for (const Line& line : lines) {
    const bool header = &line == &lines.front();
    std::string row = line.title + padding(title, line.title) + "  " +
                      padding(estimate, line.estimate) + line.estimate + "  " +
                      padding(interval, line.interval) + line.interval + "  " +
                      padding(runs, line.runs) + line.runs;
    if (header && color) row = "\x1b[1m" + row + "\x1b[0m";
    if (!line.note.empty()) row += color ? "  \x1b[2m" + line.note + "\x1b[0m" : "  " + line.note;
    text += row + "\n";
  }
  return text;
}

std::string outcome_json(std::span<const OutcomeSummary> summaries) {
  nlohmann::ordered_json array = nlohmann::ordered_json::array();
  for (const OutcomeSummary& s : summaries) {
    array.push_back(
        {{"outcome", s.name},
         {"title", s.title},
         {"form", form_name(s.form)},
         {"statistic", statistic_name(s.statistic)},
         {"unit", s.unit},
         {"estimate", number(s.estimate.value)},
         {"low", number(s.estimate.low)},
         {"high", number(s.estimate.high)},
         {"n", s.estimate.n},
         {"happened", s.statistic == Statistic::mean ? nlohmann::ordered_json(nullptr)
                                                     : nlohmann::ordered_json(s.happened)},
         {"censored", s.censored},
         {"undefined", s.undefined},
         {"sd", number(s.standard_deviation)},
         {"min", number(s.minimum)},
         {"q05", number(s.q05)},
         {"median", number(s.q50)},
         {"q95", number(s.q95)},
         {"max", number(s.maximum)}});
  }
  return array.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

}  // namespace casus
