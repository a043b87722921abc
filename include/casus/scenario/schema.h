#pragma once

#include <string>

#include "casus/core/export.h"
#include "casus/scenario/vocabulary.h"

namespace casus {

/// JSON Schema (draft-07) of scenario files, for editors and independent validators. It sees keys,
/// types, words, units and ranges of plain numbers; what needs the whole scenario (names that must
/// exist, sums, dates in order) is left to loading. Files that are only included are accepted: keys
/// of entries are required only in files that include nothing and have a clock.
CASUS_API std::string json_schema(const Vocabulary& vocabulary);

}  // namespace casus
