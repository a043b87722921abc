#pragma once

#include <functional>
#include <span>
#include <string_view>
#include <vector>

#include "scenario/decoder.h"

namespace casus::scenario {

/// How a section is written.
enum class Layout { value, map, entries, list, special };

/// A section, as the schema and the reference see it. A section that is not `top` is inside others.
struct SectionInfo {
  std::string_view name;
  Layout layout;
  bool top;
  std::string_view doc;
  std::vector<FieldInfo> fields;
  std::string_view example{};
};

/// All of them, in the order of the reference.
const std::vector<SectionInfo>& sections();
const SectionInfo* find_section(std::string_view name);

/// A mechanism's parameter as a field.
FieldInfo parameter_field(const ParameterInfo& parameter);

}  // namespace casus::scenario
