#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "casus/core/export.h"

namespace casus {

/// The unit a number is stored in. A scenario may write any unit of the same dimension.
enum class Unit {
  none,  ///< a pure number: ratio, probability, index, logit
  days,
  per_day,
  per_year,
  people,  ///< also troops, fighters
  people_per_day,
  km,
  km2,
  musd,  ///< million US dollars
  musd_per_year,
  musd_per_day,
  usd,  ///< US dollars (income a head)
  usd_per_day,
};

/// "1/day", "people", "MUSD/year": as printed in the reference and the schema; "" for none.
CASUS_API std::string_view unit_name(Unit unit);

/// Factor to multiply by to get from the unit written `text` to `unit`; nullopt if it is unknown
/// or of another dimension. "" is `unit` itself. Case and spaces do not matter, "per" is "/":
/// "MUSD/month", "M USD per month", "million USD/month"; "1/year", "/year", "per year", "%/year";
/// "million people", and of people "million" alone.
/// A month is a twelfth of a year of 365.25 days.
CASUS_API std::optional<double> unit_factor(std::string_view text, Unit unit);

/// The spellings accepted for a unit's dimension, for error messages.
CASUS_API std::vector<std::string> unit_spellings(Unit unit);

/// Splits "12 MUSD/month" into 12 and "MUSD/month"; the unit may be empty and is not checked.
/// Numbers are decimal, without separators of thousands. nullopt if `text` does not begin with a
/// number or goes on after it as something else ("1,000", "2023-09-16", "infantry"). "nan", ".inf"
/// and the like, and what is too large for a double, give a value that is not finite.
CASUS_API std::optional<std::pair<double, std::string>> split_quantity(std::string_view text);

}  // namespace casus
