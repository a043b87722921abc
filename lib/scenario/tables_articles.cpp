#include <fmt/format.h>

#include <algorithm>
#include <variant>

#include "casus/law/conditions.h"
#include "casus/law/vocabulary.h"
#include "scenario/pact_tables.h"
#include "text/write_fields.h"

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

bool read_victims(PactDecoder& d, const Node& node, const FieldInfo& f, const std::string& path,
                  law::Article& out) {
  return d.read(node, f, path, out.when.victims);
}
Node write_victims(const Encoder& e, const FieldInfo& f, const law::Article& in) {
  return e.write(f, in.when.victims);
}

bool read_suspensions(PactDecoder& d, const Node& node, const FieldInfo& f, const std::string& path,
                      law::Article& out) {
  return read_intervals(d, node, f, path, out.suspensions);
}
Node write_suspensions(const Encoder& e, const FieldInfo&, const law::Article& in) {
  return write_intervals(e, in.suspensions);
}

/// As a notice is: months and years are the calendar's.
bool read_term(PactDecoder& d, const Node& node, const FieldInfo& f, const std::string& path,
               law::Article& out) {
  double days = 0.0;
  if (!d.read(node, f, path, days)) return false;
  if (const auto months = whole_months(node.text)) {
    out.then.within_months = *months;
  } else {
    out.then.within_days = days;
  }
  return true;
}
Node write_term(const Encoder& e, const FieldInfo& f, const law::Article& in) {
  if (in.then.within_months == 0) return e.write(f, in.then.within_days);
  return scalar_node(fmt::format("{} months", in.then.within_months), {});
}

template <auto Member>
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
                  did_you_mean(near));
  }
  out.conflict = law::conflict_key(name);
  return true;
}

/// A row of the law's table of conditions, read into the member that the row names.
bool read_article_condition(PactDecoder& d, const Node& node, const FieldInfo& f,
                            const std::string& path, law::Conditions& out) {
  const auto rows = law::conditions();
  const auto row =
      std::find_if(rows.begin(), rows.end(), [&](const auto& c) { return c.name == f.name; });
  return std::visit(
      [&](auto member) {
        if constexpr (std::is_same_v<decltype(member),
                                     std::optional<law::ConflictKey> law::Conditions::*>) {
          return read_conflict(d, node, f, path, out);
        } else {
          return d.read(node, f, path, out.*member);
        }
      },
      row->member);
}

Node write_conflict(const Encoder& e, const std::optional<law::ConflictKey>& key) {
  if (!key) return {};
  const auto name = std::find_if(e.conflicts.begin(), e.conflicts.end(),
                                 [&](const auto& n) { return law::conflict_key(n) == *key; });
  return name == e.conflicts.end() ? scalar_node(Encoder::nobody, {}) : scalar_node(*name, {});
}

Node write_article_condition(const Encoder& e, const FieldInfo& f, const law::Conditions& in) {
  const auto rows = law::conditions();
  const auto row =
      std::find_if(rows.begin(), rows.end(), [&](const auto& c) { return c.name == f.name; });
  return std::visit(
      [&](auto member) {
        if constexpr (std::is_same_v<decltype(member),
                                     std::optional<law::ConflictKey> law::Conditions::*>) {
          return write_conflict(e, in.*member);
        } else {
          return e.write(f, in.*member);
        }
      },
      row->member);
}

PactField<law::Conditions> condition_field(const law::ConditionInfo& c) {
  FieldInfo f{.name = c.name, .doc = c.doc};
  std::visit(
      [&]<class T>(T law::Conditions::*) {
        if constexpr (std::is_same_v<T, std::optional<law::ConflictKey>>) {
          f.type = Type::text;
        } else {
          f.type = type_of<T>();
        }
        if constexpr (std::is_same_v<T, bool>) {
          f.fallback = "false";
        } else if constexpr (std::is_arithmetic_v<T>) {
          f.fallback = "0";
          f.low = 0.0;
          f.high = c.high;
        }
      },
      c.member);
  return {f, read_article_condition, write_article_condition};
}

std::vector<PactField<law::Conditions>> make_when_fields() {
  using law::Conditions;
  std::vector<PactField<Conditions>> all{
      pact_field<&Conditions::acts>({.name = "act",
                                     .words = law::names<law::ActKind>(),
                                     .doc = "Acts that it covers.",
                                     .example = "[invasion, strike]"}),
  };
  for (const law::ConditionInfo& c : law::conditions()) all.push_back(condition_field(c));
  return all;
}

bool read_regions(PactDecoder& d, const Node& node, const FieldInfo&, const std::string& path,
                  law::Geography& out) {
  return read_places(d, node, path, out.regions, out.areas);
}
bool read_except(PactDecoder& d, const Node& node, const FieldInfo&, const std::string& path,
                 law::Geography& out) {
  return read_places(d, node, path, out.excluded_regions, out.excluded);
}

/// Regions by their keys, and geographical terms by their bits.
Node write_places(const Encoder& e, const std::vector<RegionKey>& regions, law::AreaSet areas) {
  Node list;
  for (const RegionKey key : regions) {
    const auto name = std::find_if(e.regions.begin(), e.regions.end(),
                                   [&](const std::string& n) { return region_key(n) == key; });
    Encoder::add(
        list, name == e.regions.end() ? scalar_node(Encoder::nobody, {}) : scalar_node(*name, {}));
  }
  for (std::size_t bit = 0; bit < law::AreaNames::most; ++bit) {
    if ((areas.bits >> bit & 1U) == 0) continue;
    Encoder::add(list, bit < e.areas.size() ? scalar_node(e.areas[bit], {})
                                            : scalar_node(Encoder::nobody, {}));
  }
  return list;
}

Node write_regions(const Encoder& e, const FieldInfo&, const law::Geography& in) {
  return write_places(e, in.regions, in.areas);
}
Node write_except(const Encoder& e, const FieldInfo&, const law::Geography& in) {
  return write_places(e, in.excluded_regions, in.excluded);
}

Node write_where(const Encoder& e, const FieldInfo&, const law::Article& in) {
  const law::Geography& where = in.when.where;
  Node map = write_fields(e, geography_fields(), where);
  // A mapping means what is listed, unless it says another scope.
  if (where.scope == law::Scope::listed) map.kind = Node::Kind::map;
  const bool silent = where.scope == law::Scope::inherit && map.entries.size() == 1;
  return silent ? Node() : map;
}

Node write_when(const Encoder& e, const FieldInfo&, const law::Article& in) {
  return write_fields(e, when_fields(), in.when);
}
Node write_adversary(const Encoder& e, const FieldInfo&, const law::Article& in) {
  return write_fields(e, adversary_fields(), in.when.by);
}
Node write_then(const Encoder& e, const FieldInfo&, const law::Article& in) {
  return write_fields(e, then_fields(), in.then);
}
template <auto Member>
Node write_duty(const Encoder& e, const FieldInfo& f, const law::Article& in) {
  return e.write(f, in.then.*Member);
}

}  // namespace

std::span<const PactField<law::Article>> article_fields() {
  using law::Article;
  static const std::vector<PactField<Article>> rows{
      pact_field<&Article::title>({.name = "title", .doc = "Its heading."}),
      pact_field<&Article::text>(
          {.name = "text",
           .lines = true,
           .doc = "The words of the treaty, in quotation marks of their own, or what they say in "
                  "others; printed beside the verdicts that it decides."}),
      pact_field<&Article::seen>(
          {.name = "seen",
           .doc =
               "Who has written of what it leaves open, or with what it collides; printed beside "
               "what `casus law gaps` finds."}),
      pact_field<&Article::extends>(
          {.name = "extends",
           .doc = "The article it widens: what it leaves unsaid is as there.",
           .example = "\"6\""}),
      {{.name = "when",
        .type = Type::section,
        .section = "when",
        .doc = "What sets it in motion. Without acts it binds at all times."},
       read_when,
       write_when},
      {{.name = "by",
        .type = Type::custom,
        .section = "adversary",
        .doc = "Whose acts: actors, or a mapping with `kind`, `actors` and `except`; anybody's if "
               "unset.",
        .example = "{kind: armed_group}"},
       read_by,
       write_adversary},
      {{.name = "where",
        .type = Type::custom,
        .section = "geography",
        .doc = "Where: anywhere, members, victim, a list of regions and areas, or a mapping with "
               "`scope`, `regions` and `except`.",
        .example = "members"},
       read_where,
       write_where},
      {{.name = "then", .type = Type::section, .section = "then", .doc = "What follows."},
       read_then,
       write_then},
      {{.name = "peaceful_first",
        .type = Type::flag,
        .fallback = "false",
        .doc = "Arms only after peaceful means did not suffice."},
       read_duty<&law::Duties::peaceful_first>,
       write_duty<&law::Duties::peaceful_first>},
      {{.name = "jointly",
        .type = Type::flag,
        .fallback = "false",
        .doc = "Arms only if all who are obliged and able go together."},
       read_duty<&law::Duties::jointly>,
       write_duty<&law::Duties::jointly>},
      {{.name = "discretion",
        .type = Type::word,
        .fallback = "unsaid",
        .words = law::names<law::Discretion>(),
        .doc = "How much of the help it lists each has to give."},
       read_duty<&law::Duties::discretion>,
       write_duty<&law::Duties::discretion>},
      {{.name = "within",
        .type = Type::duration,
        .low = 0,
        .high = 36525,
        .fallback = "0 days",
        .doc = "The term in which help comes; late help breaks it. 0: no term."},
       read_term,
       write_term},
      {{.name = "at_least",
        .type = Type::real,
        .unit = Unit::people,
        .low = 0,
        .high = 1e8,
        .fallback = "0",
        .doc = "People who are sent, where arms are; 0: no number."},
       read_duty<&law::Duties::at_least>,
       write_duty<&law::Duties::at_least>},
      {{.name = "victims",
        .type = Type::actors,
        .doc = "Those whose being attacked sets it in motion, members or not; members if unset.",
        .example = "[iran, turkey]"},
       read_victims,
       write_victims},
      pact_field<&Article::if_also>(
          {.name = "if_also", .doc = "It is owed only if these help as well."}),
      pact_field<&Article::unless_war_with>(
          {.name = "unless_war_with", .doc = "Arms are not owed if they mean war with these."}),
      pact_field<&Article::consent>(
          {.name = "consent",
           .fallback = "none",
           .words = law::names<law::Assent>(),
           .doc = "Whose consent each member needs before it sends arms."}),
      pact_field<&Article::procedure>({.name = "procedure",
                                       .fallback = "inherit",
                                       .words = law::names<law::Procedure>(),
                                       .doc =
                                           "How help is set in motion; by itself as in the article "
                                           "it extends, or on request; without a request where it "
                                           "gives rights alone."}),
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
      pact_field<&Article::among>(
          {.name = "among",
           .doc = "A protocol between these members: nobody else owes under it or claims it."}),
      pact_field<&Article::secret>({.name = "secret",
                                    .fallback = "false",
                                    .doc = "Nobody knows of it but those between whom it is."}),
      {{.name = "suspended",
        .type = Type::custom,
        .section = "suspensions",
        .doc = "The day of its suspension for all, or a list of intervals with `from` and `until`.",
        .example = "[{from: 1962-07-03}]"},
       read_suspensions,
       write_suspensions},
      pact_field<&Article::void_if_partner_attacks>(
          {.name = "void_if_partner_attacks",
           .fallback = "false",
           .doc =
               "What is forbidden towards a member is allowed once that member attacks others."}),
  };
  return rows;
}

std::span<const PactField<law::Conditions>> when_fields() {
  static const std::vector<PactField<law::Conditions>> rows = make_when_fields();
  return rows;
}

std::span<const PactField<law::Duties>> then_fields() {
  using law::Duties;
  static const std::vector<PactField<Duties>> rows{
      pact_field<&Duties::assist>({.name = "assist",
                                   .words = law::names<law::Obligation>(),
                                   .doc = "Forms of help owed; a member may choose among them.",
                                   .example = "[aid, troops, war]"}),
      pact_field<&Duties::may>({.name = "may",
                                .words = law::names<law::Obligation>(),
                                .doc = "Help that members have a right to give, and no duty; it "
                                       "stands beside what they owe.",
                                .example = "[troops]"}),
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
      pact_field<&Adversary::members>(
          {.name = "members", .fallback = "false", .doc = "Only members of the pact."}),
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
       read_regions,
       write_regions},
      {{.name = "except",
        .type = Type::custom,
        .section = "region_or_area",
        .doc = "Regions and areas that are not meant."},
       read_except,
       write_except},
  };
  return rows;
}

}  // namespace casus::scenario
