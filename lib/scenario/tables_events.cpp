#include <fmt/format.h>

#include <algorithm>

#include "casus/law/vocabulary.h"
#include "scenario/conditions.h"
#include "scenario/tables.h"
#include "text/write_fields.h"

namespace casus::scenario {
namespace {

/// [[mali, burkina_faso], [jnim]]
bool read_sides(Decoder& d, const Node& node, const FieldInfo& f, const std::string& path,
                WarSpec& out) {
  if (!d.expect(node, Node::Kind::list, path)) return false;
  if (node.items.size() != 2) {
    return d.fail("E0210", node.at, path,
                  fmt::format("a war has two sides, not {}", node.items.size()),
                  "for example [[mali, niger], [jnim]]");
  }
  bool good = d.read(node.items[0], f, path, out.side_a);
  good = d.read(node.items[1], f, path, out.side_b) && good;
  for (const Node* item : Decoder::items(node.items[1])) {
    const auto row = item->is_scalar() ? d.actors.row(item->text) : std::nullopt;
    if (row && std::find(out.side_a.begin(), out.side_a.end(), ActorId(*row)) != out.side_a.end()) {
      good = d.fail("E0402", item->at, path, fmt::format("'{}' is on both sides", item->text));
    }
  }
  return good;
}

/// Read after the sides.
bool read_attacker(Decoder& d, const Node& node, const FieldInfo& f, const std::string& path,
                   WarSpec& out) {
  if (!d.read(node, f, path, out.attacker)) return false;
  for (const auto* side : {&out.side_a, &out.side_b}) {
    if (std::find(side->begin(), side->end(), out.attacker) != side->end()) return true;
  }
  return (out.side_a.empty() && out.side_b.empty()) ||
         d.fail("E0301", node.at, path, fmt::format("'{}' is on neither side", node.text));
}

/// A share of income, or money a year for aid; which of the two is known only with the kind.
bool read_measure_size(Decoder& d, const Node& node, const FieldInfo& f, const std::string& path,
                       MeasureSpec& out) {
  FieldInfo by_kind = f;
  by_kind.low = 0.0;
  by_kind.high = 1.0;
  if (out.kind == MeasureKind::aid) {
    by_kind.unit = Unit::musd_per_year;
    by_kind.high = 1e6;
  }
  return d.read(node, by_kind, path, out.size);
}

bool read_set(Decoder& d, const Node& node, const FieldInfo&, const std::string& path,
              TimelineSpec& out) {
  if (!d.expect(node, Node::Kind::map, path)) return false;
  bool good = true;
  for (const Entry& entry : node.entries) {
    Assignment assignment;
    const auto ref = read_path(d, entry.key, entry.key_at, path, PathUse::set);
    if (!ref ||
        !d.read(entry.value, value_field(d, *ref), path + "." + entry.key, assignment.value)) {
      good = false;
      continue;
    }
    assignment.ref = *ref;
    out.set.push_back(std::move(assignment));
  }
  return good;
}

bool read_when(Decoder& d, const Node& node, const FieldInfo&, const std::string& path,
               TimelineSpec& out) {
  auto condition = read_condition(d, node, path);
  if (!condition) return false;
  out.when = std::move(*condition);
  return true;
}

template <class S, std::span<const Field<S>> (*Fields)(), std::optional<S> TimelineSpec::*Member>
bool read_part(Decoder& d, const Node& node, const FieldInfo&, const std::string& path,
               TimelineSpec& out) {
  S part;
  if (!read_fields(d, node, node.at, path, Fields(), part)) return false;
  out.*Member = std::move(part);
  return true;
}

Node write_sides(const Encoder& e, const FieldInfo& f, const WarSpec& in) {
  Node list;
  for (const auto* side : {&in.side_a, &in.side_b}) {
    Node actors = e.write(f, *side);
    actors.kind = Node::Kind::list;
    Encoder::add(list, std::move(actors));
  }
  return list;
}

Node write_set(const Encoder& e, const FieldInfo& f, const TimelineSpec& in) {
  Node map;
  for (const Assignment& a : in.set) Encoder::add(map, a.ref.path, e.write(f, a.value));
  return map;
}

Node write_when(const Encoder& e, const FieldInfo&, const TimelineSpec& in) {
  return in.when ? scalar_node(say(e, *in.when), {}, true) : Node();
}

template <class S, std::span<const Field<S>> (*Fields)(), std::optional<S> TimelineSpec::*Member>
Node write_part(const Encoder& e, const FieldInfo&, const TimelineSpec& in) {
  if (!(in.*Member)) return {};
  Node map = write_fields(e, Fields(), *(in.*Member));
  map.kind = Node::Kind::map;
  return map;
}

}  // namespace

std::span<const std::string_view> issue_words() {
  static constexpr std::string_view words[] = {"coup", "dispute", "territory", "outrage",
                                               "hosting"};
  return words;
}

std::span<const Field<WarSpec>> war_fields() {
  static const std::vector<Field<WarSpec>> rows{
      field<&WarSpec::title>({.name = "title", .doc = "Its name for readers."}),
      field<&WarSpec::source>(
          {.name = "source", .type = Type::source, .doc = "Where this is from."}),
      {{.name = "sides",
        .type = Type::custom,
        .required = true,
        .section = "sides",
        .doc = "The two lists of actors that fight each other, in any order.",
        .example = "[[mali], [jnim]]"},
       read_sides,
       write_sides},
      {{.name = "attacker",
        .type = Type::actor,
        .doc = "Whose side attacked the other first: what it does in the war is no defence, and "
               "what is done to it is. By itself nobody's.",
        .example = "jnim"},
       read_attacker,
       [](const Encoder& e, const FieldInfo& f, const WarSpec& in) {
         return e.write(f, in.attacker);
       }},
      field<&WarSpec::since>({.name = "since",
                              .required = true,
                              .doc = "The day it began, not after the start of the run.",
                              .example = "2012-01-17"}),
  };
  return rows;
}

std::span<const Field<CrisisSpec>> crisis_fields() {
  static constexpr std::string_view stages[] = {"dispute", "ultimatum"};
  static const std::vector<Field<CrisisSpec>> rows{
      field<&CrisisSpec::title>({.name = "title", .doc = "Its name for readers."}),
      field<&CrisisSpec::source>(
          {.name = "source", .type = Type::source, .doc = "Where this is from."}),
      {{.name = "challenger",
        .type = Type::party,
        .required = true,
        .of_kinds = states | externals,
        .doc = "Who makes the demand: an actor, or an organisation through its organ.",
        .example = "ecowas"},
       [](Decoder& d, const Node& node, const FieldInfo& f, const std::string& path,
          CrisisSpec& out) {
         return d.read_party(node, f, path, out.challenger, out.organisation);
       },
       [](const Encoder& e, const FieldInfo& f, const CrisisSpec& in) {
         return in.organisation.valid() ? e.write(f, in.organisation) : e.write(f, in.challenger);
       }},
      field<&CrisisSpec::target>({.name = "target",
                                  .required = true,
                                  .of_kinds = states,
                                  .doc = "The state it is made to.",
                                  .example = "niger"}),
      field<&CrisisSpec::issue>({.name = "issue",
                                 .fallback = "dispute",
                                 .words = issue_words(),
                                 .doc = "What it is about."}),
      field<&CrisisSpec::stake>({.name = "stake",
                                 .low = 0,
                                 .high = 1,
                                 .fallback = "0.5",
                                 .doc = "What the challenger would gain, the value of a war won "
                                        "being 1."}),
      field<&CrisisSpec::since>({.name = "since",
                                 .required = true,
                                 .doc = "The day it began, not after the start of the run.",
                                 .example = "2023-07-26"}),
      field<&CrisisSpec::stage>({.name = "stage",
                                 .fallback = "dispute",
                                 .words = stages,
                                 .doc = "How far it has gone at the start."}),
      field<&CrisisSpec::deadline>(
          {.name = "deadline", .doc = "When an ultimatum runs out.", .example = "2023-08-06"}),
  };
  return rows;
}

std::span<const Field<MeasureSpec>> measure_fields() {
  static constexpr std::string_view kinds[] = {"sanction", "aid", "blockade"};
  static const std::vector<Field<MeasureSpec>> rows{
      field<&MeasureSpec::kind>({.name = "kind",
                                 .required = true,
                                 .words = kinds,
                                 .doc = "What is done.",
                                 .example = "sanction"}),
      {{.name = "by",
        .type = Type::party,
        .required = true,
        .doc = "Who does it: an actor or an organisation.",
        .example = "ecowas"},
       [](Decoder& d, const Node& node, const FieldInfo& f, const std::string& path,
          MeasureSpec& out) { return d.read_party(node, f, path, out.by, out.organisation); },
       [](const Encoder& e, const FieldInfo& f, const MeasureSpec& in) {
         return in.organisation.valid() ? e.write(f, in.organisation) : e.write(f, in.by);
       }},
      field<&MeasureSpec::on>(
          {.name = "against", .required = true, .doc = "Whom it meets.", .example = "niger"}),
      {{.name = "size",
        .type = Type::custom,
        .required = true,
        .section = "measure_size",
        .doc =
            "Of a sanction or blockade the share of income it cuts, from 0 to 1, or of a blockade "
            "of who lives on imported fuel the share of that; of aid the money it brings in a "
            "year.",
        .example = "0.3"},
       read_measure_size,
       [](const Encoder& e, const FieldInfo& f, const MeasureSpec& in) {
         return e.write(f, in.size);
       }},
      field<&MeasureSpec::since>({.name = "since",
                                  .required = true,
                                  .doc = "Since when, not after the start of the run.",
                                  .example = "2023-07-30"}),
      field<&MeasureSpec::source>(
          {.name = "source", .type = Type::source, .doc = "Where this is from."}),
  };
  return rows;
}

std::span<const Field<TimelineSpec>> timeline_fields() {
  static const std::vector<Field<TimelineSpec>> rows{
      field<&TimelineSpec::title>({.name = "title", .doc = "What happens, for readers."}),
      field<&TimelineSpec::source>(
          {.name = "source", .type = Type::source, .doc = "Where this is from."}),
      field<&TimelineSpec::at>({.name = "at",
                                .doc = "The day it happens. With `when` as well, it happens on "
                                       "that day if the condition holds then.",
                                .example = "2023-12-22"}),
      {{.name = "when",
        .type = Type::custom,
        .section = "condition",
        .doc = "The condition under which it happens, looked at at the beginning of each step.",
        .example = "\"actors.niger.legitimacy < 0.3 and not war(mali, niger)\""},
       read_when,
       write_when},
      field<&TimelineSpec::once>({.name = "once",
                                  .fallback = "true",
                                  .doc = "Happens the first time the condition holds, and not in "
                                         "every step in which it does."}),
      {{.name = "set",
        .type = Type::custom,
        .section = "assignments",
        .doc = "Paths and the numbers they become.",
        .example = "{mechanisms.insurgency.attack_rate: 0.2 /year}"},
       read_set,
       write_set},
      {{.name = "emit",
        .type = Type::section,
        .section = "emit",
        .doc = "An act that is done, with all that the law makes of it."},
       read_part<EmitSpec, emit_fields, &TimelineSpec::emit>,
       write_part<EmitSpec, emit_fields, &TimelineSpec::emit>},
      {{.name = "deploy",
        .type = Type::section,
        .section = "deploy",
        .doc = "Forces of an actor's reserve that go to a region, let in by its owner."},
       read_part<MoveSpec, deploy_fields, &TimelineSpec::deploy>,
       write_part<MoveSpec, deploy_fields, &TimelineSpec::deploy>},
      {{.name = "withdraw",
        .type = Type::section,
        .section = "withdraw",
        .doc = "Forces that leave a region, or all regions of a host."},
       read_part<MoveSpec, withdraw_fields, &TimelineSpec::withdraw>,
       write_part<MoveSpec, withdraw_fields, &TimelineSpec::withdraw>},
      {{.name = "ceasefire",
        .type = Type::section,
        .section = "truce",
        .doc = "Two that fight each other stop, and with them all who fight in their war; armies "
               "stay where they are."},
       read_part<TruceSpec, ceasefire_fields, &TimelineSpec::ceasefire>,
       write_part<TruceSpec, ceasefire_fields, &TimelineSpec::ceasefire>},
  };
  return rows;
}

std::span<const Field<EmitSpec>> emit_fields() {
  static const std::vector<Field<EmitSpec>> rows{
      field<&EmitSpec::act>({.name = "act",
                             .required = true,
                             .words = law::names<law::ActKind>(),
                             .doc = "What is done.",
                             .example = "invasion"}),
      field<&EmitSpec::by>(
          {.name = "by", .required = true, .doc = "Who does it.", .example = "germany"}),
      field<&EmitSpec::against>(
          {.name = "against", .required = true, .doc = "To whom.", .example = "belgium"}),
      field<&EmitSpec::where>({.name = "where",
                               .doc = "Where; by itself in the victim's capital.",
                               .example = "liege"}),
      field<&EmitSpec::size>({.name = "size",
                              .low = 0,
                              .high = 1e8,
                              .fallback = "1",
                              .doc = "People in it, or the deaths of an attack."}),
      field<&EmitSpec::severity>({.name = "severity",
                                  .low = 0,
                                  .high = 1,
                                  .fallback = "1",
                                  .doc = "How grave it is: water cannon are less than guns."}),
      field<&EmitSpec::invited>(
          {.name = "invited", .fallback = "false", .doc = "The government in place asked for it."}),
      field<&EmitSpec::help_asked>({.name = "help_asked",
                                    .doc = "Whether the victim asks for help over it; by itself it "
                                           "decides, see mechanisms.commitments.request_coup.",
                                    .example = "true"}),
      field<&EmitSpec::government>({.name = "government",
                                    .fallback = "unsaid",
                                    .words = law::names<law::Claimant>(),
                                    .doc = "Of a recognition: which of two governments."}),
      field<&EmitSpec::imminent>({.name = "imminent",
                                  .fallback = "false",
                                  .doc = "The other was about to attack; matters under the "
                                         "doctrine of anticipation."}),
      field<&EmitSpec::repelled>({.name = "repelled",
                                  .fallback = "false",
                                  .doc = "What it answers has been beaten back, and no more is to "
                                         "come; matters under the doctrine of proportion."}),
      field<&EmitSpec::asked_by>({.name = "asked_by",
                                  .fallback = "unsaid",
                                  .words = law::names<law::Claimant>(),
                                  .doc = "Which of the victim's two governments asks for help; by "
                                         "itself the one removed, against those who removed it, "
                                         "and else those in office."}),
      field<&EmitSpec::invited_by>({.name = "invited_by",
                                    .fallback = "unsaid",
                                    .words = law::names<law::Claimant>(),
                                    .doc = "Which of two governments asked for it: an invitation "
                                           "to those who recognise that one, see "
                                           "doctrines.government; those in office resist what the "
                                           "other has asked in."}),
      field<&EmitSpec::posture>({.name = "posture",
                                 .fallback = "unknown",
                                 .words = law::names<law::Posture>(),
                                 .doc = "As what it is done: enforcement is what an organisation "
                                        "has decided, see doctrines.regional_force; by itself it "
                                        "follows from who attacked whom."}),
  };
  return rows;
}

std::span<const Field<MoveSpec>> deploy_fields() {
  static const std::vector<Field<MoveSpec>> rows{
      field<&MoveSpec::actor>(
          {.name = "actor", .required = true, .doc = "Whose forces.", .example = "wagner"}),
      field<&MoveSpec::region>(
          {.name = "region", .required = true, .doc = "Where they go.", .example = "gao"}),
      field<&MoveSpec::strength>({.name = "strength",
                                  .unit = Unit::people,
                                  .low = 0,
                                  .high = 1e8,
                                  .required = true,
                                  .doc = "How many, as far as the reserve goes.",
                                  .example = "500"}),
  };
  return rows;
}

std::span<const Field<MoveSpec>> withdraw_fields() {
  static const std::vector<Field<MoveSpec>> rows{
      field<&MoveSpec::actor>(
          {.name = "actor", .required = true, .doc = "Whose forces.", .example = "france"}),
      field<&MoveSpec::region>(
          {.name = "region", .doc = "The region they leave; this or `host`.", .example = "niamey"}),
      field<&MoveSpec::host>({.name = "host",
                              .of_kinds = states,
                              .doc = "The state whose regions they leave; this or `region`.",
                              .example = "niger"}),
      field<&MoveSpec::over_days>({.name = "over",
                                   .type = Type::duration,
                                   .low = 0,
                                   .high = 36525,
                                   .fallback = "0 days",
                                   .doc = "How long the withdrawal takes, at an even pace."}),
  };
  return rows;
}

std::span<const Field<TruceSpec>> ceasefire_fields() {
  static const std::vector<Field<TruceSpec>> rows{
      field<&TruceSpec::actor>(
          {.name = "actor", .required = true, .doc = "Who stops.", .example = "israel"}),
      field<&TruceSpec::with>({.name = "with",
                               .required = true,
                               .doc = "Against whom; nothing happens if they are not at war.",
                               .example = "egypt"}),
      field<&TruceSpec::lasts_days>({.name = "lasts",
                                     .type = Type::duration,
                                     .low = 0,
                                     .high = 36525,
                                     .fallback = "180 days",
                                     .doc = "How long it is agreed for; it can collapse before."}),
  };
  return rows;
}

}  // namespace casus::scenario
