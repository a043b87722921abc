#pragma once

#include <string>

#include "casus/core/export.h"

namespace casus {

/// JSON Schema (draft-07) of files of cases (casebook.h), for editors and independent validators. A
/// case may change single keys of what its file says, so that keys of parties, pacts and other
/// facts are never required.
CASUS_API std::string casebook_schema();

}  // namespace casus
