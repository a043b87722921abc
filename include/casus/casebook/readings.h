#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "casus/casebook/casebook.h"
#include "casus/core/export.h"
#include "casus/law/doctrines.h"

/// A case under every reading of the contested questions.
namespace casus::casebook {

/// One question read otherwise than the case has it.
struct Switch {
  std::size_t question = 0;  ///< of law::questions()
  std::size_t reading = 0;
};

/// What a case comes to, and under which readings.
struct ReadAnswer {
  std::vector<Switch> switches;      ///< the fewest that lead to it; none: as the case is written
  std::vector<std::string> follows;  ///< who owes, gives, refuses, breaks what, and who is at war
};

struct Readings {
  std::vector<ReadAnswer> answers;  ///< those that differ; that of the case as it is written first
  /// Questions of which two readings lead to different answers, all else being read alike.
  std::vector<std::size_t> turns_on;
};

/// What follows in one of a case's answers, a line each, in an order that depends on names alone.
CASUS_API std::vector<std::string> consequences(const LegalCase& c);

/// Decides the case under every combination of readings of `questions` (rows of law::questions()),
/// the others as the case has them.
CASUS_API Readings read_under(const LegalCase& c, const std::vector<std::size_t>& questions);

/// As a text, with who reads it so.
CASUS_API std::string write_readings(const LegalCase& c, const Readings& readings);

}  // namespace casus::casebook
