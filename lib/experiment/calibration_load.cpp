#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "casus/experiment/calibration_file.h"
#include "casus/study/region_facts.h"
#include "experiment/calibration_tables.h"
#include "experiment/reader.h"
#include "text/format_of.h"
#include "text/json_schema.h"
#include "text/read_file.h"

namespace casus {
namespace experiment {
namespace {

/// Standard deviations from the middle to the end of the middle 90 %.
constexpr double half_of_90 = 1.6448536269514722;

class CalibrationReader {
 public:
  CalibrationReader(Decoder& decoder, CalibrationSpec& out)
      : d_(decoder), out_(out), shared_(decoder, out.experiment) {}

  void read(const Node& root) {
    if (!d_.expect(root, Node::Kind::map, "")) return;
    CalibrationFrame frame;
    read_fields(d_, root, root.at, "", calibration_fields(), frame);
    if (frame.format != "calibration/1" && root.find("casus") != nullptr) {
      d_.fail("E0203", root.find("casus")->value.at, "casus",
              fmt::format("format '{}' is not known", frame.format),
              "write 'casus: calibration/1'");
    }
    ExperimentSpec& e = out_.experiment;
    e.title = frame.title;
    e.description = frame.description;
    if (!frame.scenario.empty()) e.scenario = beside(e.file, frame.scenario);
    e.replicates = frame.replicates;
    e.seed = frame.seed;
    e.policies.push_back({"calibrated", "", {}});
    e.design.method = DesignMethod::lhs;
    out_.waves = frame.waves;
    out_.rows = frame.rows;
    out_.cut = frame.cut;
    if (frame.uncertainties != nullptr) {
      shared_.uncertainties(*frame.uncertainties);
      for (const Entry& entry : frame.uncertainties->entries) {
        out_.uncertain_at.push_back(d_.problems.sources().location(entry.key_at));
      }
    }
    if (frame.design != nullptr) design(*frame.design);
    if (frame.outcomes != nullptr) shared_.outcomes(*frame.outcomes);
    if (frame.targets != nullptr) targets(*frame.targets);
    enough_points(root);
  }

 private:
  void design(const Node& node) {
    shared_.design(node);
    const DesignMethod method = out_.experiment.design.method;
    if (method == DesignMethod::lhs || method == DesignMethod::sobol) return;
    d_.fail(
        "E0420", node.at, "design.method",
        fmt::format("a calibration does not begin with the points of '{}'", method_name(method)),
        "use lhs or sobol, which fill the priors");
  }

  void enough_points(const Node& root) {
    const ExperimentSpec& e = out_.experiment;
    const std::size_t least = e.uncertainties.size() + 3;
    if (e.design.points >= least) return;
    const Entry* at = root.find("design");
    d_.fail("E0420", at == nullptr ? root.at : at->value.at, "design.points",
            fmt::format("{} points cannot tell {} uncertain things apart", e.design.points,
                        e.uncertainties.size()),
            fmt::format("{} are the least, ten for each a good number", least));
  }

  void targets(const Node& node) {
    if (!d_.expect(node, Node::Kind::map, "targets")) return;
    if (node.entries.empty()) d_.fail("E0202", node.at, "targets", "there is no target");
    for (const Entry& e : node.entries) target(e);
  }

  void target(const Entry& e) {
    const std::string path = "targets." + e.key;
    TargetKeys keys;
    if (!read_fields(d_, e.value, e.key_at, path, target_fields(), keys)) return;
    CalibrationSpec::Target t;
    MatchTarget& m = t.match;
    m.name = e.key;
    m.title = keys.title;
    m.source = keys.source;
    m.discrepancy = keys.discrepancy;
    m.log_scale = keys.scale == TargetScale::log;
    m.of_mean = keys.of == TargetOf::mean;
    if (keys.fact) {
      t.fact = region_fact_list()[static_cast<std::size_t>(*keys.fact)].key;
    }
    t.where = keys.where;
    t.outcome = !keys.outcome.empty() || keys.fact ? keys.outcome : e.key;
    t.at = d_.problems.sources().location(e.key_at);
    if (!keys.outcome.empty() && keys.fact) {
      d_.fail("E0420", e.key_at, path, "'outcome' and 'fact' are two things", "give one of them");
    }
    if (!keys.where.empty() && !keys.fact) {
      d_.fail("E0420", e.key_at, path + ".where", "'where' is of a fact",
              "an outcome says itself where it is of");
    }
    observed(e, keys, path, m);
    if (m.log_scale && m.observed < 0.0) {
      d_.fail("E0204", e.key_at, path, "what is compared by logarithms is not below 0");
    }
    out_.targets.push_back(std::move(t));
  }

  void observed(const Entry& e, const TargetKeys& keys, const std::string& path, MatchTarget& m) {
    const bool plain = keys.observed || keys.error;
    if (plain == (keys.band != nullptr) || (plain && (!keys.observed || !keys.error))) {
      d_.fail("E0202", e.key_at, path, "a target needs 'observed' and 'error', or a 'band'");
      return;
    }
    if (plain) {
      m.observed = *keys.observed;
      m.error = *keys.error;
      if (!(m.error > 0.0)) {
        d_.fail("E0204", e.value.find("error")->value.at, path + ".error",
                "an error of 0 leaves no room for any count", "say how sure the count is");
      }
      return;
    }
    const Node& band = *keys.band;
    double low = 0.0, high = 0.0;
    if (!band.is_list() || band.items.size() != 2 ||
        !d_.read(band.items[0], FieldInfo{}, path + ".band", low) ||
        !d_.read(band.items[1], FieldInfo{}, path + ".band", high) || !(low < high)) {
      d_.fail("E0209", band.at, path + ".band", "a band is two numbers, the lower first",
              "write [400, 800]");
      return;
    }
    if (m.log_scale && low < 0.0) {
      d_.fail("E0204", band.at, path, "what is compared by logarithms is not below 0");
      return;
    }
    m.observed = 0.5 * (low + high);
    m.error = 0.5 * (high - low) / half_of_90;
    if (m.log_scale) {
      // The middle, and the error relative to it, are on that scale.
      m.observed = std::expm1(0.5 * (std::log1p(low) + std::log1p(high)));
      m.error = 0.5 * (std::log1p(high) - std::log1p(low)) / half_of_90 * (1.0 + m.observed);
    }
  }

  Decoder& d_;
  CalibrationSpec& out_;
  SharedReader shared_;
};

Json calibration_form(const FieldInfo& f) {
  if (f.section == "uncertainties") return strings_to(prior_schema(Unit::none));
  if (f.section == "band") {
    return {{"type", "array"}, {"items", {{"type", "number"}}}, {"minItems", 2}, {"maxItems", 2}};
  }
  if (f.section == "outcomes") return {{"type", "object"}};
  return {};
}

}  // namespace
}  // namespace experiment

bool is_calibration(const std::string& file) {
  return text::format_of(file).starts_with("calibration/");
}

CalibrationSpec parse_calibration(const std::string& text, const std::string& name,
                                  const ReadLimits& limits) {
  CalibrationSpec out;
  out.experiment.file = name;
  out.experiment.text = text;
  experiment::read_text(text, name, limits,
                        [&](text::Decoder& decoder, const text::Sources&, const text::Node& root) {
                          experiment::CalibrationReader(decoder, out).read(root);
                        });
  return out;
}

CalibrationSpec load_calibration(const std::string& file, const ReadLimits& limits) {
  return parse_calibration(experiment::text_of(file, limits), file, limits);
}

std::string calibration_schema() {
  using namespace experiment;
  Json definitions = unit_definitions();
  definitions["design"] = mapping_schema(infos(design_fields()), Required::yes, [](const auto&) {
    return Json{{"type", "array"}};
  });
  definitions["target"] = mapping_schema(infos(target_fields()), Required::yes, calibration_form);
  Json schema = mapping_schema(infos(calibration_fields()), Required::yes, calibration_form);
  schema["properties"]["casus"] = {{"const", "calibration/1"}};
  Json whole{{"$schema", "http://json-schema.org/draft-07/schema#"},
             {"title", "Calibrations of scenarios of Casus, format calibration/1"}};
  whole.update(schema);
  whole["definitions"] = std::move(definitions);
  return whole.dump(2) + "\n";
}

std::string calibration_reference() {
  using namespace experiment;
  std::string text =
      "Calibration files (casus: calibration/1): which values of a scenario's uncertain things "
      "agree with what was observed.\n'casus calibrate FILE' finds out; 'casus check FILE' looks "
      "at the file alone.\n\n";
  reference_page(text, "The file", calibration_fields());
  reference_page(text, "targets.NAME", target_fields());
  reference_page(text, "design", design_fields());
  text += "Facts\n";
  for (const RegionFact& f : region_fact_list()) {
    text += fmt::format("  {}\n      {}: {}\n", f.key, f.title, f.doc);
  }
  return text;
}

}  // namespace casus
