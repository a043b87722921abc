#include <fmt/format.h>

#include "casus/experiment/experiment.h"
#include "experiment/reader.h"
#include "experiment/tables.h"
#include "text/json_schema.h"

namespace casus {
namespace experiment {
namespace {

Json form(const FieldInfo& f) {
  if (f.section == "uncertainties") return strings_to(prior_schema(Unit::none));
  if (f.section == "paths") return one_or_list(text_schema());
  if (f.section == "values") return {{"type", "object"}};
  if (f.section == "timeline") return {{"type", "array"}, {"items", {{"type", "object"}}}};
  if (f.section == "about") {
    const Json ways = {{"type", "object"}, {"additionalProperties", words_schema(way_names())}};
    return {{"anyOf", {one_or_list(text_schema()), ways}}};
  }
  if (f.section == "rows") {
    return {{"type", "array"}, {"items", {{"type", "array"}, {"items", {{"type", "number"}}}}}};
  }
  if (f.section == "outcomes") {
    return {{"anyOf", {one_or_list(text_schema()), {{"type", "object"}}}}};
  }
  return {};
}

template <class S>
Json mapping(std::span<const Field<S>> fields) {
  return mapping_schema(infos(fields), Required::yes, form);
}

}  // namespace
}  // namespace experiment

std::string experiment_schema() {
  using namespace experiment;
  Json definitions = unit_definitions();
  definitions["design"] = mapping(design_fields());
  definitions["policy"] = mapping(policy_fields());
  definitions["compare"] = mapping(compare_fields());
  definitions["stop"] = mapping(stop_fields());
  definitions["stop_when"] = mapping(when_fields());
  Json schema = mapping(frame_fields());
  schema["properties"]["casus"] = {{"const", "experiment/1"}};
  schema["properties"]["policies"] = strings_to(reference_to("policy"));
  Json whole{{"$schema", "http://json-schema.org/draft-07/schema#"},
             {"title", "Experiments with scenarios of Casus, format experiment/1"}};
  whole.update(schema);
  whole["definitions"] = std::move(definitions);
  return whole.dump(2) + "\n";
}

std::string experiment_reference() {
  using namespace experiment;
  std::string text =
      "Experiment files (casus: experiment/1): one scenario, changed by policies, under the same "
      "luck.\n'casus compare FILE' runs one; 'casus check FILE' looks at it alone.\n\n";
  reference_page(text, "The file", frame_fields());
  reference_page(text, "design", design_fields());
  reference_page(text, "policies.NAME", policy_fields());
  reference_page(text, "compare", compare_fields());
  reference_page(text, "stop", stop_fields());
  reference_page(text, "stop.when", when_fields());
  return text;
}

}  // namespace casus
