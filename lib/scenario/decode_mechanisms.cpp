#include <fmt/format.h>

#include <algorithm>

#include "scenario/decode.h"
#include "scenario/sections.h"
#include "text/read_sections.h"

namespace casus::scenario {

void read_mechanisms(Decoder& d, const Node& root, ScenarioData& data) {
  for (const MechanismInfo& info : d.vocabulary) {
    MechanismSpec spec;
    spec.name = info.name;
    for (const ParameterInfo& p : info.parameters) spec.values.emplace_back(p.fallback);
    data.mechanisms.push_back(std::move(spec));
  }
  const Node* node = section_of(root, "mechanisms");
  if (node == nullptr || node->is_null() || !d.expect(*node, Node::Kind::map, "mechanisms")) return;
  std::vector<std::string> names;
  for (const MechanismInfo& info : d.vocabulary) names.push_back(info.name);
  for (const Entry& e : node->entries) {
    const std::string path = "mechanisms." + e.key;
    const auto found = std::find(names.begin(), names.end(), e.key);
    if (found == names.end()) {
      d.fail("E0306", e.key_at, path, fmt::format("no mechanism '{}'", e.key),
             did_you_mean(nearest(e.key, names)));
      continue;
    }
    if (e.value.is_null() && e.value.text.empty()) continue;
    if (e.value.is_scalar()) {
      d.fail("E0201", e.value.at, path, fmt::format("expected a mapping, found '{}'", e.value.text),
             "to switch a mechanism off write {enabled: false}");
      continue;
    }
    if (!d.expect(e.value, Node::Kind::map, path)) continue;
    const auto m = static_cast<std::size_t>(found - names.begin());
    const MechanismInfo& info = d.vocabulary[m];
    for (const Entry& value : e.value.entries) {
      const std::string at = path + "." + value.key;
      if (value.key == "enabled") {
        d.read(value.value, FieldInfo{}, at, data.mechanisms[m].enabled);
        continue;
      }
      std::vector<std::string> parameters{"enabled"};
      std::size_t p = 0;
      while (p < info.parameters.size() && info.parameters[p].name != value.key) ++p;
      if (p == info.parameters.size()) {
        for (const ParameterInfo& q : info.parameters) parameters.push_back(q.name);
        d.fail("E0306", value.key_at, at,
               fmt::format("mechanism '{}' has no parameter '{}'", info.name, value.key),
               did_you_mean(nearest(value.key, parameters)));
        continue;
      }
      d.read(value.value, parameter_field(info.parameters[p]), at, data.mechanisms[m].values[p]);
    }
  }
}

}  // namespace casus::scenario
