#include "scenario/schema_forms.h"

#include <cmath>
#include <string_view>

namespace casus::scenario {

using namespace text;

Json custom_form(const FieldInfo& f) {
  const std::string_view form = f.section;
  if (form == "position") {
    return {{"type", "array"}, {"items", {{"type", "number"}}}, {"minItems", 2}, {"maxItems", 2}};
  }
  if (form == "neighbours") return names_to(number_schema(Unit::km, 0.01, 20000.0));
  if (form == "sides") {
    return {
        {"type", "array"}, {"items", one_or_list(name_schema())}, {"minItems", 2}, {"maxItems", 2}};
  }
  if (form == "measure_size") {
    Json money{{"type", "number"}, {"minimum", 0.0}};
    if (std::isfinite(f.high)) money["maximum"] = f.high;
    return {{"anyOf",
             {money, quantity_schema(Unit::musd_per_year), quantity_schema(Unit::none),
              prior_schema(Unit::musd_per_year), prior_schema(f.unit)}}};
  }
  if (form == "condition") return {{"type", "string"}};
  if (form == "assignments") {
    return strings_to({{"type", {"number", "string"}}});
  }
  if (form == "pact_names" || form == "region_or_area") return one_or_list(name_schema());
  if (form == "members") {
    const Json particulars{{"anyOf", {{{"type", "null"}}, reference_to("member")}}};
    return {{"anyOf", {one_or_list(name_schema()), names_to(particulars)}}};
  }
  if (form == "suspensions") {
    return one_or_list(
        {{"anyOf",
          {Json{{"type", "string"}, {"pattern", date_pattern}}, reference_to("suspended")}}});
  }
  if (form == "reservations") {
    return {{"anyOf", {one_or_list(text_schema()), strings_to({{"type", "string"}})}}};
  }
  if (form == "adversary") return {{"anyOf", {one_or_list(name_schema()), reference_to("by")}}};
  if (form == "geography") return {{"anyOf", {one_or_list(name_schema()), reference_to("where")}}};
  return Json::object();
}

Json relation_items(const std::vector<FieldInfo>& fields, CustomForm custom) {
  Json single = mapping_schema(fields, Required::yes, custom);
  Json several = mapping_schema(fields, Required::no, custom);
  Json& properties = several["properties"];
  properties.erase("from");
  properties.erase("to");
  const Json two{{"type", "array"}, {"items", name_schema()}, {"minItems", 2}};
  properties["among"] = two;
  properties["between"] = two;
  properties["between"]["maxItems"] = 2;
  // What a group needs beside its names is what one relation needs.
  Json needed = Json::array();
  for (const FieldInfo& f : fields) {
    if (f.required && f.name != "from" && f.name != "to") needed.push_back(std::string(f.name));
  }
  if (!needed.empty()) several["required"] = std::move(needed);
  several["oneOf"] = {{{"required", {"among"}}}, {{"required", {"between"}}}};
  return {{"oneOf", {single, several}}};
}

}  // namespace casus::scenario
