#include <fmt/format.h>

#include <algorithm>

#include "scenario/pact_tables.h"

namespace casus::scenario {
namespace {

using law::Pact;

void read_member(PactDecoder& d, const Node& name, const Node* particulars, const std::string& path,
                 Pact& pact) {
  FieldInfo field;
  field.of_kinds = states | externals;
  law::Member member;
  const bool known = d.read(name, field, path, member.actor);
  if (particulars != nullptr) {
    read_fields(d, *particulars, name.at, path, member_fields(), member);
  }
  if (!known) return;
  const auto same = [&](const law::Member& m) { return m.actor == member.actor; };
  if (std::any_of(pact.members.begin(), pact.members.end(), same)) {
    d.fail("E0102", name.at, path, fmt::format("'{}' is a member twice", name.text));
    return;
  }
  pact.members.push_back(std::move(member));
}

void read_members(PactDecoder& d, const Node& node, const std::string& path, Pact& pact) {
  if (!node.is_map()) {
    for (const Node* item : PactDecoder::items(node)) read_member(d, *item, nullptr, path, pact);
    return;
  }
  for (const Entry& e : node.entries) {
    const bool plain = e.value.is_null();
    read_member(d, scalar_node(e.key, e.key_at), plain ? nullptr : &e.value, path + "." + e.key,
                pact);
  }
}

void read_organs(PactDecoder& d, const PactSpec& spec, const Entry& entry, const std::string& path,
                 Pact& pact) {
  if (spec.organs == nullptr) {
    if (spec.decision) {
      law::Organ organ;
      organ.rule = *spec.decision;
      pact.organs.push_back(std::move(organ));
    }
    return;
  }
  if (spec.decision) {
    d.fail("E0203", entry.value.find("decision")->key_at, path + ".decision",
           "'decision' and 'organs' say the same twice", "give each organ its 'decision'");
  }
  for (const Entry& e : spec.organs->entries) {
    law::Organ organ;
    organ.id = e.key;
    d.check_name(e.key, e.key_at, path + ".organs." + e.key);
    read_fields(d, e.value, e.key_at, path + ".organs." + e.key, organ_fields(), organ);
    pact.organs.push_back(std::move(organ));
  }
}

NameTable article_ids(const Pact& pact) {
  NameTable ids{"article", "E0304"};
  for (const law::Article& a : pact.articles) ids.add(a.id, {});
  return ids;
}

void check_article_name(PactDecoder& d, const Pact& pact, const NameTable& ids, const Node& at,
                        const std::string& id, const std::string& path) {
  if (ids.row(id)) return;
  const std::string near = d.problems.full() ? std::string() : nearest(id, ids.names);
  d.fail("E0304", at.at, path, fmt::format("pact '{}' has no article '{}'", pact.id, id),
         did_you_mean(near));
}

void check_organ_name(PactDecoder& d, const Pact& pact, const Node& at, const std::string& path) {
  std::vector<std::string> ids;
  for (const law::Organ& o : pact.organs) ids.push_back(o.id);
  if (std::find(ids.begin(), ids.end(), at.text) != ids.end()) return;
  const std::string near = nearest(at.text, ids);
  d.fail("E0310", at.at, path, fmt::format("pact '{}' has no organ '{}'", pact.id, at.text),
         did_you_mean(near));
}

/// Reads the articles, then what they and the members say of each other.
void read_articles(PactDecoder& d, const Node& node, const std::string& path, Pact& pact) {
  for (const Entry& e : node.entries) {
    law::Article article;
    article.id = e.key;
    read_fields(d, e.value, e.key_at, path + ".articles." + e.key, article_fields(), article);
    pact.articles.push_back(std::move(article));
  }
  const NameTable ids = article_ids(pact);
  for (const Entry& e : node.entries) {
    const std::string at = path + ".articles." + e.key;
    if (const Entry* extends = e.value.find("extends")) {
      check_article_name(d, pact, ids, extends->value, extends->value.text, at + ".extends");
    }
    if (const Entry* organ = e.value.find("organ")) {
      check_organ_name(d, pact, organ->value, at + ".organ");
    }
  }
}

void check_reservations(PactDecoder& d, const Node& members, const std::string& path,
                        const Pact& pact) {
  const NameTable ids = article_ids(pact);
  for (const Entry& member : members.entries) {
    const Entry* reservations = member.value.find("reservations");
    if (reservations == nullptr) continue;
    const std::string at = path + "." + member.key + ".reservations";
    for (const Entry& e : reservations->value.entries) {
      check_article_name(d, pact, ids, scalar_node(e.key, e.key_at), e.key, at);
    }
    if (reservations->value.is_map()) continue;
    for (const Node* item : PactDecoder::items(reservations->value)) {
      if (item->is_scalar()) check_article_name(d, pact, ids, *item, item->text, at);
    }
  }
}

void check_order(PactDecoder& d, const Node& node, const std::string& path, std::string_view first,
                 std::string_view second) {
  const Entry* a = node.find(first);
  const Entry* b = node.find(second);
  if (a == nullptr || b == nullptr) return;
  const auto from = parse_date(a->value.text), to = parse_date(b->value.text);
  if (!from || !to || *from <= *to) return;
  Diagnostic& p = d.problems.add("E0403", b->value.at, path + "." + std::string(second),
                                 fmt::format("'{}' is before '{}'", second, first));
  d.problems.note(p, a->value.at, fmt::format("'{}' is here", first));
}

}  // namespace

bool decode_pact(PactDecoder& d, const Entry& entry, const std::string& path, std::string& source,
                 law::Pact& out) {
  const std::size_t before = d.problems.size();
  PactSpec spec;
  spec.pact.key = pact_key(entry.key);
  spec.pact.id = entry.key;
  read_fields(d, entry.value, entry.key_at, path, pact_fields(), spec);
  Pact& pact = spec.pact;
  if (pact.title.empty()) pact.title = entry.key;
  check_order(d, entry.value, path, "signed", "in_force");
  check_order(d, entry.value, path, "in_force", "expires");
  check_order(d, entry.value, path, "in_force", "ended");
  read_organs(d, spec, entry, path, pact);
  if (spec.members != nullptr) {
    read_members(d, *spec.members, path + ".members", pact);
    for (const Entry& member : spec.members->entries) {
      check_order(d, member.value, path + ".members." + member.key, "joined", "left");
      check_order(d, member.value, path + ".members." + member.key, "joined", "notice");
    }
  }
  if (spec.articles != nullptr) read_articles(d, *spec.articles, path, pact);
  if (spec.members != nullptr) check_reservations(d, *spec.members, path + ".members", pact);
  source = spec.source;
  out = std::move(pact);
  return d.problems.size() == before;
}

void check_pacts(PactDecoder& d, const Node* section, std::span<const Pact> pacts) {
  // What is wrong with a part shows as such; the whole is looked at only when its parts are sound.
  if (section == nullptr || !d.problems.empty()) return;
  for (const Pact& pact : pacts) {
    const Entry* entry = section->find(pact.id);
    for (std::string& message : law::check(pact)) {
      if (!message.empty() && message.back() == '.') message.pop_back();
      d.fail("E0407", entry->key_at, "pacts." + pact.id, std::move(message));
    }
  }
}

}  // namespace casus::scenario
