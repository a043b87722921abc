#include "casus/treaties/goals.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <tuple>
#include <utility>

#include "casus/core/contracts.h"

namespace casus::treaties {
namespace {

std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

using Rows = std::vector<std::vector<double>>;

struct Runner {
  std::vector<Alteration> changes;
  Rows rows;
  Tried so_far;
};

double lacking(const Goal& g, double mean) {
  const double gap = g.at_least ? g.value - mean : mean - g.value;
  return std::max(0.0, gap) / std::max(1.0, std::abs(g.value));
}

Tried summed_up(const std::vector<Alteration>& changes, const Rows& rows, const Rows& before,
                const std::vector<Goal>& goals) {
  constexpr double normal = 1.959964;
  Tried out{.changes = changes, .runs = rows.size()};
  const double n = static_cast<double>(rows.size());
  for (std::size_t g = 0; g < goals.size(); ++g) {
    double mean = 0.0, change = 0.0, squares = 0.0;
    for (std::size_t r = 0; r < rows.size(); ++r) {
      mean += rows[r][g] / n;
      change += (rows[r][g] - before[r][g]) / n;
    }
    for (std::size_t r = 0; r < rows.size(); ++r) {
      const double off = rows[r][g] - before[r][g] - change;
      squares += off * off;
    }
    out.means.push_back(mean);
    out.difference.push_back(change);
    out.half_width.push_back(rows.size() < 2 ? 0.0 : normal * std::sqrt(squares / (n - 1.0) / n));
    out.short_of += lacking(goals[g], mean);
  }
  return out;
}

bool better(const Tried& a, const Tried& b) {
  return std::tuple(a.short_of, a.changes.size(), in_short(a.changes)) <
         std::tuple(b.short_of, b.changes.size(), in_short(b.changes));
}

class Racing {
 public:
  Racing(const std::vector<Goal>& goals, const Runs& runs, const RaceOptions& options, Race& out)
      : goals_(goals), runs_(runs), options_(options), out_(out) {
    before_ = *runs_({}, 0, options_.runs);
    out_.made += options_.runs;
    out_.before = summed_up({}, before_, before_, goals_);
  }

  /// Those that had all runs, best first.
  std::vector<Tried> heat(const std::vector<std::vector<Alteration>>& drafts) {
    std::vector<Runner> field;
    field.reserve(drafts.size());
    for (const auto& changes : drafts) field.push_back({changes, {}, {}});
    const std::size_t places = std::max<std::size_t>(2 * options_.keep, 4);
    std::size_t target = std::min(options_.runs, std::max<std::size_t>(8, options_.runs / 8));
    for (bool first = true; !field.empty(); first = false) {
      std::vector<Runner> standing;
      standing.reserve(field.size());
      for (Runner& r : field) {
        if (run(r, target)) standing.push_back(std::move(r));
      }
      if (first) out_.drafts += standing.size();
      field = std::move(standing);
      std::stable_sort(field.begin(), field.end(),
                       [](const Runner& a, const Runner& b) { return better(a.so_far, b.so_far); });
      if (target == options_.runs) break;
      const std::size_t half = std::max(places, (field.size() + 1) / 2);
      if (field.size() > half) field.resize(half);
      target = std::min(options_.runs, 2 * target);
      // The last leg is for a few.
      if (target == options_.runs && field.size() > places) field.resize(places);
    }
    std::vector<Tried> out;
    out.reserve(field.size());
    for (Runner& r : field) out.push_back(std::move(r.so_far));
    return out;
  }

 private:
  bool run(Runner& r, std::size_t target) {
    const std::size_t made = r.rows.size();
    if (made < target) {
      auto more = runs_(r.changes, made, target - made);
      if (!more) {
        ++out_.impossible;
        return false;
      }
      out_.made += target - made;
      for (std::vector<double>& row : *more) r.rows.push_back(std::move(row));
    }
    r.so_far = summed_up(r.changes, r.rows, before_, goals_);
    return true;
  }

  const std::vector<Goal>& goals_;
  const Runs& runs_;
  const RaceOptions& options_;
  Race& out_;
  Rows before_;
};

bool one_key(const std::vector<Alteration>& a, const std::vector<Alteration>& b) {
  return std::any_of(a.begin(), a.end(), [&](const Alteration& x) {
    return std::any_of(b.begin(), b.end(), [&](const Alteration& y) {
      return x.article == y.article && x.key == y.key;
    });
  });
}

}  // namespace

std::optional<Goal> goal_of(std::string_view text) {
  std::size_t at = text.find(">=");
  const bool at_least = at != std::string_view::npos;
  if (!at_least) at = text.find("<=");
  if (at == std::string_view::npos) return std::nullopt;
  const std::string_view outcome = trimmed(text.substr(0, at)),
                         number = trimmed(text.substr(at + 2));
  double value = 0.0;
  const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), value);
  if (outcome.empty() || error != std::errc{} || end != number.data() + number.size() ||
      !std::isfinite(value)) {
    return std::nullopt;
  }
  return Goal{std::string(outcome), at_least, value};
}

std::string in_words(const Goal& g) {
  return fmt::format("{} {} {}", g.outcome, g.at_least ? "at least" : "at most", g.value);
}

Race race(const std::vector<std::vector<Alteration>>& drafts, const std::vector<Goal>& goals,
          const Runs& runs, const RaceOptions& options) {
  CASUS_EXPECTS(!goals.empty() && options.runs > 0, "a race needs a goal and a run");
  Race out;
  Racing racing(goals, runs, options, out);
  if (out.before.short_of == 0.0) return out;
  std::vector<Tried> all = racing.heat(drafts);
  const auto met = [](const std::vector<Tried>& tried) {
    return !tried.empty() && tried.front().short_of == 0.0;
  };
  if (!met(all) && options.most_changes >= 2) {
    std::vector<std::vector<Alteration>> pairs;
    std::vector<const Tried*> promising;
    for (const Tried& t : all) {
      if (t.short_of < out.before.short_of) promising.push_back(&t);
    }
    for (std::size_t i = 0; i < promising.size(); ++i) {
      for (std::size_t j = i + 1; j < promising.size(); ++j) {
        if (one_key(promising[i]->changes, promising[j]->changes)) continue;
        std::vector<Alteration> both = promising[i]->changes;
        both.insert(both.end(), promising[j]->changes.begin(), promising[j]->changes.end());
        if (both.size() <= options.most_changes) pairs.push_back(std::move(both));
      }
    }
    for (Tried& t : racing.heat(pairs)) all.push_back(std::move(t));
    std::stable_sort(all.begin(), all.end(), better);
  }
  for (Tried& t : all) {
    if (out.best.size() < options.keep && t.short_of < out.before.short_of) {
      out.best.push_back(std::move(t));
    }
  }
  return out;
}

std::string write(const Race& race, const std::vector<Goal>& goals,
                  const std::function<std::string(const Tried&)>& more) {
  std::string text = fmt::format("As it stands, in {} runs:\n", race.before.runs);
  for (std::size_t g = 0; g < goals.size(); ++g) {
    text += fmt::format("  {}: {:.3f}, wanted {} {}\n", goals[g].outcome, race.before.means[g],
                        goals[g].at_least ? "at least" : "at most", goals[g].value);
  }
  if (race.before.short_of == 0.0) return text + "Every goal is reached.\n";
  text += fmt::format("{} drafts tried in {} runs", race.drafts, race.made);
  if (race.impossible > 0) text += fmt::format("; {} do not fit the scenario", race.impossible);
  text += "\n";
  if (race.best.empty()) return text + "None comes nearer.\n";
  for (std::size_t i = 0; i < race.best.size(); ++i) {
    const Tried& t = race.best[i];
    text += fmt::format("\n  {}. {}\n", i + 1,
                        t.short_of == 0.0 ? "Every goal is reached." : "Nearer, but not there:");
    for (std::size_t g = 0; g < goals.size(); ++g) {
      text += fmt::format(
          "    {}: {:.3f}, {:+.3f} (95 % interval of {} pairs of runs: {:+.3f} to {:+.3f})\n",
          goals[g].outcome, t.means[g], t.difference[g], t.runs, t.difference[g] - t.half_width[g],
          t.difference[g] + t.half_width[g]);
    }
    text += more(t);
  }
  return text;
}

}  // namespace casus::treaties
