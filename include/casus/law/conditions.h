#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <variant>

#include "casus/core/calendar.h"
#include "casus/core/export.h"
#include "casus/law/pact.h"
#include "casus/law/stages.h"

namespace casus::law {

/// A condition of an article. A new one is a member of Conditions and a row of the table: reading,
/// schema and reference, inheritance between articles, the hash of a pact and coverage go by it.
struct ConditionInfo {
  using Member =
      std::variant<bool Conditions::*, std::uint16_t Conditions::*, double Conditions::*,
                   std::optional<Date> Conditions::*, std::optional<ConflictKey> Conditions::*>;
  std::string_view name;  ///< of the key in an article's `when`
  Member member;          ///< unset while it is false, 0 or empty: taken from the article extended
  std::string_view doc;   ///< one sentence
  double high = 0.0;      ///< of a number, which is at least 0
  bool later = false;     ///< came after pacts had hashes: there only if an article says it
  /// It holds for what an article forbids as well; an article that only forbids cannot make others.
  bool of_promises = false;
  /// When it is asked: the tens are Coverage::progress, the ones the order within. 0: elsewhere,
  /// where the stage looks for the parties.
  std::uint8_t turn = 0;
  /// Why it is not met; Reason::none: it is, or the article does not make it.
  Reason (*unmet)(const Case&, const Coverage&, const Context&) = nullptr;
};

/// All of them, in the order of the reference.
CASUS_API std::span<const ConditionInfo> conditions();

}  // namespace casus::law
