#include "casus/scenario/schema.h"

#include <string>

#include "scenario/schema_forms.h"
#include "scenario/sections.h"
#include "scenario/tables.h"
#include "scenario/treaties.h"

namespace casus {
namespace scenario {
namespace {

Json field_schema(const FieldInfo& f) { return value_schema(f, custom_form); }

Json mapping(const std::vector<FieldInfo>& fields, Required required) {
  return mapping_schema(fields, required, custom_form);
}

/// Keys that the kind of an actor does not have are errors.
Json actor_kinds(const Tables& tables) {
  Json all = Json::array();
  const auto words = actor_kind_words();
  for (std::size_t k = 0; k < words.size(); ++k) {
    Json keys = Json::array();
    for (const Field<ActorSpec>& f : tables.actors()) {
      if ((f.info.kinds >> k & 1U) != 0) keys.push_back(std::string(f.info.name));
    }
    const Json is_kind{{"properties", {{"kind", {{"const", std::string(words[k])}}}}},
                       {"required", {"kind"}}};
    all.push_back({{"if", is_kind}, {"then", {{"propertyNames", {{"enum", keys}}}}}});
  }
  return all;
}

Json presence(const SectionInfo& section) {
  FieldInfo strength;
  for (const FieldInfo& f : section.fields) {
    if (f.name == "strength") strength = f;
  }
  const Json entry{{"anyOf", {field_schema(strength), mapping(section.fields, Required::yes)}}};
  return names_to(names_to(entry));
}

Json mechanisms(const Vocabulary& vocabulary) {
  Json properties = Json::object();
  for (const MechanismInfo& m : vocabulary) {
    Json parameters{{"enabled", {{"type", "boolean"}, {"description", "Switches it on or off."}}}};
    for (const ParameterInfo& p : m.parameters) {
      Json schema = field_schema(parameter_field(p));
      schema["default"] = p.fallback;
      parameters[p.name] = std::move(schema);
    }
    properties[m.name] = {{"type", "object"},
                          {"description", m.doc},
                          {"properties", parameters},
                          {"additionalProperties", false}};
  }
  return {{"type", "object"}, {"properties", properties}, {"additionalProperties", false}};
}

Json edits() {
  const Json path{{"type", "string"}};
  const auto form = [](Json properties, Json required) {
    return Json{{"type", "object"},
                {"properties", std::move(properties)},
                {"required", std::move(required)},
                {"additionalProperties", false}};
  };
  return {{"type", "array"},
          {"items",
           {{"oneOf",
             {form({{"set", path}, {"to", true}}, {"set", "to"}),
              form({{"remove", path}}, Json::array({"remove"})),
              form({{"add", path}, {"value", true}}, {"add", "value"}),
              form({{"emit", {{"type", "object"}}}}, Json::array({"emit"}))}}}}};
}

Json section_schema(const SectionInfo& s, const Vocabulary& vocabulary, const Tables& tables) {
  if (s.name == "casus") return {{"enum", {"scenario/1", "treaty/1"}}};
  if (s.name == "include") {
    return {
        {"anyOf", {{{"type", "string"}}, {{"type", "array"}, {"items", {{"type", "string"}}}}}}};
  }
  if (s.name == "sources") return names_to(text_schema());
  if (s.name == "areas") return one_or_list(name_schema());
  if (s.name == "map") {
    return {{"anyOf",
             {{{"type", "string"}},
              {{"type", "object"},
               {"properties",
                {{"type", {{"const", "FeatureCollection"}}},
                 {"features", {{"type", "array"}, {"items", {{"type", "object"}}}}}}},
               {"required", {"type", "features"}}}}}};
  }
  if (s.name == "removed") return {{"type", "array"}, {"items", {{"type", "string"}}}};
  if (s.name == "edits") return edits();
  if (s.name == "mechanisms") return mechanisms(vocabulary);
  if (s.name == "presence") return presence(s);
  if (s.name == "resistance") {
    return names_to(names_to({{"type", "number"}, {"minimum", -4}, {"maximum", 4}}));
  }
  if (s.name == "relations")
    return {{"type", "array"}, {"items", relation_items(s.fields, custom_form)}};
  switch (s.layout) {
    case Layout::map:
      return mapping(s.fields, Required::no);
    case Layout::entries: {
      Json entry = mapping(s.fields, Required::no);
      if (s.name == "actors") entry["allOf"] = actor_kinds(tables);
      return names_to(std::move(entry));
    }
    case Layout::list:
      return {{"type", "array"}, {"items", mapping(s.fields, Required::yes)}};
    case Layout::value:
    case Layout::special:
      break;
  }
  return text_schema();
}

/// A file that includes nothing and has a clock is whole: what is required has to be there.
Json whole_files(const std::vector<SectionInfo>& all) {
  Json properties = Json::object();
  for (const SectionInfo& s : all) {
    if (!s.top || (s.layout != Layout::entries && s.layout != Layout::map)) continue;
    Json required = Json::array();
    for (const FieldInfo& f : s.fields) {
      if (f.required) required.push_back(std::string(f.name));
    }
    if (required.empty()) continue;
    const Json rule{{"required", required}};
    properties[std::string(s.name)] =
        s.layout == Layout::map ? rule : Json{{"additionalProperties", rule}};
  }
  const Json whole{{"required", {"clock"}}, {"not", {{"required", Json::array({"include"})}}}};
  return {{"if", whole}, {"then", {{"properties", properties}}}};
}

/// A treaty is for any scenario, so it says nothing of one; and only a treaty has `others`.
Json treaty_files() {
  Json keys = Json::array();
  for (const std::string_view key : treaty_keys()) keys.push_back(std::string(key));
  const Json treaty{{"properties", {{"casus", {{"const", "treaty/1"}}}}}};
  return {{"if", treaty},
          {"then", {{"propertyNames", {{"enum", keys}}}, {"required", Json::array({"pacts"})}}},
          {"else", {{"properties", {{"others", false}}}}}};
}

}  // namespace
}  // namespace scenario

std::string json_schema(const Vocabulary& vocabulary) {
  using namespace scenario;
  const Tables tables(vocabulary);
  const std::vector<SectionInfo> all = sections(tables);
  Json properties = Json::object(), definitions = unit_definitions();
  for (const SectionInfo& s : all) {
    if (s.top) {
      Json schema = section_schema(s, vocabulary, tables);
      schema["description"] = std::string(s.doc);
      properties[std::string(s.name)] = std::move(schema);
    } else {
      // Entries merge key by key between files, so only what stands in lists is sure to be whole.
      const bool in_list = s.name == "emit" || s.name == "deploy" || s.name == "withdraw" ||
                           s.name == "truce" || s.name == "suspended";
      definitions[std::string(s.name)] = mapping(s.fields, in_list ? Required::yes : Required::no);
    }
  }
  properties["others"] = one_or_list(name_schema());
  properties["others"]["description"] =
      "Of a treaty: whom it names besides its members, so that a misspelling is found.";
  const Json schema{{"$schema", "http://json-schema.org/draft-07/schema#"},
                    {"title", "Casus scenario, format scenario/1, or treaty, format treaty/1"},
                    {"type", "object"},
                    {"required", Json::array({"casus"})},
                    {"properties", properties},
                    {"additionalProperties", false},
                    {"allOf", Json::array({whole_files(all), treaty_files()})},
                    {"definitions", definitions}};
  return schema.dump(2) + "\n";
}

}  // namespace casus
