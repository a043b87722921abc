#include "text/json_schema.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>

namespace casus::text {
namespace {

constexpr std::string_view number_pattern = "[-+]?(0|[1-9][0-9]*)?(\\.[0-9]+)?([eE][-+]?[0-9]+)?";

constexpr std::string_view time_words =
    "(min|minutes?|h|hours?|d|days?|w|weeks?|months?|y|yr|years?)";
constexpr std::string_view people_words =
    "((thousand|million|billion)? *(people|persons?|troops|soldiers|fighters)|"
    "(thousand|million|billion))";
constexpr std::string_view length_words = "(m|km|mi|miles|nmi)";
constexpr std::string_view area_words =
    "((thousand|million|billion)? *)(m2|m²|ha|km2|km\\^2|km²|sq *km|mi2)";
constexpr std::string_view money_words = "((k|m|b) *usd|usd|(thousand|million|billion) *usd)";

/// The units of a dimension, whatever their case: "day" becomes "[dD][aA][yY]".
std::string any_case(std::string_view pattern) {
  std::string out;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const char c = pattern[i];
    if (c >= 'a' && c <= 'z') {
      out += fmt::format("[{}{}]", c, static_cast<char>(c - 'a' + 'A'));
    } else {
      out += c;
    }
  }
  return out;
}

std::string unit_pattern(Unit unit) {
  const std::string per = fmt::format(" *(/| per +) *{}", time_words);
  switch (unit) {
    case Unit::none:
      return any_case("(%|percent)");
    case Unit::days:
      return any_case(time_words);
    case Unit::per_day:
    case Unit::per_year:
      return any_case("(1|%|percent)?" + per);
    case Unit::people:
      return any_case(people_words);
    case Unit::people_per_day:
      return any_case(std::string(people_words) + per);
    case Unit::km:
      return any_case(length_words);
    case Unit::km2:
      return any_case(area_words);
    case Unit::musd:
    case Unit::usd:
      return any_case(money_words);
    case Unit::musd_per_year:
    case Unit::musd_per_day:
    case Unit::usd_per_day:
      return any_case(std::string(money_words) + per);
  }
  return ".*";
}

/// Patterns of units are long: they stand among the definitions once.
std::string unit_key(Unit unit) {
  std::string key(unit_name(unit));
  std::replace(key.begin(), key.end(), '/', '_');
  return key.empty() ? "share" : key;
}

Json quantity_definition(Unit unit) {
  return {{"type", "string"},
          {"pattern", fmt::format("^{} *{}$", number_pattern, unit_pattern(unit))}};
}

Json plain_number(const FieldInfo& f) {
  Json schema{{"type", f.type == Type::whole ? "integer" : "number"}};
  if (std::isfinite(f.low)) schema["minimum"] = f.low;
  if (std::isfinite(f.high)) schema["maximum"] = f.high;
  return schema;
}

/// A number in a list of a prior: its range belongs to the field's values, not to a spread.
Json list_of_numbers(Unit unit, std::size_t n) {
  const Json item{{"anyOf", {{{"type", "number"}}, quantity_schema(unit)}}};
  return {{"type", "array"}, {"items", item}, {"minItems", n}, {"maxItems", n}};
}

Json prior_definition(Unit unit) {
  const Json pure = list_of_numbers(Unit::none, 2);
  const Json pair = list_of_numbers(unit, 2);
  Json values = list_of_numbers(unit, 1);
  values.erase("maxItems");
  const Json rows{{"type", "object"},
                  {"properties", {{"of", text_schema()}, {"values", std::move(values)}}},
                  {"required", {"of", "values"}},
                  {"additionalProperties", false}};
  return {{"type", "object"},
          {"minProperties", 1},
          {"maxProperties", 1},
          {"additionalProperties", false},
          {"properties",
           {{"uniform", pair},
            {"triangular", list_of_numbers(unit, 3)},
            {"normal", pair},
            {"lognormal", pair},
            {"beta", pure},
            {"rows", rows}}}};
}

Json bare_schema(const FieldInfo& f, CustomForm custom) {
  switch (f.type) {
    case Type::flag:
      return {{"type", "boolean"}};
    case Type::real:
    case Type::whole:
      return {{"anyOf", {plain_number(f), quantity_schema(f.unit)}}};
    case Type::number:
      return {{"anyOf", {plain_number(f), quantity_schema(f.unit), prior_schema(f.unit)}}};
    case Type::duration:
      return quantity_schema(Unit::days);
    case Type::date:
      return {{"type", "string"}, {"pattern", date_pattern}};
    case Type::word:
      return words_schema(f.words);
    case Type::words:
      return one_or_list(words_schema(f.words));
    case Type::region:
    case Type::actor:
    case Type::party:
      return name_schema();
    case Type::tags:
    case Type::regions:
    case Type::actors:
    case Type::parties:
    case Type::places:
      return one_or_list(name_schema());
    case Type::section:
      return reference_to(f.section);
    case Type::entries:
      return strings_to(reference_to(f.section));
    case Type::list:
      return {{"type", "array"}, {"items", reference_to(f.section)}};
    case Type::custom:
      return custom == nullptr ? Json::object() : custom(f);
    case Type::automatic:
    case Type::text:
    case Type::source:
      break;
  }
  return text_schema();
}

}  // namespace

// A plain 1914 is text where text is expected, whatever a YAML reader makes of it.
Json text_schema() { return {{"type", {"string", "number", "boolean"}}}; }

Json name_schema() { return {{"type", "string"}, {"pattern", name_pattern}}; }

Json number_schema(Unit unit, double low, double high) {
  FieldInfo f;
  f.unit = unit;
  f.low = low;
  f.high = high;
  return {{"anyOf", {plain_number(f), quantity_schema(unit)}}};
}

Json quantity_schema(Unit unit) {
  return {{"$ref", fmt::format("#/definitions/quantity_{}", unit_key(unit))}};
}

Json prior_schema(Unit unit) {
  return {{"$ref", fmt::format("#/definitions/prior_{}", unit_key(unit))}};
}

Json words_schema(std::span<const std::string_view> words) {
  Json all = Json::array();
  for (const std::string_view word : words) all.push_back(std::string(word));
  return {{"enum", all}};
}

Json reference_to(std::string_view section) {
  return {{"$ref", fmt::format("#/definitions/{}", section)}};
}

Json one_or_list(Json item) {
  Json list{{"type", "array"}, {"items", item}};
  return {{"anyOf", {std::move(item), std::move(list)}}};
}

Json names_to(Json entry) {
  return {{"type", "object"},
          {"propertyNames", {{"pattern", name_pattern}}},
          {"additionalProperties", std::move(entry)}};
}

Json strings_to(Json entry) {
  return {{"type", "object"}, {"additionalProperties", std::move(entry)}};
}

Json unit_definitions() {
  Json definitions = Json::object();
  for (const Unit unit : {Unit::none, Unit::days, Unit::per_day, Unit::per_year, Unit::people,
                          Unit::people_per_day, Unit::km, Unit::km2, Unit::musd,
                          Unit::musd_per_year, Unit::musd_per_day, Unit::usd, Unit::usd_per_day}) {
    definitions["quantity_" + unit_key(unit)] = quantity_definition(unit);
    definitions["prior_" + unit_key(unit)] = prior_definition(unit);
  }
  return definitions;
}

Json value_schema(const FieldInfo& f, CustomForm custom) {
  Json schema = bare_schema(f, custom);
  // Draft 7 ignores what stands beside a reference.
  if (schema.contains("$ref")) schema = Json{{"allOf", Json::array({schema})}};
  schema["description"] = std::string(f.doc);
  return schema;
}

Json mapping_schema(const std::vector<FieldInfo>& fields, Required required, CustomForm custom) {
  Json properties = Json::object(), demanded = Json::array();
  for (const FieldInfo& f : fields) {
    properties[std::string(f.name)] = value_schema(f, custom);
    if (f.required) demanded.push_back(std::string(f.name));
  }
  Json schema{{"type", "object"}, {"properties", properties}, {"additionalProperties", false}};
  if (required == Required::yes && !demanded.empty()) schema["required"] = demanded;
  return schema;
}

}  // namespace casus::text
