#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "casus/output/calibration.h"
#include "casus/output/table.h"

namespace casus {
namespace {

/// Below this share of the prior's variance, what was learned is within the noise of the particles.
constexpr double learned_something = 0.1;
constexpr double strain_from = 2.0;    // standard deviations
constexpr double emulators_off = 2.0;  // mean square, where 1 is right

std::string band_text(const MatchRange& r) {
  if (std::isnan(r.low)) return "-";
  return fmt::format("{} [{}, {}]", format_number(r.median), format_number(r.low),
                     format_number(r.high));
}

std::string mean_and_band(double mean, const MatchRange& r) {
  if (std::isnan(r.low)) return "-";
  return fmt::format("{} [{}, {}]", format_number(mean), format_number(r.low),
                     format_number(r.high));
}

/// A table of texts: the first column to the left, the others to the right, a remark behind them.
struct TextTable {
  std::vector<std::vector<std::string>> lines;
  std::vector<std::string> remarks;

  void add(std::vector<std::string> cells, std::string remark = {}) {
    lines.push_back(std::move(cells));
    remarks.push_back(std::move(remark));
  }
  std::string text(bool color) const {
    std::vector<std::size_t> widths(lines.front().size(), 0);
    for (const auto& line : lines) {
      for (std::size_t c = 0; c < line.size(); ++c) {
        widths[c] = std::max(widths[c], display_width(line[c]));
      }
    }
    std::string out;
    for (std::size_t i = 0; i < lines.size(); ++i) {
      std::string row;
      for (std::size_t c = 0; c < lines[i].size(); ++c) {
        const std::string space(widths[c] - display_width(lines[i][c]), ' ');
        row += c == 0 ? lines[i][c] + space : "  " + space + lines[i][c];
      }
      if (!remarks[i].empty()) row += "  " + remarks[i];
      while (row.ends_with(' ')) row.pop_back();
      out += i == 0 && color ? fmt::format("\x1b[1m{}\x1b[0m\n", row) : row + "\n";
    }
    return out;
  }
};

std::string parameter_lines(const MatchResult& result, bool color) {
  TextTable table;
  table.add({"Parameter", "prior [90 %]", "posterior [90 %]", "learned"});
  for (const ParameterFinding& p : result.parameters) {
    const bool nothing = p.learned < learned_something;
    table.add({p.name, band_text(p.prior), band_text(p.posterior),
               fmt::format("{:.0f} %", 100.0 * std::max(0.0, p.learned))},
              nothing ? "the data say nothing of it by itself" : "");
  }
  std::string out = table.text(color);
  for (const MatchPair& p : result.together) {
    out += fmt::format("known together: {} and {} (correlation {:+.2f})\n",
                       result.parameters[p.a].name, result.parameters[p.b].name, p.size);
  }
  return out;
}

std::string target_remark(const TargetFinding& f) {
  if (f.impossible) return fmt::format("cannot be met: {:.1f} sd off at best", f.least);
  if (std::isnan(f.strained) || std::abs(f.strained) < strain_from) return {};
  return fmt::format("still too {} ({:.1f} sd)", f.strained > 0.0 ? "low" : "high",
                     std::abs(f.strained));
}

std::string target_lines(const MatchResult& result, bool color) {
  TextTable table;
  table.add({"Target", "observed", "before, mean [90 % of runs]", "after"});
  for (std::size_t j = 0; j < result.findings.size(); ++j) {
    const TargetFinding& f = result.findings[j];
    const MatchTarget& t = result.targets[j];
    table.add({t.title, format_number(t.observed), mean_and_band(f.mean_before, f.before),
               mean_and_band(f.mean_after, f.after)},
              target_remark(f));
  }
  return table.text(color);
}

std::string conflict_lines(const MatchResult& result) {
  std::string out;
  for (const MatchPair& p : result.conflicts) {
    out += fmt::format("not together: {} and {} ({:.1f} sd for the worse at best)\n",
                       result.targets[p.a].title, result.targets[p.b].title, p.size);
  }
  return out;
}

std::string ruled_out_lines(const MatchResult& result, bool color) {
  std::string out =
      "Everything is ruled out: no value of the uncertain things meets the targets.\n";
  const bool alone = std::any_of(result.findings.begin(), result.findings.end(),
                                 [](const TargetFinding& f) { return f.impossible; });
  if (!alone && result.conflicts.empty()) {
    out += "Each can be met, and any two; all of them together cannot.\n";
  }
  out += "What comes nearest, by its worst target:\n";
  TextTable table;
  table.add({"Target", "sd off"});
  for (std::size_t j = 0; j < result.targets.size(); ++j) {
    table.add({result.targets[j].title, fmt::format("{:.1f}", result.nearest_implausible[j])});
  }
  return out + table.text(color);
}

}  // namespace

std::string calibration_table(const MatchResult& result, bool color) {
  std::string out;
  for (std::size_t w = 0; w < result.waves.size(); ++w) {
    const MatchWave& wave = result.waves[w];
    out += fmt::format("wave {}: {} points; {} of the prior is left\n", w + 1, wave.points,
                       wave.left >= 0.0005 ? fmt::format("{:.1f} %", 100.0 * wave.left)
                       : wave.left > 0.0   ? fmt::format("{:.1g} %", 100.0 * wave.left)
                                           : "nothing");
  }
  out += "\n";
  if (!result.parameters.empty()) out += parameter_lines(result, color) + "\n";
  out += target_lines(result, color);
  out += conflict_lines(result);
  if (result.empty) out += "\n" + ruled_out_lines(result, color);
  if (result.checked > emulators_off) {
    out += fmt::format(
        "The emulators are out by {:.1f} times what they expect where the posterior was run: more "
        "points or another wave would make it surer.\n",
        std::sqrt(result.checked));
  }
  return out;
}

}  // namespace casus
