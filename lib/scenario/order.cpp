#include "scenario/order.h"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "casus/core/diagnostics.h"
#include "casus/core/executor.h"
#include "scenario/decoder.h"

namespace casus::scenario {
namespace {

/// Sections whose entries are things by name; of a region and an article the keys of these too.
constexpr std::array<std::string_view, 14> named{
    "regions", "actors",  "pacts",      "presence", "resistance", "wars",         "crises",
    "sources", "members", "neighbours", "articles", "set",        "reservations", "mechanisms"};

bool is_named(std::string_view key) {
  return std::find(named.begin(), named.end(), key) != named.end();
}

/// What a node says, the same however its mappings are ordered (its lists have been put in order by
/// then). Names compare as names; every text is followed by its length, so that no two nodes that
/// differ say the same.
void spell(const Node& node, std::string& out) {
  const auto word = [&](char kind, std::string_view text) {
    out += kind;
    out += text;
    out += '\0';
    out += std::to_string(text.size());
    out += ':';
  };
  if (node.is_map()) {
    std::vector<const Entry*> entries;
    for (const Entry& e : node.entries) entries.push_back(&e);
    std::sort(entries.begin(), entries.end(),
              [](const Entry* a, const Entry* b) { return a->key < b->key; });
    out += '{';
    for (const Entry* e : entries) {
      word('k', e->key);
      spell(e->value, out);
    }
    out += '}';
  } else if (node.is_list()) {
    out += '[';
    for (const Node& item : node.items) spell(item, out);
    out += ']';
  } else {
    word(node.is_null() ? '~' : 's', node.text);
  }
}

void sort_by_content(Executor& workers, Children<Node>& items) {
  std::vector<std::pair<std::string, std::size_t>> order(items.size());
  for_rows(workers, items.size(), [&](std::size_t i) {
    // What has a day comes in the order of days, what is between two by their names.
    std::string text;
    for (const std::string_view first : {"at", "from", "to"}) {
      const Entry* e = items[i].find(first);
      text += e != nullptr && e->value.is_scalar() ? e->value.text : "~";
      text += '\0';
    }
    spell(items[i], text);
    order[i] = {std::move(text), i};
  });
  std::sort(order.begin(), order.end());
  Children<Node> sorted;
  sorted.reserve(items.size());
  for (const auto& [text, i] : order) sorted.push_back(std::move(items[i]));
  items = std::move(sorted);
}

/// A list of names says which, not in what order; so does a list of mappings. Of lists that hold
/// other things, numbers of a distribution or a position above all, these do too.
bool is_set(std::string_view key, const Node& node) {
  if (key == "sides" || key == "suspended" || key == "reservations") return true;
  const auto all = [&](auto&& test) {
    return std::all_of(node.items.begin(), node.items.end(), test);
  };
  return all([](const Node& item) { return item.is_scalar() && is_name(item.text); }) ||
         all([](const Node& item) { return item.is_map(); });
}

void order_node(Executor& workers, Node& node, std::string_view key) {
  // What stands in one entry is put in order without looking at another.
  for_rows(workers, node.entries.size(), [&](std::size_t i) {
    Entry& e = node.entries[i];
    // The entries of these two are regions, and theirs are actors.
    const bool by_region = key == "presence" || key == "resistance";
    order_node(workers, e.value, by_region ? "members" : std::string_view(e.key));
  });
  for_rows(workers, node.items.size(),
           [&](std::size_t i) { order_node(workers, node.items[i], {}); });
  const auto by_key = [](const Entry& a, const Entry& b) { return a.key < b.key; };
  if (is_named(key) && !std::is_sorted(node.entries.begin(), node.entries.end(), by_key)) {
    std::stable_sort(node.entries.begin(), node.entries.end(), by_key);
  }
  if (node.is_list() && is_set(key, node)) sort_by_content(workers, node.items);
}

}  // namespace

void order_by_name(Node& root) {
  const auto workers = tbb_executor(0);
  for (Entry& section : root.entries) order_node(*workers, section.value, section.key);
}

}  // namespace casus::scenario
