#include "text/encoder.h"

#include <fmt/format.h>

#include <cmath>
#include <utility>

namespace casus::text {

void Encoder::add(Node& list, Node item) {
  if (item.is_null()) return;
  list.kind = Node::Kind::list;
  list.items.push_back(std::move(item));
}

void Encoder::add(Node& map, std::string key, Node value) {
  if (value.is_null()) return;
  map.kind = Node::Kind::map;
  map.entries.push_back(make_entry(std::move(key), std::move(value)));
}

Node Encoder::write(const FieldInfo&, const std::string& text) const {
  return text.empty() ? Node() : scalar_node(text, {}, true);
}

Node Encoder::write(const FieldInfo&, bool value) const {
  return scalar_node(value ? "true" : "false", {});
}

Node Encoder::write(const FieldInfo& f, double value) const {
  // The shortest text that reads back as the same number.
  return scalar_node(fmt::format("{}{}", value, f.type == Type::duration ? " days" : ""), {});
}

Node Encoder::write(const FieldInfo&, Date value) const {
  return scalar_node(to_string(value), {});
}

Node Encoder::write(const FieldInfo&, const std::vector<std::string>& texts) const {
  Node list;
  for (const std::string& text : texts) add(list, scalar_node(text, {}));
  return list;
}

Node Encoder::write(const FieldInfo& f, const Number& value) const {
  if (value.shape == Number::Shape::constant) return write(f, value.a);
  if (value.shape == Number::Shape::rows) {
    Node values, rows, prior;
    for (const double x : value.rows->values) add(values, write(f, x));
    add(rows, "of", scalar_node(value.rows->of, {}, true));
    add(rows, "values", std::move(values));
    add(prior, "rows", std::move(rows));
    return prior;
  }
  const char* const names[] = {"constant", "uniform", "triangular", "normal", "lognormal", "beta"};
  Node list;
  add(list, write(f, value.a));
  add(list, write(f, value.b));
  if (value.shape == Number::Shape::triangular) add(list, write(f, value.c));
  Node prior;
  add(prior, names[static_cast<std::size_t>(value.shape)], std::move(list));
  return prior;
}

}  // namespace casus::text
