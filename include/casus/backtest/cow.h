#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "casus/core/calendar.h"
#include "casus/core/export.h"

/// Tables in the formats of the Correlates of War project: states, material capabilities (NMC),
/// alliances by dyad and year, contiguity; and, for each inter-state war, the states that could
/// have joined it. None of it comes with Casus.
namespace casus {

/// A spell of a state's membership in the state system (States 2016).
struct CowState {
  int code = 0;  ///< COW country code, > 0
  std::string abbreviation;
  std::string name;
  Date from{};
  Date until{};  ///< inclusive
};

/// A state's share of the world's material capabilities in a year (NMC).
struct CowCapability {
  int code = 0;
  int year = 0;
  double share = 0.0;  ///< CINC, in [0, 1]; rows without it are left out
};

/// What two states had promised each other in a year (Formal Alliances v4.1).
struct CowAlliance {
  int first = 0;  ///< < second
  int second = 0;
  int year = 0;
  bool defence = false;
  bool looser = false;  ///< neutrality, non-aggression or an entente
};

/// A spell of contiguity by land (Direct Contiguity, type 1).
struct CowBorder {
  int first = 0;  ///< < second
  int second = 0;
  Date from{};
  Date until{};  ///< inclusive
};

/// The side of a war: A attacked B.
enum class WarSide { none, a, b };

/// How a state stood to one side of a war just before it began.
struct CandidateTies {
  bool defence = false;  ///< defence pact with one of the side's original members (ATOP)
  bool offence = false;
  bool nonaggression = false;
  bool rivalry = false;
  friend bool operator==(const CandidateTies&, const CandidateTies&) = default;
};

/// A state that could have joined a war.
struct WarCandidate {
  int state = 0;
  bool joined = false;
  WarSide side = WarSide::none;  ///< the side joined; none also where sources disagree
  CandidateTies a;
  CandidateTies b;
  bool land_border = false;           ///< with a belligerent
  bool sea_border = false;            ///< less than 400 miles of water from a belligerent
  std::optional<double> distance_km;  ///< to the nearest belligerent, >= 0
  std::optional<double> capability;   ///< CINC
  bool major_power = false;
  friend bool operator==(const WarCandidate&, const WarCandidate&) = default;
};

struct CowWar {
  int id = 0;
  std::string name;
  int year = 0;       ///< the first
  int originals = 0;  ///< parties from the start, >= 2
  bool major_power_fights = false;
  double capability_a = 0.0;  ///< CINC of the originals of a side
  double capability_b = 0.0;
  std::vector<WarCandidate> candidates;  ///< by state
};

/// How a state was ruled in a year (Polity 5), as far as candidates' rows say.
struct CowRegime {
  int code = 0;
  int year = 0;
  double score = 0.0;  ///< autocracy -10 to democracy 10
  friend bool operator==(const CowRegime&, const CowRegime&) = default;
};

struct CowTables {
  std::vector<CowState> states;             ///< by code and first day
  std::vector<CowCapability> capabilities;  ///< by code and year
  std::vector<CowAlliance> alliances;       ///< by first, second and year
  std::vector<CowBorder> borders;           ///< by first and second
  std::vector<CowRegime> regimes;           ///< by code and year; empty without the column
  std::vector<CowWar> wars;                 ///< by year and id
};

/// Reads cow_states.csv, cow_nmc.csv, cow_contdir.csv, wars*.csv and candidates*.csv from `folder`,
/// or from the folder "wars" in it, and cow_alliance.csv if it is there. Columns go by their names,
/// in any order; others are passed over. Throws ScenarioError with every problem found (up to
/// twenty a file): a missing file or column, a row of another length, a cell that is not what its
/// column holds, and what contradicts itself or another table: something said twice, spells that
/// overlap, a state that is none or was none then, a war whose rows disagree.
CASUS_API CowTables load_cow_tables(const std::string& folder);

/// CINC of a state in a year; nullopt if the tables do not say.
CASUS_API std::optional<double> capability(const CowTables& tables, int state, int year);
/// The alliance of two states in a year; nullptr if they had none.
CASUS_API const CowAlliance* alliance(const CowTables& tables, int a, int b, int year);
/// First year of the unbroken run of defence pacts of two states that includes `year`; nullopt if
/// they had none then.
CASUS_API std::optional<int> defended_since(const CowTables& tables, int a, int b, int year);
/// First year of the unbroken run of pacts of any kind that includes `year`; nullopt without any.
CASUS_API std::optional<int> allied_since(const CowTables& tables, int a, int b, int year);
/// Had the state's institutions changed between the two years? By Polity's mark of a transition, a
/// score that differs by three points or more; of the earlier year counts what was last on record,
/// or, where nothing was, what comes first. False where either is unknown.
CASUS_API bool institutions_changed(const CowTables& tables, int state, int since, int year);
/// Do they share a land border on that day?
CASUS_API bool land_border(const CowTables& tables, int a, int b, Date date);
/// Members of the state system at any time in a year, by code.
CASUS_API std::vector<const CowState*> states_in(const CowTables& tables, int year);

}  // namespace casus
