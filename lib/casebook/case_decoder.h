#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "casus/casebook/casebook.h"
#include "scenario/pact_decoder.h"

// How the parts of a casebook file are read. Tables of keys are in tables*.cpp; load.cpp
// puts cases together.
namespace casus::casebook {

using namespace text;

/// Reads what names parties, places and pacts, and what an expectation or a change may name
/// besides.
class CaseDecoder : public scenario::PactDecoder {
 public:
  explicit CaseDecoder(Problems& found) : PactDecoder(found) {
    actors.what = "party";
    regions.what = "place";
  }

  const std::vector<law::Pact>* pact_list = nullptr;
  const std::vector<CaseAct>* acts = nullptr;  ///< of the step
  bool facts_sound = true;  ///< false: pacts or acts could not be read, so names prove nothing

  Mark mark(const Position& at) const {
    return {problems.sources().location(at), problems.sources().line(at)};
  }
  /// The row of an article of a pact; nothing after a complaint.
  std::optional<ArticleId> article(const Node& node, PactId pact, const std::string& path);
  /// There are too many reasons to list them all in a message.
  bool read_reason(const Node& node, const std::string& path, law::Reason& out);
};

template <class S>
using Field = text::Field<S, CaseDecoder>;

/// The row of a member whose type says how it is read.
template <auto Member>
constexpr auto field(FieldInfo info) {
  return text::field<Member, CaseDecoder>(info);
}

/// A key whose value is read later, when more is known.
template <class S, const Node* S::*Member>
Field<S> kept(FieldInfo info) {
  return {info, [](CaseDecoder&, const Node& node, const FieldInfo&, const std::string&, S& out) {
            out.*Member = &node;
            return true;
          }};
}

/// A case as its keys are read, before its steps are put together.
struct CaseSpec {
  std::string title, situation, source, instrument;
  std::optional<Chapter> chapter;
  std::vector<std::string> errors;
  const Node* acts = nullptr;
  const Node* expect = nullptr;
  const Node* steps = nullptr;
  std::string step_title;
  const Node* changes = nullptr;
};

/// The keys of the facts as they are written; `date` is of acts that give none.
struct FactsSpec {
  const Node *parties = nullptr, *places = nullptr, *pacts = nullptr, *wars = nullptr,
             *relations = nullptr, *routes = nullptr, *votes = nullptr, *settings = nullptr,
             *doctrine = nullptr, *disputes = nullptr, *areas = nullptr, *sources = nullptr;
  std::optional<Date> date;
};

/// An act as it is written.
struct ActSpec {
  law::Act act;
  const Node* where = nullptr;
  std::string conflict;
};

/// Names of keys that every level of a file may have: facts.
std::span<const Field<FactsSpec>> facts_fields();
std::span<const Field<CaseSpec>> file_fields();  ///< what a file says for its cases
std::span<const Field<CaseSpec>> case_fields();
std::span<const Field<CaseSpec>> step_fields();
std::span<const Field<PartyFacts>> party_fields();
std::span<const Field<WarFacts>> war_fields();
std::span<const Field<law::Settings>> settings_fields();  ///< from the law's table of parameters
/// Puts the names of today for the older spellings that the law's table knows, such as
/// `honour: {neutral: 1}`.
void respell_settings(Node& settings);
std::span<const Field<ActSpec>> act_fields();
std::span<const Field<law::Provocation>> provocation_fields();

struct PlaceSpec {
  std::string title;
  ActorId sovereign;
  std::vector<std::string> areas;
};
std::span<const Field<PlaceSpec>> place_fields();

std::span<const Field<Affinity>> relation_fields();

struct RouteSpec {
  RouteRule rule;
  const Node* to = nullptr;
};
std::span<const Field<RouteSpec>> route_fields();

struct ChangeRow {
  ChangeSpec change;
  const Node* article = nullptr;
  const Node* where = nullptr;
};
std::span<const Field<ChangeRow>> change_fields();

/// Reads the facts of one situation. `merged` holds the sections of file, case and steps, one over
/// the other.
void read_situation(CaseDecoder& d, const FactsSpec& facts, const std::string& path,
                    Situation& out);
void read_acts(CaseDecoder& d, const Node& node, const Situation& situation,
               const std::optional<Date>& date, const std::string& path, std::vector<CaseAct>& out);
void read_changes(CaseDecoder& d, const Node& node, const std::optional<Date>& date,
                  const std::string& path, std::vector<ChangeSpec>& out);
void read_expected(CaseDecoder& d, const Node& node, const std::string& path, Expected& out);

/// The sections of `expect`, for the schema.
struct ExpectSection {
  std::string_view name;
  bool list;
  std::string_view doc;
  std::vector<FieldInfo> fields;
};
std::vector<ExpectSection> expect_sections();

}  // namespace casus::casebook
