#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "report/findings.h"
#include "report/parts.h"
#include "report/text.h"

namespace casus::report {
namespace {

/// "6.2 of 100"; of very few "3 of 1,000".
std::string of_hundred(double share, double width) {
  if (share > 0.0 && share < 0.005) return fmt::format("{} of 1,000", percent(10.0 * share));
  return fmt::format("{} of 100", percent(share, width));
}

std::string proportion_words(const OutcomeSummary& s) {
  const Estimate& e = s.estimate;
  if (e.n == 0) return "no run has an answer";
  if (s.happened == 0) return fmt::format("in none of {}", count(e.n, "world"));
  if (s.happened == e.n) {
    return e.n == 1 ? "in the one world that was run"
                    : fmt::format("in every one of {}", count(e.n, "world"));
  }
  return fmt::format("in {} worlds", of_hundred(e.value, e.high - e.low));
}

std::string duration_words(const ReportOutcome& o, const OutcomeSummary& s) {
  if (s.estimate.n == 0) return "no run has an answer";
  if (s.happened == 0) {
    return fmt::format("not once within {}{}", number(s.horizon), unit_of(o));
  }
  const std::size_t n = s.happened + s.censored;
  const std::string came =
      s.censored == 0
          ? fmt::format("it came in every one of {}", count(n, "world"))
          : fmt::format("it came in {} of 100 worlds",
                        percent(static_cast<double>(s.happened) / static_cast<double>(n)));
  if (!std::isfinite(s.estimate.value)) {
    return fmt::format("not in half of the worlds within {}{}; {}", number(s.horizon), unit_of(o),
                       came);
  }
  return fmt::format("half of the worlds by day {}; {}", number(s.estimate.value), came);
}

/// An end of an interval, with no more digits than the interval is wide.
std::string end_of(double value, double width) {
  if (!(width > 0.0) || !std::isfinite(value)) return number(value);
  const int decimals = static_cast<int>(std::ceil(1.0 - std::log10(0.5 * width)));
  if (decimals < 0 || decimals > 6) return number(value);
  const double unit = std::pow(10.0, decimals);
  return number(std::round(value * unit) / unit);
}

std::string mean_words(const ReportOutcome& o, const OutcomeSummary& s) {
  if (s.estimate.n == 0) return "no run has an answer";
  if (o.share) return fmt::format("{} % on average", percent(s.estimate.value));
  return fmt::format("{}{} on average", number(s.estimate.value), unit_of(o));
}

std::string spread_words(const ReportOutcome& o, const OutcomeSummary& s) {
  if (s.statistic != Statistic::mean || s.estimate.n < 20) return {};
  // Between two runs there is no half of a coup.
  const auto shown = [&](double v) {
    return o.share ? percent(v) : number(outcome_form(o.form).whole_number ? std::round(v) : v);
  };
  if (shown(s.q05) == shown(s.q95)) return {};
  return fmt::format("; nine worlds of ten between {} and {}{}", shown(s.q05), shown(s.q95),
                     o.share ? " %" : "");
}

std::string sentence(const ReportOutcome& o, const OutcomeSummary& s) {
  const std::string interval = interval_words(o, s);
  return fmt::format(
      "<li>{}: <strong>{}</strong>{}{}.</li>\n", html(o.title), html(estimate_words(o, s)),
      interval.empty() ? "" : fmt::format(" <span class=\"ci\">({})</span>", html(interval)),
      html(spread_words(o, s)));
}

std::string direction(double value, bool of_worlds) {
  if (of_worlds) return value > 0 ? "more often" : "less often";
  return value > 0 ? "more" : "less";
}

/// "in 35 more of 100 worlds (31–39)", "1,200 people fewer ..."
std::string size_of(const ReportOutcome& o, const Difference& d) {
  const double low = std::min(std::abs(d.estimate.low), std::abs(d.estimate.high));
  const double high = std::max(std::abs(d.estimate.low), std::abs(d.estimate.high));
  const double by = std::abs(d.estimate.value);
  if (d.of_worlds) {
    return fmt::format("in {} {} of 100 worlds ({})", percent(by),
                       d.estimate.value > 0 ? "more" : "fewer", range(percent(low), percent(high)));
  }
  if (o.share) {
    return fmt::format("by {} percentage points ({})", percent(by),
                       range(percent(low), percent(high)));
  }
  return fmt::format("by {}{} ({})", number(by), unit_of(o),
                     range(end_of(low, high - low), end_of(high, high - low)));
}

std::string arm_title(const ReportArm& arm) { return arm.title.empty() ? arm.name : arm.title; }

/// What a policy changes, in its first sentence.
std::string effect_sentences(const ReportData& data, std::size_t arm, bool brief) {
  const Pairs pairs = pairs_of(data, arm);
  const std::string name = html(arm_title(data.arms[arm]));
  if (pairs.all == 0) {
    return fmt::format(
        "<p><strong>{}</strong> and the baseline have no world in common, so nothing can be said "
        "of "
        "what it changes.</p>\n",
        name);
  }
  if (pairs.same == pairs.all) {
    return fmt::format(
        "<p><strong>{} changes nothing</strong>: all {} end alike to the last bit, with it and "
        "without it.</p>\n",
        name, count(pairs.all, "world"));
  }
  std::vector<Difference> all = differences(data, arm);
  std::vector<Difference> certain;
  std::copy_if(all.begin(), all.end(), std::back_inserter(certain),
               [](const Difference& d) { return d.certain; });
  std::stable_sort(certain.begin(), certain.end(), [](const Difference& a, const Difference& b) {
    return a.strength > b.strength;
  });
  const std::string pair_words = fmt::format(
      "The same {} were run with it and without it{}.", count(pairs.all, "world"),
      pairs.same == 0 ? std::string()
                      : fmt::format("; in {} of them it makes no difference at all", pairs.same));
  if (certain.empty()) {
    return fmt::format(
        "<p><strong>{} changes nothing that can be told from chance</strong> in any of {}. "
        "{}</p>\n",
        name, count(data.outcomes.size(), "outcome"), pair_words);
  }
  std::string text;
  if (brief) {
    const Difference& d = certain.front();
    return fmt::format("<p><strong>With {}: {} {}</strong> – {}; {} of {} differ.</p>\n", name,
                       html(data.outcomes[d.outcome].title),
                       direction(d.estimate.value, d.of_worlds),
                       html(size_of(data.outcomes[d.outcome], d)), certain.size(),
                       count(data.outcomes.size(), "outcome"));
  }
  constexpr std::size_t most = 4;
  for (std::size_t i = 0; i < certain.size() && i < most; ++i) {
    const Difference& d = certain[i];
    const ReportOutcome& o = data.outcomes[d.outcome];
    if (i == 0) {
      text += fmt::format("<p class=\"lead\"><strong>With {}: {} {}</strong> – {}. {}</p>\n<ul>\n",
                          name, html(o.title), direction(d.estimate.value, d.of_worlds),
                          html(size_of(o, d)), pair_words);
    } else {
      text += fmt::format("<li>{} <strong>{}</strong>, {}.</li>\n", html(o.title),
                          direction(d.estimate.value, d.of_worlds), html(size_of(o, d)));
    }
  }
  text += fmt::format(
      "<li>Of {}, {} differ by more than chance explains (95 % intervals; of so many, about {} "
      "would "
      "by chance alone).</li>\n</ul>\n",
      count(data.outcomes.size(), "outcome"), certain.size(),
      fmt::format("{:.1f}", 0.05 * static_cast<double>(data.outcomes.size())));
  return text;
}

std::string sentences(const ReportData& data, const ReportArm& arm) {
  constexpr std::size_t shown = 8;
  std::string first, rest;
  for (std::size_t o = 0; o < data.outcomes.size(); ++o) {
    (o < shown ? first : rest) += sentence(data.outcomes[o], arm.summaries[o]);
  }
  std::string text = fmt::format("<ul class=\"answers\">\n{}</ul>\n", first);
  if (!rest.empty()) {
    text += fmt::format(
        "<details><summary>{} more</summary>\n<ul class=\"answers\">\n{}</ul>\n</details>\n",
        data.outcomes.size() - shown, rest);
  }
  return text;
}

}  // namespace

std::string estimate_words(const ReportOutcome& o, const OutcomeSummary& s) {
  switch (s.statistic) {
    case Statistic::proportion:
      return proportion_words(s);
    case Statistic::median_duration:
      return duration_words(o, s);
    case Statistic::mean:
      break;
  }
  return mean_words(o, s);
}

std::string interval_words(const ReportOutcome& o, const OutcomeSummary& s) {
  const Estimate& e = s.estimate;
  if (e.n < 2 || !std::isfinite(e.low)) return {};
  if (s.statistic == Statistic::median_duration) {
    if (!std::isfinite(e.value)) return {};
    return "day " + (std::isfinite(e.high) ? range(number(e.low), number(e.high))
                                           : number(e.low) + " or later");
  }
  if (s.statistic == Statistic::proportion || o.share) {
    const double width = e.high - e.low;
    // Of so few that the sentence counts in thousands.
    const bool few = s.statistic == Statistic::proportion && e.value > 0.0 && e.value < 0.005;
    const double scale = few ? 10.0 : 1.0;
    return range(percent(scale * e.low, scale * width), percent(scale * e.high, scale * width)) +
           (s.statistic == Statistic::mean ? " %" : "");
  }
  return range(end_of(e.low, e.high - e.low), end_of(e.high, e.high - e.low));
}

std::string answer_part(const ReportData& data) {
  std::string text = "<section id=\"answer\">\n<h2>The answer</h2>\n";
  const ReportArm& base = data.arms.front();
  if (base.runs.empty()) {
    text += "<p>No run ended, so there is none. What went wrong is said below.</p>\n</section>\n";
    return text;
  }
  const bool compared = data.arms.size() > 1;
  if (base.runs.size() > 1) {
    text +=
        "<p class=\"note\">In brackets the 95 % interval: within it the figure would lie if the "
        "model were run without end.</p>\n";
  }
  if (compared) {
    constexpr std::size_t many = 4;  // more would be pages of them
    for (std::size_t a = 1; a < data.arms.size(); ++a)
      text += effect_sentences(data, a, data.arms.size() > many);
    const std::string title = arm_title(base);
    text += fmt::format("<h3>In the baseline{}</h3>\n",
                        title.empty() || title == "baseline" ? "" : " (" + html(title) + ")");
  }
  if (data.outcomes.empty()) {
    text += "<p>The scenario asks for no outcome; what happened is told below.</p>\n";
  } else {
    text += sentences(data, base);
  }
  if (base.runs.size() == 1) {
    text +=
        "<p class=\"note\">This is one world of many that might have been; run more to know how "
        "likely it is.</p>\n";
  }
  return text + "</section>\n";
}

}  // namespace casus::report
