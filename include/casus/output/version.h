#pragma once

#include <string>

#include "casus/core/export.h"

namespace casus {

CASUS_API std::string version();     ///< "0.1.0"
CASUS_API std::string compiler();    ///< "g++ 12.2.0"
CASUS_API std::string build_type();  ///< "Release", "RelWithDebInfo" ...

}  // namespace casus
