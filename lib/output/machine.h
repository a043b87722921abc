#pragma once

#include <string>

namespace casus {

/// What results depend on to the bit: "casus 0.1.0, g++ 12.2.0, Release, a1b2c3…", the last being
/// what the linker says of the program, if it does.
std::string build_text();
std::string commit();  ///< of the sources, as far as the build knew; "-dirty" behind it if changed
std::string cpu_model();     ///< as the system calls it
std::string libm_version();  ///< "glibc 2.36"
/// "process 17 on host since 2026-01-31T12:00:00Z"
std::string this_program();
/// "2026-01-31T12:00:00Z", now.
std::string utc_now();

}  // namespace casus
