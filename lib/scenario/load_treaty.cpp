#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <set>
#include <utility>

#include "casus/scenario/treaty.h"
#include "scenario/files.h"
#include "scenario/order.h"
#include "scenario/pact_tables.h"
#include "text/format_of.h"
#include "text/tree.h"

namespace casus {
namespace scenario {
namespace {

/// Whoever is named is there, as a state: a treaty does not say what else an adversary may be.
void note_names(PactDecoder& d, const Merged& merged, TreatyFile& out) {
  std::set<std::string> parties;
  if (const Entry* pacts = merged.root.find("pacts")) {
    for (const Entry& pact : pacts->value.entries) {
      d.pacts.add(pact.key, pact.key_at);
      const Entry* members = pact.value.find("members");
      if (members == nullptr) continue;
      for (const Node* item : PactDecoder::items(members->value)) {
        if (item->is_scalar()) parties.insert(item->text);
      }
      for (const Entry& e : members->value.entries) parties.insert(e.key);
    }
  }
  out.parties.assign(parties.begin(), parties.end());
  parties.insert(merged.treaties.others.begin(), merged.treaties.others.end());
  for (const std::string& name : parties) {
    if (d.pacts.row(name)) continue;
    d.actors.add(name, {});
    out.actors.push_back(name);
  }
  // `others` may name treaties that this one yields to.
  for (const std::string& name : merged.treaties.others) {
    if (!d.pacts.row(name)) d.pacts.add(name, {});
  }
  d.note_kinds(nullptr, ActorKind::state);
}

void read_areas(PactDecoder& d, const Node& root) {
  const Entry* areas = root.find("areas");
  if (areas == nullptr) return;
  std::vector<std::string> names;
  FieldInfo f;
  f.type = Type::tags;
  if (!d.read(areas->value, f, "areas", names)) return;
  for (const std::string& name : names) {
    if (!d.intern_area(name)) {
      d.fail("E0210", areas->key_at, "areas",
             fmt::format("there are more than {} different areas", law::AreaNames::most));
      return;
    }
  }
}

TreatyFile read(const std::string& file, const std::string* text, const ReadLimits& limits) {
  Sources sources(limits);
  Problems problems(sources);
  Merged merged = read_files(file, text, sources, problems, FileFormat::treaty);
  order_by_name(merged.root);
  TreatyFile out;
  out.title = merged.treaties.title;
  out.description = merged.treaties.description;
  PactDecoder d(problems);
  d.areas = &out.areas;
  d.all_read = merged.complete;
  note_names(d, merged, out);
  if (const Entry* titles = merged.root.find("sources")) {
    for (const Entry& e : titles->value.entries) d.sources.add(e.key, e.key_at);
  }
  read_areas(d, merged.root);
  const Entry* pacts = merged.root.find("pacts");
  if (pacts == nullptr) {
    d.fail("E0202", {0, 1, 1, 1}, "pacts", "key 'pacts' is missing",
           "a treaty file holds one treaty or a family of them");
  } else if (d.expect(pacts->value, Node::Kind::map, "pacts")) {
    for (const Entry& e : pacts->value.entries) {
      std::string source;
      d.check_name(e.key, e.key_at, "pacts." + e.key);
      decode_pact(d, e, "pacts." + e.key, source, out.pacts.emplace_back());
    }
    check_pacts(d, &pacts->value, out.pacts);
  }
  problems.throw_if_any();
  return out;
}

}  // namespace
}  // namespace scenario

bool is_treaty(const std::string& file) { return text::format_of(file).starts_with("treaty/"); }

TreatyFile load_treaty(const std::string& file, const ReadLimits& limits) {
  return scenario::read(file, nullptr, limits);
}

TreatyFile load_treaty(const std::vector<std::string>& files, const ReadLimits& limits) {
  if (files.size() == 1) return load_treaty(files.front(), limits);
  // A file that does nothing but include them.
  std::string text = "casus: treaty/1\ninclude:\n";
  for (const std::string& file : files) {
    std::string quoted = std::filesystem::absolute(file).string();
    for (std::size_t at = 0; (at = quoted.find('\'', at)) != std::string::npos; at += 2) {
      quoted.insert(at, 1, '\'');
    }
    text += "  - '" + quoted + "'\n";
  }
  return scenario::read("several treaties", &text, limits);
}

}  // namespace casus
