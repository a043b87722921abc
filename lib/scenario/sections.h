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

struct Tables;

/// All of them, in the order of the reference; their fields point into the tables.
std::vector<SectionInfo> sections(const Tables& tables);
/// The same without mechanisms.
const std::vector<SectionInfo>& sections();

/// A mechanism's parameter as a field.
FieldInfo parameter_field(const ParameterInfo& parameter);

}  // namespace casus::scenario
