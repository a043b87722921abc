#pragma once

#include <nlohmann/json.hpp>
#include <span>
#include <string_view>
#include <vector>

#include "text/field_info.h"

// Pieces of a JSON schema of what tables of keys describe.
namespace casus::text {

using Json = nlohmann::ordered_json;

inline constexpr const char* name_pattern = "^[a-z][a-z0-9_]*$";
inline constexpr const char* date_pattern = "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$";

/// The schema of a field of Type::custom, by its form; null if it is not known here.
using CustomForm = Json (*)(const FieldInfo&);

/// What a value of a field looks like.
Json value_schema(const FieldInfo& field, CustomForm custom);
/// A mapping with the keys of a table. `required`: those that it demands must be there.
enum class Required : std::uint8_t { no, yes };
Json mapping_schema(const std::vector<FieldInfo>& fields, Required required, CustomForm custom);

Json text_schema();
Json name_schema();
/// A number in its range, plain or with a unit.
Json number_schema(Unit unit, double low, double high);
Json prior_schema(Unit unit);
Json quantity_schema(Unit unit);
Json words_schema(std::span<const std::string_view> words);
/// The schema of that name among the definitions.
Json reference_to(std::string_view section);
Json one_or_list(Json item);
Json names_to(Json entry);    ///< a mapping of names to such entries
Json strings_to(Json entry);  ///< a mapping of any texts to them
/// What the schemas of numbers refer to: a mapping of definitions.
Json unit_definitions();

}  // namespace casus::text
