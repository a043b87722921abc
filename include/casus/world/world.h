#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "casus/core/export.h"
#include "casus/core/ids.h"
#include "casus/world/all_columns.h"
#include "casus/world/kinds.h"
#include "casus/world/pact_book.h"
#include "casus/world/relations.h"
#include "casus/world/row_lists.h"
#include "casus/world/wars.h"

namespace casus {

using PresenceId = Id<struct PresenceTag>;

/// The state of one run: plain columns, one table a struct, row r of every column of a table being
/// the same thing. Rows are appended and never removed; the dead stay in their row.
struct CASUS_API RegionTable {
  std::vector<RegionKey> key;
  std::vector<ActorId> owner;
  std::vector<double> residents;  ///< people living at home
  std::vector<double> area;       ///< km2
  std::vector<double> value, grievance, terrain;
  std::vector<double> control;          ///< [0, 1], share held by the owner and its friends
  std::vector<double> deaths;           ///< all deaths by violence so far, people
  std::vector<double> civilian_deaths;  ///< part of `deaths`
  std::vector<double> recent_violence;  ///< deaths, fading with the displacement memory
  std::vector<double> attacks;          ///< insurgent attacks so far
  std::vector<double> campaign;         ///< 1: its owner is retaking it from armed groups
  std::vector<double> lethality;        ///< deaths in an attack or operation, relative to elsewhere
  // Borders, in compressed rows: of region r they are [border_begin[r], border_begin[r + 1]).
  std::vector<std::uint32_t> border_begin;
  std::vector<RegionId> border_to;
  std::vector<double> border_km;
  std::vector<double> border_share;      ///< km over the region's total border
  std::vector<double> displaced;         ///< people of r living as displaced in border_to
  std::vector<std::vector<double>> own;  ///< columns of mechanisms, as World::columns has them

  std::size_t size() const { return key.size(); }
  struct Range {
    std::size_t begin, end;
  };
  Range borders(RegionId r) const { return {border_begin[r.row()], border_begin[r.row() + 1]}; }
  /// People of `r` living as displaced in its neighbours.
  double displaced_from(RegionId r) const;
  /// The border from a to b, or the end of a's range if they do not touch.
  std::size_t border(RegionId a, RegionId b) const;
};

struct ActorTable {
  std::vector<ActorKey> key;
  std::vector<std::string> name;
  std::vector<ActorKind> kind;
  std::vector<std::uint8_t> alive;
  std::vector<double> reserve;  ///< people under arms not placed in any region
  std::vector<double> quality, resources, income, resolve, legitimacy;
  std::vector<double> arrears;  ///< share of upkeep left unpaid, [0, 1], fading
  std::vector<double>
      fuel_cut;  ///< share of the imported fuel it lives on that does not come, [0, 1]
  std::vector<Regime> regime;
  std::vector<double> last_coup_day;  ///< days since the start of the run (negative: before);
                                      ///< below -1e8: never
  std::vector<double> institution_change_day;  ///< the same for the last change of regime
  std::vector<double> gdp_per_capita;          ///< USD
  std::vector<RegionId> capital;
  std::vector<std::uint8_t> dependent_fuel, pro_state;
  std::vector<double> recruitment, activity, initiative, support, cohesion, civilian_targeting;
  std::vector<ActorId> sponsor;
  std::vector<double> sponsor_evidence;
  std::vector<double> cost_per_man;  ///< USD a year, all told; 0: the mechanism's
  std::vector<double> force_target;  ///< people that its money sustains
  std::vector<double> home_power, appetite, deployment_ceiling;
  std::vector<double> losses;          ///< people lost so far
  std::vector<double> recent_losses;   ///< people, fading with war-weariness memory
  std::vector<double> initial_forces;  ///< people under arms or in home power at the start
  std::vector<double> power_at_start;  ///< forces x quality at the start
  std::vector<double> threat;          ///< perceived threat, [0, 1]
  std::vector<double> effort;          ///< fighting effort relative to its strength's, >= 0
  std::vector<double> mobilised;       ///< [0, 1], how far a state has mobilised for war
  std::vector<double> disarray;        ///< [0, 1], share of its quality that a surprise has taken
  std::vector<double> reputation;      ///< [0, 1], share of obligations honoured, fading
  RowLists by_kind;                    ///< rows of each; no actor ever becomes of another
  std::vector<std::vector<double>> own;

  std::size_t size() const { return key.size(); }
};

struct PresenceTable {
  std::vector<ActorId> actor;
  std::vector<RegionId> region;
  std::vector<Role> role;
  std::vector<double> strength;    ///< people
  std::vector<double> control;     ///< [0, 1], share held by a side hostile to the owner
  std::vector<double> excitation;  ///< expected further attacks set off by past ones
  std::vector<double> resistance;  ///< log odds by which ground is harder to take from the owner
  std::vector<double> activity;    ///< fights with the owner's side, relative to elsewhere
  RowLists by_region, by_actor;    ///< rows of each
  std::vector<std::vector<double>> own;

  std::size_t size() const { return actor.size(); }
};

enum class Confrontation : std::uint8_t { dispute, ultimatum, force, settled, lapsed };

struct Crisis {
  std::uint64_t key = 0;
  ActorId challenger;  ///< none if an organisation
  PactId organisation;
  ActorId target;
  Issue issue = Issue::dispute;
  double stake = 0.5;
  double begun_day = 0.0;
  double deadline_day = 0.0;  ///< of the ultimatum
  Confrontation stage = Confrontation::dispute;
  EventId cause;
};

struct Measure {
  std::uint64_t key = 0;
  MeasureKind kind = MeasureKind::sanction;
  ActorId by;
  PactId organisation;
  ActorId on;
  double size = 0.0;  ///< aid: MUSD a year; others: share of income, [0, 1]
  double begun_day = 0.0;
  bool active = true;
  EventId cause;
};

/// What troops on another's soil stand there for. One in force for a sender and a host at a time.
struct Mandate {
  std::uint64_t key = 0;
  ActorId sender, host;
  PactId pact;          ///< under which they came, or none
  ActorId against;      ///< whom they help the host against, or none
  double people = 0.0;  ///< sent so far
  double begun_day = 0.0;
  double posted_day = 0.0;    ///< when people were last sent
  double until_day = 0.0;     ///< end of its term; 0: not set; `no_day`: none
  double leaving_days = 0.0;  ///< days left until all are gone; 0: they stay
  bool active = true;
  EventId cause;
};
/// A day that does not come.
inline constexpr double no_day = 1e18;
/// `deployment_ceiling` of who has none.
inline constexpr double no_ceiling = 1e8;

/// Rows of a table that were written since somebody looked at their numbers; no state, but a mark
/// on it. A row may stand in it more than once.
class CASUS_API NotedRows {
 public:
  /// Forgets them. Until there are more than `rows` rows to note, noting takes no memory.
  void clear(std::size_t rows) {
    rows_.clear();
    if (rows_.capacity() < 2 * rows) rows_.reserve(2 * rows);
  }
  void add(std::size_t row) {
    if (rows_.size() == rows_.capacity()) drop_repeated();
    rows_.push_back(static_cast<std::uint32_t>(row));
  }
  std::span<const std::uint32_t> all() const { return rows_; }

 private:
  void drop_repeated();

  std::vector<std::uint32_t> rows_;
};

struct CASUS_API World {
  Columns columns;  ///< what columns its tables have
  RegionTable regions;
  ActorTable actors;
  PresenceTable presences;
  Relations relations;
  /// Pairs of owners that share a land border, both ways round, sorted. Ownership is sovereignty
  /// and stays as it is; who holds the ground is control.
  std::vector<std::pair<ActorId, ActorId>> bordering;
  PactBook pacts;
  WarTable wars;
  std::vector<Crisis> crises;
  std::vector<Measure> measures;
  std::vector<Mandate> mandates;
  NotedRows noted_presences;  ///< and with each of them its actor and its region
  NotedRows noted_actors;

  /// Says that numbers of a presence, of its actor or of its region were written, for mechanisms
  /// that note what they write (MechanismInfo::notes). Serial phases only.
  void note(PresenceId p) { noted_presences.add(p.row()); }
  void note(ActorId a) { noted_actors.add(a.row()); }

  std::span<const std::uint32_t> presences_in(RegionId r) const {
    return presences.by_region[r.row()];
  }
  std::span<const std::uint32_t> presences_of(ActorId a) const {
    return presences.by_actor[a.row()];
  }
  /// Rows of all actors of a kind, dead or alive, in ascending order. Of a large world few are
  /// states.
  std::span<const std::uint32_t> of_kind(ActorKind kind) const {
    return actors.by_kind[static_cast<std::size_t>(kind)];
  }
  /// The presence of `a` in `r`, or none.
  PresenceId find(ActorId a, RegionId r) const;
  /// The same, making an empty row if there is none. Serial phases only.
  PresenceId require(ActorId a, RegionId r, Role role);
  /// People under arms: the reserve and every presence.
  double forces(ActorId a) const;
  /// People it has in regions owned by others.
  double abroad(ActorId a) const;
  /// Share of `a`'s people living in the regions it owns that are under its control, [0, 1].
  double state_control(ActorId state) const;
  /// Is `a` at war with the region's owner, or a foreign army that was not let in?
  bool hostile_in(ActorId a, RegionId r) const;
};

/// Do the two own regions that touch? False for a == b.
CASUS_API bool neighbours(const World& world, ActorId a, ActorId b);

/// Appends an actor born of `parent`: its columns are the parent's, its forces and losses zero,
/// columns of mechanisms what they are at the start; it sees and is seen as the parent is, and
/// enters the parent's wars on the parent's side.
CASUS_API ActorId spawn(World& world, ActorId parent, std::string name, ActorKey key,
                        std::uint32_t step);

/// Makes the indexes of presences and of actors anew, for who has filled the tables himself;
/// World::require and spawn keep them up to date.
CASUS_API void index_rows(World& world);

/// A digest of every column, the same for the same bits.
CASUS_API std::uint64_t hash(const World& world);

/// What of the world is state: every column but the indexes, which are made anew (archive.h).
CASUS_API void archive(Archive& a, World& world);

/// Do the columns of each table have one length, and do ids lead to rows? What was read from
/// outside is looked at before it is used. Throws ContractError.
CASUS_API void check_shape(const World& world, std::size_t events);

/// People that can be accounted for: residents, displaced, under arms and dead; conserved by every
/// step up to rounding (recruits leave the residents, the dead are counted where they fell).
CASUS_API double people(const World& world);

}  // namespace casus
