#include <fmt/format.h>

#include <algorithm>

#include "casus/law/vocabulary.h"
#include "scenario/pact_tables.h"

namespace casus::scenario {
namespace {

/// Regions and geographical terms in one list.
bool read_places(PactDecoder& d, const Node& node, const std::string& path,
                 std::vector<RegionKey>& regions, law::AreaSet& areas) {
  bool good = true;
  for (const Node* item : PactDecoder::items(node)) {
    if (!item->is_scalar()) {
      good = d.fail("E0201", item->at, path,
                    fmt::format("expected a region or an area, found {}", kind_name(*item)));
      continue;
    }
    if (d.regions.row(item->text)) {
      regions.push_back(region_key(item->text));
    } else if (const auto area = d.areas->find(item->text)) {
      areas = areas | *area;
    } else if (d.all_read) {
      std::vector<std::string> names = d.regions.names;
      names.insert(names.end(), d.areas->names().begin(), d.areas->names().end());
      const std::string near = nearest(item->text, names);
      good = d.fail("E0302", item->at, path, fmt::format("no region or area '{}'", item->text),
                    near.empty() ? "areas are the tags that regions list"
                                 : fmt::format("did you mean '{}'?", near));
    }
  }
  return good;
}

bool read_where(PactDecoder& d, const Node& node, const FieldInfo&, const std::string& path,
                law::Article& out) {
  law::Geography& where = out.when.where;
  if (node.is_map()) {
    where.scope = law::Scope::listed;
    return read_fields(d, node, node.at, path, geography_fields(), where);
  }
  const auto scopes = law::names<law::Scope>();
  const bool is_scope = node.is_scalar() && !d.regions.row(node.text) &&
                        !d.areas->find(node.text) &&
                        std::find(scopes.begin(), scopes.end(), node.text) != scopes.end();
  if (is_scope) {
    where.scope = *law::parse<law::Scope>(node.text);
    return true;
  }
  where.scope = law::Scope::listed;
  return read_places(d, node, path, where.regions, where.areas);
}

bool read_by(PactDecoder& d, const Node& node, const FieldInfo& f, const std::string& path,
             law::Article& out) {
  if (node.is_map()) {
    return read_fields(d, node, node.at, path, adversary_fields(), out.when.by);
  }
  return d.read(node, f, path, out.when.by.named);
}

bool read_when(PactDecoder& d, const Node& node, const FieldInfo&, const std::string& path,
               law::Article& out) {
  return read_fields(d, node, node.at, path, when_fields(), out.when);
}

bool read_then(PactDecoder& d, const Node& node, const FieldInfo&, const std::string& path,
               law::Article& out) {
  return read_fields(d, node, node.at, path, then_fields(), out.then);
}

template <bool law::Duties::*Member>
bool read_duty(PactDecoder& d, const Node& node, const FieldInfo& f, const std::string& path,
               law::Article& out) {
  return d.read(node, f, path, out.then.*Member);
}

bool read_conflict(PactDecoder& d, const Node& node, const FieldInfo&, const std::string& path,
                   law::Conditions& out) {
  std::string name;
  if (!d.read(node, FieldInfo{}, path, name)) return false;
  if (!d.conflicts.contains(name) && d.all_read) {
    const std::string near = nearest(name, {d.conflicts.begin(), d.conflicts.end()});
    return d.fail("E0307", node.at, path, fmt::format("no war or crisis '{}'", name),
                  near.empty() ? std::string() : fmt::format("did you mean '{}'?", near));
  }
  out.conflict = law::conflict_key(name);
  return true;
}

bool read_regions(PactDecoder& d, const Node& node, const FieldInfo&, const std::string& path,
                  law::Geography& out) {
  return read_places(d, node, path, out.regions, out.areas);
}
bool read_except(PactDecoder& d, const Node& node, const FieldInfo&, const std::string& path,
                 law::Geography& out) {
  return read_places(d, node, path, out.excluded_regions, out.excluded);
}

}  // namespace

std::span<const PactField<law::Article>> article_fields() {
  using law::Article;
  static const std::vector<PactField<Article>> rows{
      pact_field<&Article::title>({.name = "title", .doc = "Its heading."}),
      pact_field<&Article::extends>(
          {.name = "extends",
           .doc = "The article it widens: what it leaves unsaid is as there.",
           .example = "\"6\""}),
      {{.name = "when",
        .type = Type::section,
        .section = "when",
        .doc = "What sets it in motion. Without acts it binds at all times."},
       read_when},
      {{.name = "by",
        .type = Type::custom,
        .section = "adversary",
        .doc = "Whose acts: actors, or a mapping with `kind`, `actors` and `except`; anybody's if "
               "unset.",
        .example = "{kind: armed_group}"},
       read_by},
      {{.name = "where",
        .type = Type::custom,
        .section = "geography",
        .doc = "Where: anywhere, members, victim, a list of regions and areas, or a mapping with "
               "`scope`, `regions` and `except`.",
        .example = "members"},
       read_where},
      {{.name = "then", .type = Type::section, .section = "then", .doc = "What follows."},
       read_then},
      {{.name = "peaceful_first",
        .type = Type::flag,
        .fallback = "false",
        .doc = "Arms only after peaceful means did not suffice."},
       read_duty<&law::Duties::peaceful_first>},
      {{.name = "jointly",
        .type = Type::flag,
        .fallback = "false",
        .doc = "Arms only if all who are obliged and able go together."},
       read_duty<&law::Duties::jointly>},
      pact_field<&Article::procedure>({.name = "procedure",
                                       .fallback = "inherit",
                                       .words = law::names<law::Procedure>(),
                                       .doc =
                                           "How help is set in motion; by itself as in the article "
                                           "it extends, or on request."}),
      pact_field<&Article::requester>(
          {.name = "requester",
           .fallback = "in_office",
           .words = law::names<law::Requester>(),
           .doc = "Whose request counts after a government was ousted."}),
      pact_field<&Article::organ>({.name = "organ",
                                   .doc = "The organ that decides; by itself the first.",
                                   .example = "authority"}),
      pact_field<&Article::owed_by>({.name = "owed_by",
                                     .words = law::names<law::Role>(),
                                     .doc = "Roles that owe it; all if unset."}),
      pact_field<&Article::owed_to>({.name = "owed_to",
                                     .words = law::names<law::Role>(),
                                     .doc = "Roles it is owed to; all if unset."}),
      pact_field<&Article::exempt>({.name = "exempt", .doc = "Members that owe nothing under it."}),
      pact_field<&Article::void_if_partner_attacks>(
          {.name = "void_if_partner_attacks",
           .fallback = "false",
           .doc =
               "What is forbidden towards a member is allowed once that member attacks others."}),
  };
  return rows;
}

std::span<const PactField<law::Conditions>> when_fields() {
  using law::Conditions;
  static const std::vector<PactField<Conditions>> rows{
      pact_field<&Conditions::acts>({.name = "act",
                                     .words = law::names<law::ActKind>(),
                                     .doc = "Acts that it covers.",
                                     .example = "[invasion, strike]"}),
      pact_field<&Conditions::from>({.name = "from", .doc = "Not acts before this day."}),
      pact_field<&Conditions::until>({.name = "until", .doc = "Only acts before this day."}),
      {{.name = "conflict", .type = Type::text, .doc = "Only in this war or crisis."},
       read_conflict},
      pact_field<&Conditions::min_adversaries>({.name = "min_adversaries",
                                                .low = 0,
                                                .high = 1000,
                                                .fallback = "0",
                                                .doc = "States that attack the victim at once, at "
                                                       "least."}),
      pact_field<&Conditions::max_adversaries>({.name = "max_adversaries",
                                                .low = 0,
                                                .high = 1000,
                                                .fallback = "0",
                                                .doc = "The same, at most; 0: no limit."}),
      pact_field<&Conditions::min_severity>(
          {.name = "min_severity",
           .low = 0,
           .high = 1,
           .fallback = "0",
           .doc = "How grave the act must be; 0: as grave as an armed attack, if it "
                  "uses force and the article owes arms."}),
      pact_field<&Conditions::min_evidence>({.name = "min_evidence",
                                             .low = 0,
                                             .high = 1,
                                             .fallback = "0",
                                             .doc =
                                                 "How well it must be shown that a sponsor or host "
                                                 "is behind it."}),
      pact_field<&Conditions::after_demand>({.name = "after_demand",
                                             .fallback = "false",
                                             .doc = "Only after a demand was made and refused."}),
      pact_field<&Conditions::unprovoked>({.name = "unprovoked",
                                           .fallback = "false",
                                           .doc = "Lost by a victim that provoked the author."}),
      pact_field<&Conditions::lawful_government>(
          {.name = "lawful_government",
           .fallback = "false",
           .doc = "Only for a government that did not come to power by a coup itself."}),
      pact_field<&Conditions::between_members>({.name = "between_members",
                                                .fallback = "false",
                                                .doc = "Also when the author is a member."}),
      pact_field<&Conditions::counts_responses>({.name = "counts_responses",
                                                 .fallback = "false",
                                                 .doc = "Also when the act was itself defensive."}),
      pact_field<&Conditions::joined_wars>(
          {.name = "joined_wars",
           .fallback = "false",
           .doc = "Protects a member also in a war that it joined as a "
                  "helper."}),
      pact_field<&Conditions::ongoing_wars>({.name = "ongoing_wars",
                                             .fallback = "false",
                                             .doc = "Also in a war begun before the pact."}),
      pact_field<&Conditions::member_as_author>({.name = "member_as_author",
                                                 .fallback = "false",
                                                 .doc =
                                                     "Set in motion by a hostile act of the member "
                                                     "itself: a pact of offence."}),
  };
  return rows;
}

std::span<const PactField<law::Duties>> then_fields() {
  using law::Duties;
  static const std::vector<PactField<Duties>> rows{
      pact_field<&Duties::assist>({.name = "assist",
                                   .words = law::names<law::Obligation>(),
                                   .doc = "Forms of help owed; a member may choose among them.",
                                   .example = "[aid, troops, war]"}),
      pact_field<&Duties::abstain>({.name = "abstain",
                                    .words = law::names<law::Abstention>(),
                                    .doc = "What is forbidden between members.",
                                    .example = "[force, hosting]"}),
  };
  return rows;
}

std::span<const PactField<law::Adversary>> adversary_fields() {
  using law::Adversary;
  static const std::vector<PactField<Adversary>> rows{
      pact_field<&Adversary::kinds>({.name = "kind",
                                     .words = law::names<law::PartyKind>(),
                                     .doc = "Kinds of author.",
                                     .example = "armed_group"}),
      pact_field<&Adversary::named>({.name = "actors", .doc = "Authors by name."}),
      pact_field<&Adversary::excluded>({.name = "except", .doc = "Authors that are not meant."}),
  };
  return rows;
}

std::span<const PactField<law::Geography>> geography_fields() {
  using law::Geography;
  static const std::vector<PactField<Geography>> rows{
      pact_field<&Geography::scope>({.name = "scope",
                                     .fallback = "listed",
                                     .words = law::names<law::Scope>(),
                                     .doc = "Whose territory."}),
      {{.name = "regions",
        .type = Type::custom,
        .section = "region_or_area",
        .doc = "Regions and areas; they narrow any other scope."},
       read_regions},
      {{.name = "except",
        .type = Type::custom,
        .section = "region_or_area",
        .doc = "Regions and areas that are not meant."},
       read_except},
  };
  return rows;
}

}  // namespace casus::scenario
