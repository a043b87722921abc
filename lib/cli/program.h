#pragma once

namespace casus::cli {

/// The whole program: parses, calls, prints. Returns the exit code and never throws.
int run_program(int argc, const char* const* argv);

}  // namespace casus::cli
