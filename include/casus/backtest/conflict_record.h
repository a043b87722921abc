#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "casus/core/calendar.h"
#include "casus/core/export.h"
#include "casus/rules/excitation.h"

/// What is on record of a conflict: events of the Georeferenced Event Dataset of the Uppsala
/// Conflict Data Program (UCDP GED; Sundberg & Melander 2013, doi:10.1177/0022343313484347), by the
/// regions of three countries, and the deaths of each region and month.
namespace casus {

/// Months since January of the year 0.
using Month = int;
CASUS_API Month month_of(Date date);
CASUS_API Date first_day(Month month);
/// "2021-09".
CASUS_API std::string month_name(Month month);
CASUS_API std::optional<Month> parse_month(std::string_view text);

enum class Violence : std::uint8_t { state_based = 1, non_state = 2, one_sided = 3 };

/// Who somebody in an event belongs to.
enum class Camp : std::uint8_t {
  state,
  jnim,  ///< JNIM and what it was made of: AQIM, Ansar Dine, MUJAO, al-Murabitun, Macina ...
  islamic_state,  ///< the Islamic State's provinces, and Boko Haram (JAS), out of which one came
  other,          ///< militias, communities, other rebels
  civilians,
};
/// The camp of a side as UCDP names it: "Government of Mali", "CMA, GATIA". An alliance belongs to
/// the Islamic State if a member does, else to JNIM.
CASUS_API Camp camp_of(std::string_view side);

struct ConflictRegion {
  std::string name;  ///< "MLI:Gao"
  std::string country;
};

struct ConflictEvent {
  std::uint64_t id = 0;
  Date first{}, last{};
  std::uint32_t region = 0;
  Violence type = Violence::state_based;
  Camp a = Camp::state, b = Camp::other;
  double deaths = 0.0;  ///< UCDP's best estimate
};

struct CASUS_API ConflictRecord {
  std::vector<ConflictRegion> regions;  ///< by name
  rules::Neighbours neighbours;         ///< those with a common border, ascending
  std::vector<ConflictEvent> events;    ///< in a region, by first day and id
  Month from = 0, until = 0;            ///< months observed: [from, until)
  std::vector<double> deaths;           ///< by region and month, the month running fastest
  std::vector<std::string> notes;       ///< what of the tables was left out or does not agree
  std::vector<std::string> files;       ///< that it was read from

  std::size_t months() const { return static_cast<std::size_t>(until - from); }
  double deaths_in(std::size_t region, Month month) const {
    return deaths[region * months() + static_cast<std::size_t>(month - from)];
  }
  /// What was known on the eve of a month: events that were over, and the months before it.
  ConflictRecord before(Month origin) const;
};

/// Reads a folder, or the folder `sahel` in it:
///
///     regions*.csv             iso3, region, neighbours ("BFA:Sahel;MLI:Kidal")
///     *ged*.csv (any case)     events with the columns of UCDP GED, one file or several
///     ucdp_region_month*.csv   deaths by region and month (iso3, region, month, best), optional
///
/// An event is in the region that its `adm_1` names, whatever the accents, hyphens and capitals,
/// and in the month of its first day. Months that the third table spans are taken from it, the
/// others from the events. Throws ScenarioError with all that is wrong: files or columns that are
/// missing (E0110, E0111), rows and cells that are broken (E0112, E0113, E0204, E0207), a text that
/// is not UTF-8 (E0106), and what contradicts itself (E0114): an event that ends before it begins
/// or is not of its year, deaths that do not add up, an event given twice and differently.
CASUS_API ConflictRecord load_conflict_record(const std::string& folder);

/// The same from tables of events named one by one, of regions that are given ("MLI:Gao"), without
/// their neighbours. Of an event that is not over before the day nothing is looked at but that;
/// the result is the same for any order of regions, files and rows.
CASUS_API ConflictRecord load_conflict_events(std::vector<ConflictRegion> regions,
                                              const std::vector<std::string>& files, Date before);

/// The ISO code of one of the three countries by its name in UCDP ("Mali"); empty for any other.
CASUS_API std::string_view conflict_country(std::string_view name);

}  // namespace casus
