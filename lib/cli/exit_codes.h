#pragma once

namespace casus::cli {

/// What the program's exit status says.
enum ExitCode : int {
  exit_ok = 0,
  exit_bug = 1,         ///< ours; please report it
  exit_usage = 2,       ///< the command line is wrong
  exit_invalid = 3,     ///< the scenario is wrong
  exit_failed = 4,      ///< finished, but some runs failed
  exit_unmet = 5,       ///< finished, but an expectation was not met
  exit_io = 6,          ///< a file or folder could not be read or written
  exit_resources = 71,  ///< the system gave too little memory or no threads (EX_OSERR)
  exit_signal = 128,    ///< plus the number of the signal that interrupted it
};

}  // namespace casus::cli
