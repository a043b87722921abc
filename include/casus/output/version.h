#pragma once

#include <string>

namespace casus {

std::string version();     ///< "0.1.0"
std::string compiler();    ///< "g++ 12.2.0"
std::string build_type();  ///< "Release", "RelWithDebInfo" ...

}  // namespace casus
