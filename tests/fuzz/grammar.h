#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <initializer_list>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "text/emit.h"
#include "text/source_text.h"
#include "text/tree.h"

namespace casus::fuzz {

/// SplitMix64: small, and the same everywhere.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next() {
    std::uint64_t z = (state_ += 0x9e3779b97f4a7c15U);
    z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27U)) * 0x94d049bb133111ebU;
    return z ^ (z >> 31U);
  }
  std::size_t below(std::size_t n) { return n == 0 ? 0 : next() % n; }
  bool chance(unsigned percent) { return below(100) < percent; }
  template <class Range>
  const auto& one_of(const Range& range) {
    return range[below(range.size())];
  }

 private:
  std::uint64_t state_;
};

/// Changes documents as their JSON Schema has it: keys that may be there, values of the type that
/// is expected, words of the vocabulary, names that the document has. Now and then it does none of
/// that.
class Grammar {
 public:
  using Json = nlohmann::ordered_json;

  explicit Grammar(const std::string& schema) : schema_(Json::parse(schema)) {}

  std::string changed(const std::string& text, std::uint64_t seed) const {
    Dice dice(seed);
    text::Sources sources;
    text::Problems problems(sources);
    text::Tree tree = parse_tree(sources, sources.add("fuzz.yaml", text), problems);
    text::Node root = std::move(tree.root);
    if (!root.is_map()) {
      root = text::Node();
      root.kind = text::Node::Kind::map;
    }
    std::vector<std::string> names{"some"};
    collect(root, 0, names);
    for (std::size_t n = 1 + dice.below(4); n > 0; --n) change(root, &schema_, names, dice, 0);
    return to_yaml(root);
  }

 private:
  using Node = text::Node;
  static constexpr int deepest = 10;

  static Node scalar(std::string text, bool quoted = false) {
    return text::scalar_node(std::move(text), {}, quoted);
  }

  static void collect(const Node& node, int depth, std::vector<std::string>& names) {
    for (const text::Entry& e : node.entries) {
      if (depth == 1 && names.size() < 200) names.push_back(e.key);
      if (depth < 2) collect(e.value, depth + 1, names);
    }
  }

  const Json* resolved(const Json* schema) const {
    while (schema != nullptr && schema->is_object() && schema->contains("$ref")) {
      const std::string name = schema->at("$ref").get<std::string>();
      schema = &schema_.at("definitions").at(name.substr(name.rfind('/') + 1));
    }
    return schema != nullptr && schema->is_object() ? schema : nullptr;
  }

  /// One of the ways that a schema allows; the schema itself where there is one way.
  const Json* chosen(const Json* schema, Dice& dice) const {
    schema = resolved(schema);
    for (int i = 0; i < 6 && schema != nullptr; ++i) {
      const Json* next = nullptr;
      for (const char* key : {"anyOf", "oneOf", "allOf"}) {
        const bool plain = schema->contains("properties") || schema->contains("type");
        if (schema->contains(key) && !plain)
          next = &schema->at(key).at(dice.below(schema->at(key).size()));
      }
      if (next == nullptr) return schema;
      schema = resolved(next);
    }
    return schema;
  }

  const Json* schema_of(const Json* schema, const std::string& key) const {
    if (schema == nullptr) return nullptr;
    if (schema->contains("properties") && schema->at("properties").contains(key)) {
      return &schema->at("properties").at(key);
    }
    return schema->contains("additionalProperties") ? &schema->at("additionalProperties") : nullptr;
  }

  static std::string number(const Json& schema, Dice& dice) {
    const double low = schema.value("minimum", -10.0), high = schema.value("maximum", 1e6);
    const std::initializer_list<double> values{low,
                                               high,
                                               low + (high - low) * 0.5,
                                               low + (high - low) * 0.01,
                                               low - 1.0,
                                               high + 1.0,
                                               0.0,
                                               1.0,
                                               -1.0,
                                               1e-300,
                                               1e300};
    const double x = values.begin()[dice.below(values.size() - (dice.chance(70) ? 7 : 0))];
    return schema.value("type", "") == "integer"
               ? Json(std::floor(std::clamp(x, -1e15, 1e15))).dump()
               : Json(x).dump();
  }

  static std::string text_like(const Json& schema, const std::vector<std::string>& names,
                               Dice& dice) {
    const std::string pattern = schema.value("pattern", "");
    if (pattern.find("[0-9]{4}") != std::string::npos) {
      return dice.one_of(std::vector<std::string>{"2023-09-16", "2023-09-17", "2024-02-29",
                                                  "1914-07-28", "2030-01-01", "0001-01-01",
                                                  "9999-12-31", "2023-02-30"});
    }
    if (pattern.find("[dD][aA][yY]") != std::string::npos) {
      return dice.one_of(std::vector<std::string>{"1 day", "12 hours", "30 days", "6 months",
                                                  "2 years", "0 days", "1e9 years", "5 /year",
                                                  "12 MUSD/month"});
    }
    if (pattern.find("[pP][eE][oO]") != std::string::npos) return "1.3 million people";
    if (pattern.find("[kK][mM]") != std::string::npos) return "300 km";
    if (pattern.find('%') != std::string::npos) return "30 %";
    if (dice.chance(85)) return dice.one_of(names);
    return dice.one_of(std::vector<std::string>{"no", "", "a b", "~", "null", "-1", "1e400", "x.y",
                                                "actors.some.legitimacy < 0.3",
                                                "war(some, some) and not member(some, some)"});
  }

  Node made(const Json* given, const std::vector<std::string>& names, Dice& dice, int depth) const {
    const Json* schema = chosen(given, dice);
    if (schema == nullptr || depth > deepest || dice.chance(2)) {
      return scalar(text_like(Json::object(), names, dice));
    }
    if (schema->contains("enum")) {
      const Json& word = schema->at("enum").at(dice.below(schema->at("enum").size()));
      return scalar(word.is_string() ? word.get<std::string>() : word.dump());
    }
    const Json type = schema->value("type", Json());
    const bool object = type == "object" || schema->contains("properties");
    if (object) return made_mapping(*schema, names, dice, depth);
    if (type == "array") {
      Node list;
      list.kind = Node::Kind::list;
      for (std::size_t n = dice.below(4); n > 0; --n) {
        const Json* items = schema->contains("items") ? &schema->at("items") : nullptr;
        if (items != nullptr && items->is_array() && !items->empty()) items = &items->at(0);
        list.items.push_back(made(items, names, dice, depth + 1));
      }
      return list;
    }
    if (type == "boolean") return scalar(dice.chance(50) ? "true" : "false");
    if (type == "number" || type == "integer") return scalar(number(*schema, dice));
    return scalar(text_like(*schema, names, dice));
  }

  Node made_mapping(const Json& schema, const std::vector<std::string>& names, Dice& dice,
                    int depth) const {
    Node map;
    map.kind = Node::Kind::map;
    std::set<std::string> required;
    if (schema.contains("required")) {
      for (const Json& key : schema.at("required")) required.insert(key.get<std::string>());
    }
    if (schema.contains("properties")) {
      for (const auto& [key, inner] : schema.at("properties").items()) {
        if (!dice.chance(required.contains(key) ? 97 : 25)) continue;
        map.entries.push_back(text::make_entry(key, made(&inner, names, dice, depth + 1)));
      }
    } else if (schema.contains("additionalProperties")) {
      for (std::size_t n = 1 + dice.below(2); n > 0; --n) {
        const std::string& name = dice.one_of(names);
        if (map.find(name) != nullptr) continue;
        map.entries.push_back(text::make_entry(
            name, made(&schema.at("additionalProperties"), names, dice, depth + 1)));
      }
    }
    return map;
  }

  void change(Node& node, const Json* given, const std::vector<std::string>& names, Dice& dice,
              int depth) const {
    const Json* schema = chosen(given, dice);
    if (node.is_map()) return change_mapping(node, schema, names, dice, depth);
    if (node.is_list() && !node.items.empty() && dice.chance(75)) {
      const std::size_t i = dice.below(node.items.size());
      const Json* items =
          schema != nullptr && schema->contains("items") ? &schema->at("items") : nullptr;
      if (items != nullptr && items->is_array()) items = nullptr;
      if (dice.chance(10)) {
        Node copy = node.items[i];
        node.items.push_back(std::move(copy));
        return;
      }
      return change(node.items[i], items, names, dice, depth + 1);
    }
    node = made(given, names, dice, depth);
  }

  void change_mapping(Node& node, const Json* schema, const std::vector<std::string>& names,
                      Dice& dice, int depth) const {
    const std::size_t what = dice.below(100);
    if (!node.entries.empty() && what < 70 && depth < deepest) {
      text::Entry& entry = node.entries[dice.below(node.entries.size())];
      if (entry.key == "casus" && dice.chance(95)) return;
      return change(entry.value, schema_of(schema, entry.key), names, dice, depth + 1);
    }
    if (!node.entries.empty() && what < 78) {
      const std::string key = node.entries[dice.below(node.entries.size())].key;
      if (key == "casus") return;
      erase_if(node.entries, [&](const text::Entry& e) { return e.key == key; });
      return;
    }
    if (!node.entries.empty() && what < 82) {
      node.entries[dice.below(node.entries.size())].key = dice.one_of(names);
      return;
    }
    std::string key = dice.one_of(names);
    if (schema != nullptr && schema->contains("properties") && !schema->at("properties").empty()) {
      auto property = schema->at("properties").items().begin();
      for (std::size_t n = dice.below(schema->at("properties").size()); n > 0; --n) ++property;
      key = property.key();
    }
    Node value = made(schema_of(schema, key), names, dice, depth + 1);
    if (text::Entry* there = node.find(key)) {
      there->value = std::move(value);
    } else {
      node.entries.push_back(text::make_entry(key, std::move(value)));
    }
  }

  Json schema_;
};

/// What LLVMFuzzerCustomMutator does with a grammar: most of the time by it, else by bytes.
template <class Bytewise>
std::size_t mutate(const Grammar& grammar, std::uint8_t* data, std::size_t size, std::size_t most,
                   unsigned seed, Bytewise bytewise) {
  if (Dice(seed).chance(20)) return bytewise(data, size, most);
  const std::string text = grammar.changed(std::string(data, data + size), seed ^ 0x5bd1e995U);
  if (text.empty() || text.size() > most) return bytewise(data, size, most);
  std::memcpy(data, text.data(), text.size());
  return text.size();
}

}  // namespace casus::fuzz

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t most);
