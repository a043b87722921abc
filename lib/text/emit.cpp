#include "text/emit.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>

#include "text/yaml_words.h"

namespace casus::text {
namespace {

/// Can it stand without quotes and be the same plain scalar again, also inside brackets?
bool plain(std::string_view text) {
  if (text.empty() || text.front() == ' ' || text.back() == ' ') return false;
  if (text == "null" || text == "Null" || text == "NULL" || text == "~") return false;
  if (boolean_to_others(text)) return false;
  const auto word = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  };
  const char first = text.front();
  const bool number = (first == '-' || first == '+' || first == '.') && text.size() > 1 &&
                      (word(text[1]) || text[1] == '.');
  if (!word(first) && !number && first != '/') return false;
  return std::all_of(text.begin(), text.end(), [&](char c) {
    return word(c) || c == ' ' || c == '_' || c == '.' || c == '-' || c == '+' || c == '/' ||
           c == '%' || c == '(' || c == ')' || c == '<' || c == '>' || c == '=';
  });
}

std::string in_quotes(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    const auto u = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (c == '\n') {
      out += "\\n";
    } else if (c == '\t') {
      out += "\\t";
    } else if (u < 0x20 || u == 0x7f) {
      out += fmt::format("\\x{:02x}", u);
    } else {
      out += c;
    }
  }
  return out + "\"";
}

std::string scalar(const Node& node) {
  if (node.is_null()) return node.text.empty() ? "~" : node.text;
  return node.quoted || !plain(node.text) ? in_quotes(node.text) : node.text;
}

/// Another reader of YAML would take a key of digits for a number.
std::string key(const std::string& text) {
  const bool digits = text.find_first_not_of("0123456789.+-eE") == std::string::npos;
  return plain(text) && !digits ? text : in_quotes(text);
}

bool simple(const Node& node) { return node.is_scalar() || node.is_null(); }

void write(const Node& node, std::size_t indent, std::string& out);

void write_value(const Node& node, std::size_t indent, std::string& out) {
  if (simple(node)) {
    out += " " + scalar(node) + "\n";
  } else if (node.is_list() && std::all_of(node.items.begin(), node.items.end(), simple)) {
    out += " [";
    for (std::size_t i = 0; i < node.items.size(); ++i) {
      if (i > 0) out += ", ";
      out += scalar(node.items[i]);
    }
    out += "]\n";
  } else if (node.is_map() && node.entries.empty()) {
    out += " {}\n";
  } else {
    out += "\n";
    write(node, indent + 2, out);
  }
}

void write(const Node& node, std::size_t indent, std::string& out) {
  const std::string pad(indent, ' ');
  for (const Entry& e : node.entries) {
    out += pad + key(e.key) + ":";
    write_value(e.value, indent, out);
  }
  for (const Node& item : node.items) {
    out += pad + "-";
    write_value(item, indent, out);
  }
}

}  // namespace

std::string to_yaml(const Node& root) {
  if (simple(root)) return scalar(root) + "\n";
  if (root.is_map() && root.entries.empty()) return "{}\n";
  if (root.is_list() && root.items.empty()) return "[]\n";
  std::string out;
  write(root, 0, out);
  return out;
}

}  // namespace casus::text
