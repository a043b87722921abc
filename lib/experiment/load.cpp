#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "casus/experiment/experiment.h"
#include "casus/text/prior.h"
#include "experiment/reader.h"
#include "experiment/tables.h"
#include "text/emit.h"
#include "text/format_of.h"
#include "text/read_file.h"

namespace casus {
namespace experiment {
namespace {

bool good_name(std::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  });
}

class ExperimentReader : SharedReader {
 public:
  ExperimentReader(Decoder& decoder, const Sources& sources, ExperimentSpec& out)
      : SharedReader(decoder, out), sources_(sources) {}

  void read(const Node& root) {
    if (!d_.expect(root, Node::Kind::map, "")) return;
    Frame frame;
    read_fields(d_, root, root.at, "", frame_fields(), frame);
    if (frame.format != "experiment/1" && root.find("casus") != nullptr) {
      d_.fail("E0203", root.find("casus")->value.at, "casus",
              fmt::format("format '{}' is not known", frame.format), "write 'casus: experiment/1'");
    }
    out_.title = frame.title;
    out_.description = frame.description;
    if (!frame.scenario.empty()) out_.scenario = beside(out_.file, frame.scenario);
    out_.replicates = frame.replicates;
    out_.seed = frame.seed;
    if (frame.uncertainties != nullptr) uncertainties(*frame.uncertainties);
    if (frame.design != nullptr) design(*frame.design);
    if (frame.policies != nullptr) policies(*frame.policies);
    if (frame.outcomes != nullptr) outcomes(*frame.outcomes);
    if (frame.compare != nullptr) comparison(*frame.compare);
    if (frame.stop != nullptr) stop(*frame.stop);
    together(root);
  }

 private:
  void policies(const Node& node) {
    if (!d_.expect(node, Node::Kind::map, "policies")) return;
    for (const Entry& e : node.entries) {
      const std::string path = "policies." + e.key;
      if (!good_name(e.key)) {
        d_.fail("E0420", e.key_at, path, fmt::format("'{}' cannot be a policy's name", e.key),
                "write small letters, digits, - and _");
      }
      PolicySpec policy;
      policy.name = e.key;
      PolicyKeys keys;
      read_fields(d_, e.value, e.key_at, path, policy_fields(), keys);
      policy.title = keys.title;
      if (!keys.file.empty()) policy.file = beside(out_.file, keys.file);
      if (keys.from) {
        const Entry* said = e.value.find("from");
        const Position& at = said == nullptr ? e.key_at : said->value.at;
        policy.from = PolicyStart{*keys.from, sources_.location(at), sources_.line(at)};
      }
      if (keys.about != nullptr) about(*keys.about, path + ".about", policy);
      if (keys.remove != nullptr) removals(*keys.remove, path + ".remove", policy.edits);
      mapping(keys.set, path + ".set", Edit::Kind::set, policy.edits);
      mapping(keys.add, path + ".add", Edit::Kind::add, policy.edits);
      if (keys.timeline != nullptr &&
          d_.expect(*keys.timeline, Node::Kind::list, path + ".timeline")) {
        for (const Node& item : keys.timeline->items) {
          policy.edits.push_back(said({Edit::Kind::add, "timeline", to_yaml(item)}, item.at));
        }
      }
      out_.policies.push_back(std::move(policy));
    }
  }

  /// Names of outcomes, or names and what is expected of them.
  void about(const Node& node, const std::string& path, PolicySpec& policy) {
    const auto add = [&](std::string outcome, AboutOutcome::Way way, const Position& at) {
      const bool twice =
          std::any_of(policy.about.begin(), policy.about.end(),
                      [&](const PolicySpec::About& a) { return a.what.outcome == outcome; });
      if (twice) {
        d_.fail("E0203", at, path, fmt::format("'{}' is named twice", outcome));
        return;
      }
      policy.about.push_back({{std::move(outcome), way}, sources_.location(at), sources_.line(at)});
    };
    if (node.is_map()) {
      FieldInfo words;
      words.words = way_names();
      for (const Entry& e : node.entries) {
        AboutOutcome::Way way{};
        if (d_.read(e.value, words, path + "." + e.key, way)) add(e.key, way, e.key_at);
      }
      return;
    }
    for (const Node* item : Decoder::items(node)) {
      std::string name;
      if (d_.read(*item, FieldInfo{}, path, name)) {
        add(std::move(name), AboutOutcome::Way::either, item->at);
      }
    }
  }

  void removals(const Node& node, const std::string& path, std::vector<Edit>& edits) {
    for (const Node* item : Decoder::items(node)) {
      std::string what;
      if (!d_.read(*item, FieldInfo{}, path, what)) continue;
      edits.push_back(said({Edit::Kind::remove, what, ""}, item->at));
    }
  }

  void mapping(const Node* node, const std::string& path, Edit::Kind kind,
               std::vector<Edit>& edits) {
    if (node == nullptr || !d_.expect(*node, Node::Kind::map, path)) return;
    for (const Entry& e : node->entries) {
      edits.push_back(said({kind, e.key, to_yaml(e.value)}, e.key_at));
    }
  }

  void comparison(const Node& node) {
    CompareKeys keys;
    read_fields(d_, node, node.at, "compare", compare_fields(), keys);
    out_.baseline = keys.baseline;
    out_.confidence = keys.confidence;
    const bool known = keys.baseline.empty() ||
                       std::any_of(out_.policies.begin(), out_.policies.end(),
                                   [&](const PolicySpec& p) { return p.name == keys.baseline; });
    if (known) return;
    std::vector<std::string> names;
    for (const PolicySpec& p : out_.policies) names.push_back(p.name);
    const Entry* e = node.find("baseline");
    d_.fail("E0320", e == nullptr ? node.at : e->value.at, "compare.baseline",
            fmt::format("there is no policy '{}'", keys.baseline),
            did_you_mean(nearest(keys.baseline, names)));
  }

  void stop(const Node& node) {
    StopKeys keys;
    if (!read_fields(d_, node, node.at, "stop", stop_fields(), keys)) return;
    StopRule rule;
    rule.batch = keys.batch;
    rule.most = keys.most;
    if (keys.when != nullptr) {
      WhenKeys when;
      read_fields(d_, *keys.when, keys.when->at, "stop.when", when_fields(), when);
      rule.outcome = when.outcome;
      rule.half_width = when.half_width;
      const bool declared = out_.only.empty() || std::find(out_.only.begin(), out_.only.end(),
                                                           rule.outcome) != out_.only.end();
      if (!declared) {
        d_.fail("E0320", keys.when->at, "stop.when.outcome",
                fmt::format("outcome '{}' is not looked at", rule.outcome),
                did_you_mean(nearest(rule.outcome, out_.only)));
      }
    }
    out_.stop = rule;
  }

  /// What fits by itself and not together.
  void together(const Node& root) {
    const DesignMethod method = out_.design.method;
    if (method != DesignMethod::random && out_.uncertainties.empty()) {
      d_.fail("E0202", root.at, "uncertainties", "a design needs 'uncertainties'");
    }
    check_size(root);
    if (out_.stop && method != DesignMethod::random) {
      d_.fail("E0420", root.at, "stop", "a design has its number of worlds; 'stop' has no place");
    }
    if (out_.policies.empty()) out_.policies.push_back({"baseline", "", {}});
  }

  /// A design is made before anything runs, so it has to be one that can be made.
  void check_size(const Node& root) {
    const DesignSpec& design = out_.design;
    const Entry* e = root.find("design");
    if (e == nullptr || out_.uncertainties.empty()) return;
    const auto things = static_cast<double>(out_.uncertainties.size());
    double points = design.points;
    if (design.method == DesignMethod::grid) points = std::pow(design.levels, things);
    if (design.method == DesignMethod::morris) points *= things + 1.0;
    if (design.method == DesignMethod::saltelli) points *= things + 2.0;
    if (points > most_points) {
      d_.fail("E0420", e->value.at, "design",
              fmt::format("a design of {:.0f} points has more than {:.0f}", points, most_points));
    }
    const bool sequence =
        design.method == DesignMethod::sobol || design.method == DesignMethod::saltelli;
    const double dimensions = design.method == DesignMethod::saltelli ? 2.0 * things : things;
    if (sequence && dimensions > most_dimensions) {
      d_.fail("E0420", e->value.at, "design",
              fmt::format("Sobol's sequence has {:.0f} dimensions at most, and {} uncertainties "
                          "need {:.0f}",
                          most_dimensions, out_.uncertainties.size(), dimensions));
    }
  }

  static constexpr double most_points = 1e6;
  static constexpr double most_dimensions = 3667.0;  ///< of Joe & Kuo 2008's table, as Boost has it

  const Sources& sources_;
};

/// The experiment's own scenario, what it declares included. Outcomes of the scenario give way.
std::vector<Edit> common_edits(const ExperimentSpec& experiment, const Scenario& base) {
  std::vector<Edit> edits;
  for (const Edit& add : experiment.outcomes) {
    const std::string name = add.path.substr(add.path.find('.') + 1);
    const auto& there = base->outcomes;
    if (std::any_of(there.begin(), there.end(),
                    [&](const OutcomeSpec& o) { return o.name == name; })) {
      edits.push_back({Edit::Kind::remove, add.path, ""});
    }
    edits.push_back(add);
  }
  if (experiment.design.method == DesignMethod::random) {
    for (const Uncertainty& u : experiment.uncertainties) {
      edits.push_back({Edit::Kind::set, u.path, u.yaml});
    }
  }
  return edits;
}

/// What policies are about, and what is to be precise, has to be among what is compared: the
/// scenario's outcomes, or those the experiment looks at.
void check_outcomes(const ExperimentSpec& experiment, const Scenario& baseline,
                    std::vector<Diagnostic>& problems) {
  std::vector<std::string> names = experiment.only;
  if (names.empty()) {
    for (const OutcomeSpec& o : baseline->outcomes) names.push_back(o.name);
  }
  const auto check = [&](const std::string& outcome, const std::string& path, const Location& where,
                         const std::string& line) {
    if (std::find(names.begin(), names.end(), outcome) != names.end()) return;
    Diagnostic d;
    d.code = "E0320";
    d.where = where;
    d.source_line = line;
    d.path = path;
    d.message = fmt::format("there is no outcome '{}'{}", outcome,
                            experiment.only.empty() ? "" : " among those that are looked at");
    d.suggestion = did_you_mean(nearest(outcome, names));
    problems.push_back(std::move(d));
  };
  if (experiment.stop) {
    Location where;
    where.file = experiment.file;
    check(experiment.stop->outcome, "stop.when.outcome", where, "");
  }
  for (const PolicySpec& policy : experiment.policies) {
    for (const PolicySpec::About& about : policy.about) {
      check(about.what.outcome, fmt::format("policies.{}.about", policy.name), about.where,
            about.source_line);
    }
  }
}

Diagnostic of_start(const Policy& policy, std::string message) {
  Diagnostic d;
  d.code = "E0420";
  d.where = policy.from->where;
  d.source_line = policy.from->source_line;
  d.path = fmt::format("policies.{}.from", policy.name);
  d.message = std::move(message);
  return d;
}

/// A policy begins while the first one's worlds last, which itself holds from the start.
void check_days(const Worlds& worlds, std::vector<Diagnostic>& problems) {
  const Clock& clock = worlds.policies.front().scenario->clock;
  for (std::size_t p = 0; p < worlds.policies.size(); ++p) {
    const Policy& policy = worlds.policies[p];
    if (!policy.from) continue;
    const Date day = policy.from->date;
    if (p == 0) {
      problems.push_back(
          of_start(policy, "the policy that others are compared with holds from the start"));
    } else if (day <= clock.start || clock.step_at(day) >= clock.steps()) {
      problems.push_back(of_start(
          policy, fmt::format("{} is not between the start, {}, and the end, {}", to_string(day),
                              to_string(clock.start), to_string(clock.date(clock.steps())))));
    }
  }
}

}  // namespace
}  // namespace experiment

bool is_experiment(const std::string& file) {
  return text::format_of(file).starts_with("experiment/");
}

ExperimentSpec parse_experiment(const std::string& text, const std::string& name,
                                const ReadLimits& limits) {
  ExperimentSpec out;
  out.file = name;
  out.text = text;
  experiment::read_text(
      text, name, limits,
      [&](text::Decoder& decoder, const text::Sources& sources, const text::Node& root) {
        experiment::ExperimentReader(decoder, sources, out).read(root);
      });
  return out;
}

ExperimentSpec load_experiment(const std::string& file, const ReadLimits& limits) {
  return parse_experiment(experiment::text_of(file, limits), file, limits);
}

Worlds make_worlds(const ExperimentSpec& experiment, const Vocabulary& vocabulary,
                   const ReadLimits& limits) {
  std::vector<Diagnostic> problems;
  const auto collect = [&](const ScenarioError& e) {
    for (const Diagnostic& d : e.diagnostics()) problems.push_back(d);
  };
  const Scenario base = Scenario::load(experiment.scenario, vocabulary, {}, limits);
  Worlds worlds;
  worlds.replicates = experiment.replicates;
  const std::vector<Edit> common = experiment::common_edits(experiment, base);
  for (const PolicySpec& policy : experiment.policies) {
    try {
      Scenario scenario =
          policy.file.empty() ? base : Scenario::load(policy.file, vocabulary, {}, limits);
      std::vector<Edit> edits = common;
      edits.insert(edits.end(), policy.edits.begin(), policy.edits.end());
      if (!edits.empty()) scenario = scenario.with(edits);
      Policy made{policy.name, std::move(scenario), policy.title, {}, policy.from};
      if (made.title.empty() && !policy.file.empty()) made.title = made.scenario->title;
      for (const PolicySpec::About& about : policy.about) made.about.push_back(about.what);
      const bool first = policy.name == experiment.baseline;
      worlds.policies.insert(first ? worlds.policies.begin() : worlds.policies.end(),
                             std::move(made));
    } catch (const ScenarioError& e) {
      collect(e);
    }
  }
  experiment::check_outcomes(experiment, base, problems);
  if (problems.empty()) experiment::check_days(worlds, problems);
  if (!problems.empty()) throw ScenarioError(std::move(problems));
  if (experiment.design.method == DesignMethod::random) return worlds;
  for (const Uncertainty& u : experiment.uncertainties) worlds.paths.push_back(u.path);
  if (experiment.design.method == DesignMethod::table) {
    worlds.points = experiment.design.table;
    return worlds;
  }
  const auto unit =
      design_points(experiment.design, worlds.paths.size(), experiment.seed.value_or(1));
  worlds.points.reserve(unit.size());
  for (const auto& point : unit) {
    DesignPoint values;
    values.values.reserve(point.size());
    for (std::size_t i = 0; i < point.size(); ++i) {
      values.values.push_back(prior_quantile(experiment.uncertainties[i].prior, point[i]));
    }
    worlds.points.push_back(std::move(values));
  }
  return worlds;
}

}  // namespace casus
