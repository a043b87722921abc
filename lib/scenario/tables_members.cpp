#include <fmt/format.h>

#include "casus/law/vocabulary.h"
#include "scenario/pact_tables.h"
#include "text/write_fields.h"

// Members and organs of pacts.
namespace casus::scenario {
namespace {

bool read_suspended(PactDecoder& d, const Node& node, const FieldInfo& f, const std::string& path,
                    law::Member& out) {
  return read_intervals(d, node, f, path, out.suspensions);
}

/// Articles that do not bind a member, or a mapping of articles to the most it accepts to owe.
bool read_reservations(PactDecoder& d, const Node& node, const FieldInfo& f,
                       const std::string& path, law::Member& out) {
  if (node.is_map()) {
    FieldInfo level = f;
    level.words = law::names<law::Obligation>();
    bool good = true;
    for (const Entry& e : node.entries) {
      law::Reservation reservation{e.key};
      good = d.read(e.value, level, path + "." + e.key, reservation.up_to) && good;
      out.reservations.push_back(std::move(reservation));
    }
    return good;
  }
  for (const Node* item : PactDecoder::items(node)) {
    if (!item->is_scalar()) {
      return d.fail("E0201", item->at, path,
                    fmt::format("expected an article, found {}", kind_name(*item)));
    }
    out.reservations.push_back({item->text});
  }
  return true;
}

bool read_force(PactDecoder& d, const Node& node, const FieldInfo&, const std::string& path,
                law::Organ& out) {
  law::StandingForce force;
  if (!read_fields(d, node, node.at, path, force_fields(), force)) return false;
  out.force = force;
  return true;
}

Node write_suspended(const Encoder& e, const FieldInfo&, const law::Member& in) {
  return write_intervals(e, in.suspensions);
}

Node write_reservations(const Encoder& e, const FieldInfo& f, const law::Member& in) {
  FieldInfo level = f;
  level.words = law::names<law::Obligation>();
  Node map;
  for (const law::Reservation& r : in.reservations) {
    Encoder::add(map, r.article, e.write(level, r.up_to));
  }
  return map;
}

Node write_force(const Encoder& e, const FieldInfo&, const law::Organ& in) {
  return in.force ? write_fields(e, force_fields(), *in.force) : Node();
}

}  // namespace

bool read_intervals(PactDecoder& d, const Node& node, const FieldInfo& f, const std::string& path,
                    std::vector<law::Suspension>& out) {
  bool good = true;
  for (const Node* item : PactDecoder::items(node)) {
    law::Suspension suspension;
    if (item->is_scalar()) {
      good = d.read(*item, f, path, suspension.from) && good;
    } else {
      good = read_fields(d, *item, item->at, path, suspended_fields(), suspension) && good;
    }
    out.push_back(suspension);
  }
  return good;
}

Node write_intervals(const Encoder& e, const std::vector<law::Suspension>& in) {
  Node list;
  for (const law::Suspension& s : in) {
    Encoder::add(list, write_fields(e, suspended_fields(), s));
  }
  return list;
}

std::span<const PactField<law::Member>> member_fields() {
  using law::Member;
  static const std::vector<PactField<Member>> rows{
      pact_field<&Member::joined>({.name = "joined",
                                   .doc = "The day it joined; by itself it is an original party.",
                                   .example = "1999-05-01"}),
      pact_field<&Member::notice>({.name = "notice",
                                   .doc = "The day it gave notice of withdrawal.",
                                   .example = "2024-01-29"}),
      pact_field<&Member::left>(
          {.name = "left", .doc = "The day it left.", .example = "2025-01-29"}),
      pact_field<&Member::continues>(
          {.name = "continues",
           .doc = "Of a successor: since when the one was a member whose place it took; a war that "
                  "has begun since then is not older than its membership.",
           .example = "1960-06-20"}),
      pact_field<&Member::role>({.name = "role",
                                 .fallback = "party",
                                 .words = law::names<law::Role>(),
                                 .doc = "Its place in a pact whose sides are not equal."}),
      pact_field<&Member::weight>(
          {.name = "weight", .low = 0, .high = 1e6, .fallback = "1", .doc = "Of its vote."}),
      pact_field<&Member::contribution>({.name = "contribution",
                                         .unit = Unit::people,
                                         .low = 0,
                                         .high = 1e7,
                                         .fallback = "0",
                                         .doc = "What it gives to the standing force."}),
      {{.name = "suspended",
        .type = Type::custom,
        .section = "suspensions",
        .doc = "The day of its suspension, or a list of intervals with `from` and `until`.",
        .example = "[{from: 2023-07-30, until: 2024-02-24}]"},
       read_suspended,
       write_suspended},
      {{.name = "reservations",
        .type = Type::custom,
        .section = "reservations",
        .doc = "Articles that do not bind it, or a mapping of articles to the most it will owe.",
        .example = "[\"6\"]"},
       read_reservations,
       write_reservations},
      pact_field<&Member::consent>({.name = "consent",
                                    .fallback = "none",
                                    .words = law::names<law::Assent>(),
                                    .doc = "Whose consent it needs before it sends arms."}),
  };
  return rows;
}

std::span<const PactField<law::Suspension>> suspended_fields() {
  using law::Suspension;
  static const std::vector<PactField<Suspension>> rows{
      pact_field<&Suspension::from>(
          {.name = "from", .required = true, .doc = "The first day.", .example = "2023-07-30"}),
      pact_field<&Suspension::until>(
          {.name = "until",
           .doc = "The first day it is a full member again; open if unset.",
           .example = "2024-02-24"}),
  };
  return rows;
}

std::span<const PactField<law::Organ>> organ_fields() {
  using law::Organ;
  static const std::vector<PactField<Organ>> rows{
      pact_field<&Organ::rule>({.name = "decision",
                                .fallback = "unanimity",
                                .words = law::names<law::DecisionRule>(),
                                .doc = "How it decides."}),
      pact_field<&Organ::threshold>({.name = "threshold",
                                     .low = 0,
                                     .high = 1,
                                     .fallback = "0.5",
                                     .doc = "Share of the weight that a weighted decision needs."}),
      pact_field<&Organ::quorum>(
          {.name = "quorum",
           .low = 0,
           .high = 1,
           .fallback = "0",
           .doc = "Share of the members entitled to vote that must attend."}),
      pact_field<&Organ::veto>({.name = "veto",
                                .doc = "Whose vote against defeats any proposal.",
                                .example = "[france]"}),
      pact_field<&Organ::chair>(
          {.name = "chair", .doc = "Who decides under the rule `chair`.", .example = "nigeria"}),
      pact_field<&Organ::competence>({.name = "competence",
                                      .words = law::names<law::Obligation>(),
                                      .doc = "What it may decide; everything if unset.",
                                      .example = "[sanction, troops]"}),
      pact_field<&Organ::parties_vote>({.name = "parties_vote",
                                        .fallback = "true",
                                        .doc = "Members that are party to the dispute vote."}),
      pact_field<&Organ::opinions_bind>(
          {.name = "opinions_bind",
           .fallback = "true",
           .doc = "What it adopts binds those who did not vote for it."}),
      {{.name = "force",
        .type = Type::section,
        .section = "force",
        .doc = "A force it disposes of."},
       read_force,
       write_force},
  };
  return rows;
}

std::span<const PactField<law::StandingForce>> force_fields() {
  using law::StandingForce;
  static const std::vector<PactField<StandingForce>> rows{
      pact_field<&StandingForce::strength>({.name = "strength",
                                            .unit = Unit::people,
                                            .low = 0,
                                            .high = 1e7,
                                            .required = true,
                                            .doc = "Besides the members' contributions.",
                                            .example = "2700"}),
      pact_field<&StandingForce::readiness_days>({.name = "readiness",
                                                  .type = Type::duration,
                                                  .low = 0,
                                                  .high = 3660,
                                                  .fallback = "0 days",
                                                  .doc = "From the decision to the arrival."}),
  };
  return rows;
}

}  // namespace casus::scenario
