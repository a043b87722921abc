#include "casus/casebook/schema.h"

#include "casebook/case_decoder.h"
#include "casus/law/parameters.h"
#include "scenario/pact_tables.h"
#include "scenario/schema_forms.h"
#include "scenario/sections.h"

namespace casus {
namespace casebook {
namespace {

/// Forms that no other format has.
Json special(const FieldInfo& f) {
  const Json share{{"type", "number"}, {"minimum", 0}, {"maximum", 1}};
  if (f.section == "by_pact" || f.section == "by_party") return names_to(share);
  if (f.section == "claimant_by_party") return names_to(words_schema(f.words));
  if (f.section == "sources") return names_to(text_schema());
  if (f.section == "act_selector")
    return {{"anyOf", {name_schema(), reference_to("act_selector")}}};
  if (f.section == "votes") {
    Json all = words_schema(law::names<law::Obligation>());
    for (const char* word : {"for", "against", "abstains", "absent"}) all["enum"].push_back(word);
    return names_to(names_to(all));
  }
  return {};
}

Json form(const FieldInfo& f) {
  Json schema = special(f);
  return schema.is_null() ? scenario::custom_form(f) : schema;
}

Json mapping(const std::vector<FieldInfo>& fields, Required required) {
  return mapping_schema(fields, required, form);
}

/// `mali: state` and `gao: mali` are short forms.
Json short_or(std::string_view section, Json plain) {
  return names_to({{"anyOf", {std::move(plain), reference_to(section)}}});
}

void add_facts(Json& properties) {
  for (const FieldInfo& f : infos(facts_fields())) {
    Json schema = value_schema(f, form);
    if (f.name == "parties") schema = short_or("party", words_schema(law::names<law::PartyKind>()));
    if (f.name == "places") schema = short_or("place", name_schema());
    schema["description"] = std::string(f.doc);
    properties[std::string(f.name)] = std::move(schema);
  }
}

Json with_facts(const std::vector<FieldInfo>& fields, Required required) {
  Json schema = mapping(fields, required);
  add_facts(schema["properties"]);
  return schema;
}

Json expected() {
  Json properties = Json::object();
  for (const ExpectSection& s : expect_sections()) {
    if (s.name == "act_selector") continue;
    Json schema;
    if (!s.list) {
      schema = {{"type", "integer"}, {"minimum", 0}};
    } else if (s.name == "at_war") {
      schema = {{"type", "array"},
                {"items",
                 {{"type", "array"}, {"items", name_schema()}, {"minItems", 2}, {"maxItems", 2}}}};
    } else if (s.name == "nobody") {
      schema = one_or_list(name_schema());
    } else {
      schema = {{"type", "array"}, {"items", mapping(s.fields, Required::yes)}};
    }
    schema["description"] = std::string(s.doc);
    properties[std::string(s.name)] = std::move(schema);
  }
  return {{"type", "object"}, {"properties", properties}, {"additionalProperties", false}};
}

/// The keys of today, and the spellings of older files.
Json settings() {
  Json schema = mapping(infos(settings_fields()), Required::no);
  Json& keys = schema["properties"];
  for (const law::LawParameter& p : law::parameters()) {
    if (p.spelt_before.empty()) continue;
    Json older = keys[p.info.name];
    older["description"] = "An older spelling of " + p.info.name + ".";
    const std::string name(p.spelt_before);
    const std::size_t dot = name.find('.');
    if (dot == std::string::npos) {
      keys[name] = std::move(older);
      continue;
    }
    Json& section = keys[name.substr(0, dot)];
    section["type"] = "object";
    section["description"] = "Older spellings.";
    section["additionalProperties"] = false;
    section["properties"][name.substr(dot + 1)] = std::move(older);
  }
  return schema;
}

Json definitions() {
  Json all = unit_definitions();
  // Of pacts, what scenarios say.
  for (const scenario::SectionInfo& s : scenario::sections()) {
    const bool of_pact = s.name == "withdrawal" || s.name == "depth" || s.name == "suspension" ||
                         s.name == "member" || s.name == "suspended" || s.name == "organ" ||
                         s.name == "force" || s.name == "article" || s.name == "when" ||
                         s.name == "then" || s.name == "by" || s.name == "where";
    if (of_pact) all[std::string(s.name)] = mapping(s.fields, Required::no);
  }
  all["pact"] = mapping(infos(scenario::pact_fields()), Required::no);
  all["party"] = mapping(infos(party_fields()), Required::no);
  all["place"] = mapping(infos(place_fields()), Required::no);
  all["war"] = mapping(infos(war_fields()), Required::no);
  all["relation"] = scenario::relation_items(infos(relation_fields()), form);
  all["route"] = mapping(infos(route_fields()), Required::yes);
  all["settings"] = settings();
  all["doctrine"] = mapping(infos(scenario::doctrine_fields()), Required::no);
  all["act"] = mapping(infos(act_fields()), Required::yes);
  all["provocation"] = mapping(infos(provocation_fields()), Required::yes);
  all["change"] = mapping(infos(change_fields()), Required::yes);
  for (const ExpectSection& s : expect_sections()) {
    if (s.name == "act_selector") all["act_selector"] = mapping(s.fields, Required::no);
  }
  all["expect"] = expected();
  all["step"] = with_facts(infos(step_fields()), Required::yes);
  Json single = with_facts(infos(case_fields()), Required::yes);
  single["oneOf"] = {{{"required", Json::array({"expect"})}},
                     {{"required", Json::array({"steps"})}}};
  all["case"] = std::move(single);
  return all;
}

}  // namespace
}  // namespace casebook

std::string casebook_schema() {
  using namespace casebook;
  Json properties{{"casus", {{"const", "casebook/1"}}},
                  {"title", text_schema()},
                  {"description", text_schema()},
                  {"include", one_or_list(text_schema())}};
  properties["include"]["description"] =
      "Files of treaties, relative to this one or to the scenarios that come with Casus. Members "
      "that are no party of a case are left out of it.";
  for (const FieldInfo& f : infos(file_fields()))
    properties[std::string(f.name)] = value_schema(f, form);
  add_facts(properties);
  properties["cases"] = names_to(reference_to("case"));
  const Json schema{{"$schema", "http://json-schema.org/draft-07/schema#"},
                    {"title", "Cases of the law of pacts, format casebook/1"},
                    {"type", "object"},
                    {"required", Json::array({"casus", "cases"})},
                    {"properties", properties},
                    {"additionalProperties", false},
                    {"definitions", definitions()}};
  return schema.dump(2) + "\n";
}

}  // namespace casus
