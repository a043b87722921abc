#include "experiment/reader.h"

#include <fmt/format.h>

#include <filesystem>
#include <utility>

#include "experiment/tables.h"
#include "text/emit.h"
#include "text/read_file.h"

namespace casus::experiment {

std::string beside(const std::string& experiment, const std::string& file) {
  namespace fs = std::filesystem;
  if (fs::path(file).is_absolute()) return file;
  return (fs::path(experiment).parent_path() / file).lexically_normal().string();
}

std::string text_of(const std::string& file, const ReadLimits& limits) {
  text::FileText read = text::read_file(file, Sources(limits).max_bytes());
  if (read.text) return std::move(*read.text);
  Diagnostic d;
  d.code = "E0100";
  d.where.file = file;
  d.message = fmt::format("cannot read '{}': {}", file, read.refusal);
  throw ScenarioError({d});
}

void read_text(const std::string& text, const std::string& name, const ReadLimits& limits,
               const std::function<void(Decoder&, const Sources&, const Node&)>& read) {
  Sources sources(limits);
  Problems problems(sources);
  const Tree tree = parse_tree(sources, sources.add(name, text), problems);
  if (!tree.complete) problems.throw_if_any();
  Decoder decoder(problems);
  read(decoder, sources, tree.root);
  problems.throw_if_any();
}

void SharedReader::uncertainties(const Node& node) {
  if (!d_.expect(node, Node::Kind::map, "uncertainties")) return;
  for (const Entry& e : node.entries) {
    Uncertainty u{e.key, {}, to_yaml(e.value)};
    if (!d_.read(e.value, FieldInfo{}, "uncertainties." + e.key, u.prior)) continue;
    if (u.prior.shape == Number::Shape::constant) {
      d_.fail("E0201", e.value.at, "uncertainties." + e.key, "a number by itself is not uncertain",
              "write a prior, as in {uniform: [0.1, 0.3]}, or set it in the policies");
      continue;
    }
    out_.uncertainties.push_back(std::move(u));
  }
}

void SharedReader::design(const Node& node) {
  DesignKeys keys;
  read_fields(d_, node, node.at, "design", design_fields(), keys);
  out_.design.method = keys.method;
  out_.design.points = keys.points;
  out_.design.levels = keys.levels;
  if (keys.method == DesignMethod::morris && keys.levels % 2 != 0) {
    d_.fail("E0204", node.at, "design.levels", "morris needs an even number of levels");
  }
  if ((keys.method == DesignMethod::table) != (keys.rows != nullptr)) {
    d_.fail("E0202", node.at, "design.rows",
            keys.rows == nullptr ? "a table needs 'rows'" : "'rows' are of 'method: table'");
    return;
  }
  if (keys.rows != nullptr) rows(*keys.rows);
}

void SharedReader::rows(const Node& node) {
  if (!d_.expect(node, Node::Kind::list, "design.rows")) return;
  for (const Node& row : node.items) {
    DesignPoint point;
    if (!d_.expect(row, Node::Kind::list, "design.rows")) continue;
    for (const Node& cell : row.items) {
      double value = 0.0;
      if (d_.read(cell, FieldInfo{}, "design.rows", value)) point.values.push_back(value);
    }
    if (row.items.size() != out_.uncertainties.size()) {
      d_.fail("E0210", row.at, "design.rows",
              fmt::format("a row of {} values for {} uncertainties", row.items.size(),
                          out_.uncertainties.size()));
    }
    out_.design.table.push_back(std::move(point));
  }
}

Edit SharedReader::said(Edit edit, const Position& at) const {
  edit.where = d_.problems.sources().location(at);
  edit.source_line = d_.problems.sources().line(at);
  return edit;
}

void SharedReader::outcomes(const Node& node) {
  if (node.is_map()) {
    for (const Entry& e : node.entries) {
      out_.outcomes.push_back(
          said({Edit::Kind::add, "outcomes." + e.key, to_yaml(e.value)}, e.key_at));
      out_.only.push_back(e.key);
    }
    return;
  }
  d_.read(node, FieldInfo{}, "outcomes", out_.only);
}

}  // namespace casus::experiment
