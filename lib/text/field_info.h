#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "casus/core/calendar.h"
#include "casus/core/ids.h"
#include "casus/core/units.h"
#include "casus/text/number.h"

namespace casus::text {

/// What a value is: how it is read, and what the schema and the reference say about it.
enum class Type : std::uint8_t {
  automatic,  ///< by the member's type
  text,
  source,  ///< text, or names of entries of `sources`
  flag,    ///< true or false
  real,    ///< a number
  whole,   ///< a whole number
  number,  ///< a number or a prior
  date,
  duration,  ///< "30 days"
  word,      ///< one of `words`
  words,     ///< a list of `words`
  tags,      ///< a list of names the scenario makes up
  region,
  regions,
  actor,
  actors,
  party,  ///< an actor or a pact
  parties,
  places,   ///< regions, or states standing for theirs
  section,  ///< a mapping with the keys of `section`
  entries,  ///< a mapping of names to such mappings
  list,     ///< a list of such mappings
  custom,   ///< its own form, named by `section`
};

inline constexpr double unlimited = std::numeric_limits<double>::infinity();

/// One key of a section: the row from which decoding, defaults, schema and reference are made.
struct FieldInfo {
  std::string_view name;
  Type type = Type::automatic;
  Unit unit = Unit::none;
  double low = -unlimited, high = unlimited;
  std::string fallback{};  ///< as it would be written; empty: nothing happens without it
  bool implicit = false;   ///< the entry is made with the fallback, which need not be read
  bool required = false;
  bool lines = false;       ///< text: may have several lines
  unsigned kinds = ~0U;     ///< kinds of entry that have this key, one bit each
  unsigned of_kinds = ~0U;  ///< actor: kinds that may stand here
  std::span<const std::string_view> words{};
  std::string_view section{};  ///< the table of what is inside
  std::string_view doc{};      ///< one or two sentences
  std::string_view example{};  ///< of the value
  std::size_t column = 0;      ///< of a column's key: its row among the columns
};

/// A set of the words of an enumeration.
template <class T>
concept WordSet = requires(T set, typename T::value_type word) {
  set.insert(word);
  set.bits();
};

template <class T>
constexpr Type type_of() {
  if constexpr (std::is_same_v<T, std::string>)
    return Type::text;
  else if constexpr (std::is_same_v<T, bool> || std::is_same_v<T, std::optional<bool>>)
    return Type::flag;
  else if constexpr (std::is_same_v<T, Number>)
    return Type::number;
  else if constexpr (std::is_same_v<T, Date> || std::is_same_v<T, std::optional<Date>>)
    return Type::date;
  else if constexpr (std::is_same_v<T, RegionId>)
    return Type::region;
  else if constexpr (std::is_same_v<T, ActorId>)
    return Type::actor;
  else if constexpr (std::is_same_v<T, std::vector<ActorId>>)
    return Type::actors;
  else if constexpr (std::is_same_v<T, std::vector<RegionId>>)
    return Type::regions;
  else if constexpr (std::is_same_v<T, std::vector<std::string>>)
    return Type::tags;
  else if constexpr (std::is_enum_v<T>)
    return Type::word;
  else if constexpr (std::is_integral_v<T>)
    return Type::whole;
  else if constexpr (WordSet<T>)
    return Type::words;
  else
    return Type::real;
}

}  // namespace casus::text
