#pragma once

#include <string>

namespace casus {

/// JSON Schema (draft-07) of files of cases (casebook.h), for editors and independent validators. A
/// case may change single keys of what its file says, so that keys of parties, pacts and other
/// facts are never required.
std::string casebook_schema();

}  // namespace casus
