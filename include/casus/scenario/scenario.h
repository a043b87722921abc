#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "casus/core/calendar.h"
#include "casus/core/diagnostics.h"
#include "casus/core/export.h"
#include "casus/core/ids.h"
#include "casus/law/doctrines.h"
#include "casus/law/pact.h"
#include "casus/law/vocabulary.h"
#include "casus/scenario/given.h"
#include "casus/scenario/observe.h"
#include "casus/scenario/outcome_forms.h"
#include "casus/scenario/vocabulary.h"
#include "casus/text/limits.h"
#include "casus/text/number.h"
#include "casus/world/kinds.h"
#include "casus/world/paths.h"

namespace casus {

struct Border {
  RegionId to;
  double km = 0.0;  ///< length of the shared border
};

struct RegionSpec {
  std::string name, title, source;
  ActorId owner;          ///< a state
  Number population;      ///< people
  Number displaced{0.0};  ///< people of this region living as displaced in its neighbours
  double latitude = 0.0, longitude = 0.0;  ///< degrees
  Given<RegionTable> given;                ///< what its columns are at the start
  std::vector<std::string> areas;          ///< tags that article geography can name
  law::AreaSet area_set;                   ///< the same, as the law compares them
  std::vector<Border> neighbours;          ///< symmetric

  Number& operator[](std::vector<double> RegionTable::*column) { return given[column]; }
  Number operator[](std::vector<double> RegionTable::*column) const { return given[column]; }
};

struct ActorSpec {
  std::string name, title, source;
  ActorKind kind = ActorKind::state;
  Number forces;            ///< people under arms in all, deployed or in reserve
  Given<ActorTable> given;  ///< what its columns are at the start
  // states
  Regime regime = Regime::anocracy;
  std::optional<Date> last_coup;
  RegionId capital;
  bool dependent_fuel = false;  ///< lives on imported fuel that a blockade can cut
  // armed groups
  ActorId sponsor;         ///< none if it has no sponsor
  bool pro_state = false;  ///< a militia or auxiliary on the side of its region's owner

  Number& operator[](std::vector<double> ActorTable::*column) { return given[column]; }
  Number operator[](std::vector<double> ActorTable::*column) const { return given[column]; }
};

struct PresenceSpec {
  ActorId actor;
  RegionId region;
  Number strength;  ///< people
  Role role = Role::garrison;
  Given<PresenceTable> given{};  ///< columns of mechanisms at the start
  /// Log odds, [-4, 4]: see PresenceTable; unset: what keeps the balance at the start.
  std::optional<double> resistance{};
};

struct RelationSpec {
  ActorId from, to;
  Number affinity{0.0};  ///< [-1, 1], how `from` sees `to`
  bool rivalry = false;
  bool hosting = false;  ///< `from` lets `to` stay on its soil
};

struct WarSpec {
  std::string name, title, source;
  std::vector<ActorId> side_a, side_b;
  Date since{};
  ActorId attacker{};  ///< one of the side that began it; none: not known, or disputed
};

enum class CrisisStage { dispute, ultimatum };

/// An open confrontation between a challenger (a state, or an organisation through its organ) and a
/// target state.
struct CrisisSpec {
  std::string name, title, source;
  ActorId challenger;   ///< none if an organisation challenges
  PactId organisation;  ///< none if a state challenges
  ActorId target;
  Issue issue = Issue::dispute;
  Number stake{0.5};  ///< [0, 1], what the challenger would gain, war's value being 1
  Date since{};
  CrisisStage stage = CrisisStage::dispute;
  std::optional<Date> deadline;  ///< of the ultimatum
};

/// A flow or restriction in force at the start.
struct MeasureSpec {
  MeasureKind kind = MeasureKind::sanction;
  ActorId by;  ///< none if an organisation
  PactId organisation;
  ActorId on;
  Number size;  ///< aid: MUSD a year. sanction, blockade: share of income cut [0, 1]
  Date since{};
  std::string source;
};

/// A conjunction of comparisons, looked at at the beginning of each step.
struct Condition {
  struct Term {
    enum class Kind { column, war, member } kind = Kind::column;
    PathRef ref;  ///< column
    enum class Op { less, less_equal, greater, greater_equal } op = Op::less;
    double value = 0.0;
    ActorId a, b;  ///< war(a, b); member(a, pact)
    PactId pact;
    bool negated = false;  ///< "not war(a, b)"
  };
  std::string text;
  std::vector<Term> terms;
};

struct Assignment {
  PathRef ref;
  double value = 0.0;
};

struct EmitSpec {
  law::ActKind act{};
  ActorId by, against;
  RegionId where;                    ///< none: the victim's capital
  Number size{1.0};                  ///< forces used, or deaths of an attack
  double severity = 1.0;             ///< [0, 1], see law::Settings::armed_attack
  bool invited = false;              ///< the government in place asked for it
  std::optional<bool> help_asked{};  ///< the victim asks for help over it; unset: it decides
  law::Claimant government = law::Claimant::unsaid;  ///< of a recognition: which of two
  bool imminent = false;  ///< the other was about to attack; matters under some doctrines
  bool repelled = false;  ///< what it answers has been beaten back; matters under some doctrines
  law::Claimant asked_by = law::Claimant::unsaid;    ///< which of two governments asks for help
  law::Claimant invited_by = law::Claimant::unsaid;  ///< which of two has asked the forces in
  law::Posture posture = law::Posture::unknown;      ///< said of it; unknown: by the facts
};

struct MoveSpec {
  ActorId actor;
  RegionId region;  ///< withdraw: none means every region of `host`
  ActorId host;
  Number strength;         ///< deploy: people
  double over_days = 0.0;  ///< withdraw: linear over so many days
};

/// Who stop fighting each other, and with them all who fight in their war.
struct TruceSpec {
  ActorId actor, with;
  double lasts_days = 180.0;
};

/// One dated or conditional intervention of the timeline.
struct TimelineSpec {
  std::string title, source;
  std::optional<Date> at;
  std::optional<Condition> when;
  bool once = true;
  std::vector<Assignment> set;
  std::optional<EmitSpec> emit;
  std::optional<MoveSpec> deploy, withdraw;
  std::optional<TruceSpec> ceasefire;
};

/// A quantity each run reports.
struct OutcomeSpec {
  using Form = OutcomeForm::Form;
  Form form = Form::ever;
  std::string name, title;
  std::string what;               ///< event kind (ever, count, first, share) or column (sum, final)
  std::vector<std::string> also;  ///< event kinds that count as well
  std::vector<std::string> of;    ///< share: the kinds that make up the whole
  std::vector<ActorId> by, against;
  std::vector<PactId> pact;
  std::vector<RegionId> regions;  ///< empty: everywhere
  std::optional<double> within_days;
  double at_least = 0.0;  ///< only events of at least this size
  std::string unit;       ///< printed
};

/// A mechanism's settings, in the vocabulary's order.
struct MechanismSpec {
  std::string name;
  bool enabled = true;
  std::vector<Number> values;  ///< in the order of its parameter table
};

/// What a file describes, decoded and checked. Plain data; `Scenario` guards it.
struct ScenarioData {
  std::string title, description;
  std::string limits;  ///< what it does not say, for readers of its results
  Columns columns;     ///< that its worlds have, those of mechanisms included
  EventKinds events;   ///< that its runs may log
  Clock clock;
  ObserveSpec observe;
  std::vector<RegionOutline> map;  ///< where regions are, as far as it is known
  GeoBox map_frame;                ///< what of it is looked at first; empty: all of it
  std::vector<std::pair<std::string, std::string>> sources;
  std::vector<RegionSpec> regions;
  std::vector<ActorSpec> actors;
  std::vector<PresenceSpec> presence;
  std::vector<RelationSpec> relations;
  std::vector<law::Pact> pacts;
  std::vector<std::string> pact_names;
  std::vector<std::string> pact_sources;  ///< of each pact
  law::Doctrines doctrines;               ///< how contested questions of the law are read
  law::AreaNames areas;                   ///< the geographical terms of regions and pacts
  std::vector<WarSpec> wars;
  std::vector<CrisisSpec> crises;
  std::vector<MeasureSpec> measures;
  std::vector<TimelineSpec> timeline;
  std::vector<OutcomeSpec> outcomes;
  std::vector<MechanismSpec> mechanisms;
};

/// An edit of a scenario, as data. Paths are dotted: "pacts.aes", "mechanisms.combat.lethality".
struct Edit {
  enum class Kind { set, remove, add, emit } kind = Kind::set;
  std::string path;
  std::string yaml;  ///< the value, as YAML; empty for remove
  /// Where somebody wrote it, with that line, for the messages about it; empty where nobody did.
  Location where{};
  std::string source_line{};
};

/// A valid scenario. Immutable: holding one means that every name resolves and every number is in
/// its range. Copies share the data.
class CASUS_API Scenario {
 public:
  /// Reads a file and what it includes. Throws ScenarioError with every problem found.
  static Scenario load(const std::string& file, const Vocabulary& vocabulary,
                       const std::vector<Edit>& edits = {}, const ReadLimits& limits = {});
  /// The same from text; `name` stands for the file in messages, includes are relative to it.
  static Scenario parse(const std::string& text, const std::string& name,
                        const Vocabulary& vocabulary, const std::vector<Edit>& edits = {},
                        const ReadLimits& limits = {});

  /// From data made by a program: looked at as a file is, with the same complaints, but for the
  /// places in files. It is the scenario that a file with this content would be, in the loader's
  /// order of rows. What follows from the rest need not be there: `columns`, `events`, `area_set`,
  /// the way back over a border, `Condition::text`; of a path (Assignment, Condition) the text
  /// alone is looked at. Mechanisms that are not listed are as by themselves. Throws ScenarioError.
  static Scenario make(const ScenarioData& data, const Vocabulary& vocabulary);

  const ScenarioData& data() const { return *data_; }
  const ScenarioData* operator->() const { return data_.get(); }
  const Vocabulary& vocabulary() const;
  /// A changed copy; throws ScenarioError where an edit does not fit.
  Scenario with(const std::vector<Edit>& edits) const;
  Scenario without(const std::string& path) const;
  /// Includes merged and edits applied, as one YAML document that loads to the same scenario.
  std::string resolved() const;
  /// Every file read, path and contents, for as long as the scenario or a copy of it is there.
  std::vector<std::pair<std::string_view, std::string_view>> inputs() const;
  /// What is no mistake: notes of what is worth knowing, warnings of what is legal and odd.
  const std::vector<Diagnostic>& notes() const;

 private:
  struct Origin;
  Scenario() = default;
  std::shared_ptr<const ScenarioData> data_;
  std::shared_ptr<const Origin> origin_;
};

}  // namespace casus
