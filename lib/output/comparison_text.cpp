#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "casus/output/comparison.h"
#include "casus/output/table.h"

namespace casus {
namespace {

using EffectCells = std::array<std::string, 6>;

struct EffectLine {
  std::string label, note;
  EffectCells cells;
  bool title = false;
};

std::string signed_number(double value) {
  const std::string text = format_number(value);
  return value > 0.0 && std::isfinite(value) ? "+" + text : text;
}

std::string pair_share(double value) {
  if (std::isnan(value)) return "-";
  const double percent = 100.0 * value;
  // Nothing that happened is said not to have, and nothing that did not is rounded up to all.
  if (percent > 0.0 && percent < 0.5) return "< 1 %";
  if (percent < 100.0 && percent >= 99.5) return "> 99 %";
  return fmt::format("{:.0f} %", percent);
}

std::string gain_text(double gain) {
  if (std::isnan(gain)) return "-";
  if (std::isinf(gain)) return "all";
  return fmt::format("x {}",
                     gain < 9.95 ? fmt::format("{:.1f}", gain) : format_number(std::round(gain)));
}

std::string effect_value(const OutcomeSummary& s) {
  const Estimate& e = s.estimate;
  if (e.n == 0) return "-";
  if (s.statistic == Statistic::proportion) return fmt::format("{:.1f} %", 100.0 * e.value);
  if (s.statistic == Statistic::median_duration && std::isinf(e.value)) {
    return "> " + format_number(s.horizon);
  }
  return format_number(e.value);
}

std::string percentage_points(double value, double width) {
  if (std::isnan(value)) return "-";
  const double p = 100.0 * value;
  const int digits = width < 0.002 ? 2 : 1;
  const double unit = digits == 2 ? 0.005 : 0.05;
  if (std::abs(p) < unit) return fmt::format("{:.{}f}", 0.0, digits);
  return fmt::format("{:+.{}f}", p, digits);
}

/// A difference and its interval.
struct DifferenceText {
  std::string value = "-", interval = "-";
};

DifferenceText difference_text(Statistic statistic, const Estimate& d) {
  DifferenceText text;
  if (d.n == 0) return text;
  const bool limits = !std::isnan(d.low) && !std::isnan(d.high);
  if (statistic == Statistic::proportion) {
    const double width = d.high - d.low;
    text.value = d.value == 0.0 ? "0 pp" : percentage_points(d.value, width) + " pp";
    if (limits) {
      text.interval = fmt::format("{} to {} pp", percentage_points(d.low, width),
                                  percentage_points(d.high, width));
    }
  } else {
    text.value = signed_number(d.value);
    if (limits)
      text.interval = fmt::format("{} to {}", signed_number(d.low), signed_number(d.high));
  }
  return text;
}

void fill_difference(const PolicyEffect& policy, EffectCells& cells) {
  DifferenceText text = difference_text(policy.summary.statistic, policy.effect.difference);
  cells[1] = std::move(text.value);
  cells[2] = std::move(text.interval);
  if (policy.effect.difference.n == 0) return;
  cells[3] = pair_share(policy.effect.lower);
  cells[4] = pair_share(policy.effect.higher);
  cells[5] = gain_text(policy.effect.gain);
}

std::string effect_note(const OutcomeComparison& o) {
  const OutcomeSummary& s = o.policies.front().summary;
  std::string note = s.unit;
  if (s.statistic == Statistic::median_duration) {
    double horizon = 0.0;
    for (const PolicyEffect& p : o.policies) horizon = std::max(horizon, p.effect.horizon);
    note += fmt::format("{}median; the difference is of the mean time within {} days",
                        note.empty() ? "" : ", ", format_number(horizon));
  }
  return note;
}

std::string effect_padding(std::size_t width, std::string_view text) {
  const std::size_t taken = display_width(text);
  return std::string(width > taken ? width - taken : 0, ' ');
}

std::string plural_of(std::size_t n, std::string_view noun) {
  return fmt::format("{} {}{}", n, noun, n == 1 ? "" : "s");
}

std::string pair_sentence(const std::string& policy, const PairHonesty& h) {
  if (h.pairs == 0) return fmt::format("{}: no pair of runs ended well", policy);
  if (h.inert()) {
    return fmt::format("{}: changes nothing: every event and outcome is the same in all {}", policy,
                       plural_of(h.pairs, "pair"));
  }
  std::string text = policy + ": ";
  if (h.same_events > 0) {
    text += fmt::format("in {} of {} pairs every event is the same; ", h.same_events, h.pairs);
  }
  const std::size_t parted = h.pairs - h.same_events;
  if (parted == 0) return text + "outcomes differ all the same";
  text +=
      fmt::format("{} part on day {} (median), ", h.same_events > 0 ? "the others" : "all pairs",
                  fmt::format("{:.0f}", std::floor(h.median_day)));
  text += h.first_kind_pairs == parted ? fmt::format("at '{}'; ", h.first_kind)
                                       : fmt::format("most often at '{}' ({} of {}); ",
                                                     h.first_kind, h.first_kind_pairs, parted);
  return text +
         fmt::format("from then on {} of the events are in both worlds", pair_share(h.alike));
}

}  // namespace

namespace {

/// A value of an answer: a share of the runs in per cent, else the number.
std::string answer_value(Statistic statistic, double value, std::size_t n) {
  if (n == 0) return "-";
  return statistic == Statistic::proportion ? fmt::format("{:.1f} %", 100.0 * value)
                                            : format_number(value);
}

/// "Days until the sanctions go (days within 730)", "Deaths in Mali"
std::string answer_label(const OutcomeComparison& o, const PairedEffect& effect) {
  const OutcomeSummary& s = o.policies.front().summary;
  if (s.statistic != Statistic::median_duration) return s.title;
  return fmt::format("{} (mean within {})", s.title, format_number(effect.horizon));
}

}  // namespace

std::string answers_table(const Comparison& comparison, bool color) {
  if (comparison.answers.empty()) return {};
  using Cells = std::array<std::string, 4>;
  struct Line {
    std::string label, verdict;
    Cells cells;
  };
  std::vector<Line> lines;
  lines.reserve(comparison.answers.size() + 1);
  lines.push_back({"",
                   "",
                   {"baseline", "value", "difference",
                    format_number(100.0 * comparison.confidence) + " % interval"}});
  for (const Answer& a : comparison.answers) {
    const OutcomeComparison& o = comparison.outcomes[a.outcome];
    const Statistic statistic = o.policies.front().summary.statistic;
    const std::size_t n = a.effect.difference.n;
    DifferenceText text = difference_text(statistic, a.effect.difference);
    Line line{"  " + answer_label(o, a.effect), std::string(verdict_name(a.verdict())), {}};
    line.cells = {answer_value(statistic, a.effect.base, n),
                  answer_value(statistic, a.effect.other, n), std::move(text.value),
                  std::move(text.interval)};
    if (n < comparison.worlds) line.verdict += fmt::format(", in {} pairs", n);
    lines.push_back(std::move(line));
  }
  std::size_t label = 0;
  std::array<std::size_t, 4> widths{};
  for (const Line& line : lines) {
    label = std::max(label, display_width(line.label));
    for (std::size_t i = 0; i < widths.size(); ++i) {
      widths[i] = std::max(widths[i], display_width(line.cells[i]));
    }
  }
  std::string text;
  const auto print = [&](const Line& line) {
    text += line.label + effect_padding(label, line.label);
    for (std::size_t i = 0; i < widths.size(); ++i) {
      text += "  " + effect_padding(widths[i], line.cells[i]) + line.cells[i];
    }
    if (!line.verdict.empty()) text += "  " + line.verdict;
    text += "\n";
  };
  print(lines.front());
  std::size_t policy = 0;
  for (std::size_t i = 0; i < comparison.answers.size(); ++i) {
    const Answer& a = comparison.answers[i];
    if (a.policy != policy) {
      policy = a.policy;
      std::string title = comparison.policies[policy];
      if (!comparison.titles[policy].empty()) title += ": " + comparison.titles[policy];
      text += color ? "\x1b[1m" + title + "\x1b[0m\n" : title + "\n";
    }
    print(lines[i + 1]);
  }
  text += fmt::format(
      "\n{}; each line is a question of its own, and its interval is not widened for "
      "the others\n",
      plural_of(comparison.worlds, "pair"));
  for (std::size_t p = 1; p < comparison.policies.size(); ++p) {
    if (comparison.honesty[p].inert()) {
      text += pair_sentence(comparison.policies[p], comparison.honesty[p]) + "\n";
    }
  }
  return text;
}

std::string comparison_table(const Comparison& comparison, bool color) {
  const std::string confidence = format_number(100.0 * comparison.confidence) + " % interval";
  std::vector<EffectLine> lines{
      {"", "", {"value", "difference", confidence, "lower", "higher", "gain"}, true}};
  for (const OutcomeComparison& o : comparison.outcomes) {
    lines.push_back({o.policies.front().summary.title, effect_note(o), {}, true});
    for (std::size_t p = 0; p < o.policies.size(); ++p) {
      EffectLine line{"  " + comparison.policies[p], {}, {}, false};
      line.cells[0] = effect_value(o.policies[p].summary);
      if (p > 0) fill_difference(o.policies[p], line.cells);
      if (const std::size_t n = o.policies[p].summary.undefined; n > 0) {
        line.note = "no answer in " + plural_of(n, "run");
      }
      lines.push_back(std::move(line));
    }
  }
  std::size_t label = 0;
  std::array<std::size_t, 6> widths{};
  for (const EffectLine& line : lines) {
    if (!line.title) label = std::max(label, display_width(line.label));
    for (std::size_t i = 0; i < widths.size(); ++i) {
      widths[i] = std::max(widths[i], display_width(line.cells[i]));
    }
  }
  std::string text;
  for (const EffectLine& line : lines) {
    std::string row = line.label;
    if (!line.title || &line == &lines.front()) {
      row += effect_padding(label, line.label);
      for (std::size_t i = 0; i < widths.size(); ++i) {
        row += "  " + effect_padding(widths[i], line.cells[i]) + line.cells[i];
      }
      row.erase(row.find_last_not_of(' ') + 1);
    }
    if (line.title && color) row = "\x1b[1m" + row + "\x1b[0m";
    if (!line.note.empty()) {
      const std::string note = line.title ? " (" + line.note + ")" : "  " + line.note;
      row += color ? "\x1b[2m" + note + "\x1b[0m" : note;
    }
    text += row + "\n";
  }
  text += "\n";
  for (std::size_t p = 1; p < comparison.policies.size(); ++p) {
    text += pair_sentence(comparison.policies[p], comparison.honesty[p]) + "\n";
  }
  if (comparison.policies.size() > 2) {
    text += fmt::format(
        "Intervals of one outcome hold together: each is one of {:.1f} % (Bonferroni, {} "
        "policies)\n",
        100.0 * comparison.each, comparison.policies.size() - 1);
  }
  return text;
}

}  // namespace casus
