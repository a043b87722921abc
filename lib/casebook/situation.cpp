#include <fmt/format.h>

#include <algorithm>

#include "casebook/case_decoder.h"
#include "scenario/pact_tables.h"
#include "scenario/relation_groups.h"

namespace casus::casebook {

namespace {

template <class Row>
void read_rows(CaseDecoder& d, const Node* list, const std::string& path, Row row) {
  if (list == nullptr || !d.expect(*list, Node::Kind::list, path)) return;
  for (std::size_t i = 0; i < list->items.size(); ++i) {
    row(list->items[i], fmt::format("{}[{}]", path, i));
  }
}

void read_parties(CaseDecoder& d, const Node* node, const std::string& path, Situation& out) {
  out.parties.assign(d.actors.names.size(), {});
  if (node == nullptr || !node->is_map()) return;
  for (const Entry& e : node->entries) {
    PartyFacts party;
    read_fields(d, e.value, e.key_at, path + "." + e.key, party_fields(), party);
    party.name = e.key;
    if (party.title.empty()) party.title = e.key;
    out.parties[*d.actors.row(e.key)] = std::move(party);
  }
}

law::AreaSet add_area(CaseDecoder& d, const std::string& area, const Node& node,
                      const std::string& path) {
  const auto known = d.intern_area(area);
  if (!known) {
    d.fail("E0210", node.at, path, fmt::format("more than {} areas", law::AreaNames::most));
  }
  return known.value_or(law::AreaSet{});
}

void read_places(CaseDecoder& d, const Node* node, const std::string& path, Situation& out) {
  out.places.assign(d.regions.names.size(), {});
  if (node == nullptr || !node->is_map()) return;
  for (const Entry& e : node->entries) {
    PlaceSpec spec;
    read_fields(d, e.value, e.key_at, path + "." + e.key, place_fields(), spec);
    const std::size_t row = *d.regions.row(e.key);
    PlaceFacts& place = out.places[row];
    place.name = e.key;
    place.title = spec.title.empty() ? e.key : spec.title;
    place.place = {RegionId(row), region_key(e.key), spec.sovereign, {}};
    for (const std::string& area : spec.areas) {
      place.place.areas =
          place.place.areas | add_area(d, area, e.value, path + "." + e.key + ".areas");
    }
  }
}

void read_wars(CaseDecoder& d, const Node* node, const std::string& path, Situation& out) {
  if (node == nullptr || !d.expect(*node, Node::Kind::map, path)) return;
  for (const Entry& e : node->entries) {
    const std::string at = path + "." + e.key;
    WarFacts war;
    d.check_name(e.key, e.key_at, at);
    read_fields(d, e.value, e.key_at, at, war_fields(), war);
    war.name = e.key;
    for (const ActorId a : war.attackers) {
      if (std::find(war.defenders.begin(), war.defenders.end(), a) == war.defenders.end()) continue;
      d.fail("E0402", e.key_at, at,
             fmt::format("'{}' is on both sides", out.parties[a.row()].name));
    }
    out.wars.push_back(std::move(war));
  }
}

void read_relations(CaseDecoder& d, const Node* node, const std::string& path, Situation& out) {
  if (node == nullptr || !scenario::relation_count(*node, path, d.problems)) return;
  read_rows(d, node, path, [&](const Node& item, const std::string& at) {
    scenario::for_each_relation(item, at, d.problems, [&](const Node& one) {
      Affinity relation;
      if (read_fields(d, one, one.at, at, relation_fields(), relation)) {
        out.relations.push_back(relation);
      }
    });
  });
}

/// A place, or a party for its territory.
bool read_where(CaseDecoder& d, const Node& node, const std::string& path,
                std::optional<std::size_t>& place, ActorId& party) {
  if (node.is_scalar() && !d.regions.row(node.text) && d.actors.row(node.text)) {
    party = ActorId(*d.actors.row(node.text));
    return true;
  }
  if (node.is_scalar() && !d.regions.row(node.text)) {
    return d.unknown_name({&d.regions, &d.actors}, node, path);
  }
  place = d.look_up(d.regions, node, path);
  return place.has_value();
}

void read_routes(CaseDecoder& d, const Node* node, const std::string& path, Situation& out) {
  read_rows(d, node, path, [&](const Node& item, const std::string& at) {
    RouteSpec spec;
    if (!read_fields(d, item, item.at, at, route_fields(), spec)) return;
    std::optional<std::size_t> place;
    if (spec.to != nullptr && !read_where(d, *spec.to, at + ".to", place, spec.rule.party)) return;
    if (place) spec.rule.place = out.places[*place].place.key;
    if (spec.rule.reach.obstacle != law::Reason::none) spec.rule.reach.route = law::Route::none;
    out.routes.push_back(std::move(spec.rule));
  });
}

void read_vote(CaseDecoder& d, const Entry& entry, const std::string& path, VoteRule rule,
               Situation& out) {
  static constexpr std::string_view ballots[] = {"for", "against", "abstains", "absent"};
  if (entry.key != "others") {
    const auto row = d.look_up(d.actors, scalar_node(entry.key, entry.key_at), path);
    if (!row) return;
    rule.member = ActorId(*row);
  }
  std::vector<std::string_view> words(std::begin(ballots), std::end(ballots));
  const auto levels = law::names<law::Obligation>();
  words.insert(words.end(), levels.begin(), levels.end());
  FieldInfo f;
  f.words = words;
  const auto word = d.read_word(entry.value, f, path);
  if (!word) return;
  if (*word < std::size(ballots)) {
    rule.kind = static_cast<VoteRule::Kind>(*word);
  } else {
    rule.kind = VoteRule::Kind::up_to;
    rule.up_to = static_cast<law::Obligation>(*word - std::size(ballots));
  }
  out.votes.push_back(rule);
}

void read_votes(CaseDecoder& d, const Node* node, const std::string& path, Situation& out) {
  if (node == nullptr || !d.expect(*node, Node::Kind::map, path)) return;
  for (const Entry& pact : node->entries) {
    const std::string at = path + "." + pact.key;
    const auto row = d.look_up(d.pacts, scalar_node(pact.key, pact.key_at), at);
    if (!d.expect(pact.value, Node::Kind::map, at) || !row) continue;
    for (const Entry& e : pact.value.entries) {
      VoteRule rule;
      rule.pact = PactId(*row);
      read_vote(d, e, at + "." + e.key, rule, out);
    }
  }
}

}  // namespace

std::optional<ArticleId> CaseDecoder::article(const Node& node, PactId pact,
                                              const std::string& path) {
  if (!pact.valid() || pact_list == nullptr || !node.is_scalar()) {
    if (facts_sound) fail("E0304", node.at, path, "an article is of a pact, and none is given");
    return std::nullopt;
  }
  const law::Pact& p = (*pact_list)[pact.row()];
  std::vector<std::string> ids;
  for (std::size_t i = 0; i < p.articles.size(); ++i) {
    if (p.articles[i].id == node.text) return ArticleId(i);
    ids.push_back(p.articles[i].id);
  }
  if (facts_sound) {
    fail("E0304", node.at, path, fmt::format("pact '{}' has no article '{}'", p.id, node.text),
         did_you_mean(nearest(node.text, ids)));
  }
  return std::nullopt;
}

bool CaseDecoder::read_reason(const Node& node, const std::string& path, law::Reason& out) {
  const auto reason = node.is_scalar() ? law::parse<law::Reason>(node.text) : std::nullopt;
  if (reason && *reason != law::Reason::none) {
    out = *reason;
    return true;
  }
  if (!node.is_scalar()) {
    return fail("E0208", node.at, path,
                fmt::format("expected a reason, found {}", kind_name(node)));
  }
  const auto words = law::names<law::Reason>();
  return fail("E0208", node.at, path,
              fmt::format("'{}' is not a reason that the law can give", node.text),
              did_you_mean(nearest(node.text, {words.begin() + 1, words.end()})));
}

void read_situation(CaseDecoder& d, const FactsSpec& facts, const std::string& path,
                    Situation& out) {
  const auto at = [&](std::string_view section) { return fmt::format("{}.{}", path, section); };
  // One case is read for itself: nothing is drawn, and every article that covers is named.
  out.settings.drawing = law::Drawing::expected;
  out.settings.all_articles = true;
  if (facts.areas != nullptr) {
    std::vector<std::string> terms;
    d.read(*facts.areas, FieldInfo{}, at("areas"), terms);
    for (const std::string& term : terms) add_area(d, term, *facts.areas, at("areas"));
  }
  read_parties(d, facts.parties, at("parties"), out);
  read_places(d, facts.places, at("places"), out);
  read_wars(d, facts.wars, at("wars"), out);
  read_relations(d, facts.relations, at("relations"), out);
  read_routes(d, facts.routes, at("routes"), out);
  read_votes(d, facts.votes, at("votes"), out);
  if (facts.settings != nullptr) {
    read_fields(d, *facts.settings, facts.settings->at, at("settings"), settings_fields(),
                out.settings);
  }
  if (facts.doctrine != nullptr) {
    read_fields(d, *facts.doctrine, facts.doctrine->at, at("doctrine"), scenario::doctrine_fields(),
                out.settings.doctrines);
  }
}

namespace {

bool read_date(CaseDecoder& d, const Node& node, const Position& at,
               const std::optional<Date>& usual, const std::string& path, Date& out) {
  if (node.find("date") != nullptr) return true;
  if (usual) {
    out = *usual;
    return true;
  }
  return d.fail("E0202", at, path, "key 'date' is missing",
                "give it here, or to the case for all its acts");
}

/// Where the victim was hit, and who it is where only the place is known.
bool locate(CaseDecoder& d, const ActSpec& spec, const Situation& situation,
            const std::string& path, law::Act& act) {
  const auto territory = [&](ActorId owner) {
    for (const PlaceFacts& p : situation.places) {
      if (p.place.sovereign == owner) return p.place;
    }
    law::Place place;
    place.sovereign = owner;
    return place;
  };
  if (spec.where == nullptr) {
    if (act.victim.valid()) act.place = territory(act.victim);
    return true;
  }
  std::optional<std::size_t> place;
  ActorId party;
  if (!read_where(d, *spec.where, path + ".where", place, party)) return false;
  act.place = place ? situation.places[*place].place : territory(party);
  return true;
}

}  // namespace

void read_acts(CaseDecoder& d, const Node& node, const Situation& situation,
               const std::optional<Date>& date, const std::string& path,
               std::vector<CaseAct>& out) {
  if (!d.expect(node, Node::Kind::map, path)) return;
  for (const Entry& e : node.entries) {
    const std::string at = path + "." + e.key;
    ActSpec spec;
    bool good = d.check_name(e.key, e.key_at, at);
    good = read_fields(d, e.value, e.key_at, at, act_fields(), spec) && good;
    good = read_date(d, e.value, e.key_at, date, at, spec.act.date) && good;
    good = locate(d, spec, situation, at, spec.act) && good;
    if (!spec.conflict.empty()) {
      if (!d.conflicts.contains(spec.conflict)) {
        good =
            d.fail("E0307", e.value.find("conflict")->value.at, at + ".conflict",
                   fmt::format("no war or dispute '{}'", spec.conflict),
                   did_you_mean(nearest(spec.conflict, {d.conflicts.begin(), d.conflicts.end()})));
      }
      spec.act.conflict = law::conflict_key(spec.conflict);
    }
    if (spec.act.kind == law::ActKind::recognition &&
        spec.act.government == law::Claimant::unsaid) {
      good = d.fail("E0202", e.key_at, at + ".government", "key 'government' is missing",
                    "which of two governments is recognised: ousted or in_office");
    }
    d.facts_sound = d.facts_sound && good;
    out.push_back({e.key, spec.act});
  }
}

void read_changes(CaseDecoder& d, const Node& node, const std::optional<Date>& date,
                  const std::string& path, std::vector<ChangeSpec>& out) {
  read_rows(d, &node, path, [&](const Node& item, const std::string& at) {
    ChangeRow row;
    ChangeSpec& change = row.change;
    bool good = read_fields(d, item, item.at, at, change_fields(), row);
    good = good && read_date(d, item, item.at, date, at, change.date);
    if (!good) return;
    if (!change.pact.valid() && d.pacts.names.size() == 1) change.pact = PactId(0);
    if (!change.pact.valid()) {
      d.fail("E0202", item.at, at + ".pact", "key 'pact' is missing",
             "the case has several pacts: say which");
      return;
    }
    using Kind = ChangeSpec::Kind;
    const bool whole = change.kind == Kind::end || change.kind == Kind::extend ||
                       change.kind == Kind::suspend_article || change.kind == Kind::resume_article;
    if (!whole && !change.of.valid()) {
      d.fail("E0202", item.at, at + ".of", "key 'of' is missing", "for example of: bland");
      return;
    }
    if (change.kind == Kind::succeed && !change.by.valid()) {
      d.fail("E0202", item.at, at + ".by", "key 'by' is missing", "who takes its place");
      return;
    }
    if (change.kind == Kind::suspend_article || change.kind == Kind::resume_article) {
      if (row.article == nullptr) {
        d.fail("E0202", item.at, at + ".article", "key 'article' is missing");
        return;
      }
      change.article = row.article->text;
    }
    if (change.kind == Kind::extend) {
      if (row.article == nullptr || row.where == nullptr) {
        d.fail("E0202", item.at, at, "an extension needs 'article' and 'where'");
        return;
      }
      // An article that is not there is a fair question: the answer is no_such_article.
      change.article = row.article->text;
      for (const Node* place : CaseDecoder::items(*row.where)) {
        const bool scalar = place->is_scalar();
        const auto area = scalar ? d.areas->find(place->text) : std::nullopt;
        if (scalar && d.regions.row(place->text)) {
          change.where.regions.push_back(region_key(place->text));
        } else if (area) {
          change.where.areas = change.where.areas | *area;
        } else if (scalar && law::parse<law::Scope>(place->text)) {
          change.where.scope = *law::parse<law::Scope>(place->text);
        } else {
          std::vector<std::string> known = d.regions.names;
          known.insert(known.end(), d.areas->names().begin(), d.areas->names().end());
          d.fail("E0302", place->at, at + ".where",
                 scalar ? fmt::format("no place or area '{}'", place->text)
                        : fmt::format("expected a place or an area, found {}", kind_name(*place)),
                 did_you_mean(scalar ? nearest(place->text, known) : std::string()));
        }
      }
    }
    out.push_back(change);
  });
}

}  // namespace casus::casebook
