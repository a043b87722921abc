#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "casus/output/files.h"
#include "casus/output/results.h"

namespace casus {

/// The files of a results folder that more than one part of the program names.
inline constexpr const char* store_file = "runs.sqlite";
inline constexpr const char* scenario_copy = "scenario.yaml";

/// What manifest.json says.
struct Manifest {
  std::string state;  ///< running, complete, interrupted or failed
  std::string error;  ///< that it failed of
  std::string version, commit, compiler, build_type, build, libm, cpu;
  std::string title, scenario_file;
  std::vector<std::string> arguments;
  std::uint64_t seed = 1;
  std::uint32_t first_run = 0;
  std::size_t planned = 0, finished = 0, failed = 0;
  std::size_t resumed = 0;       ///< how often it was gone on with
  std::string events = "none";   ///< which runs keep theirs, as --events says it
  bool stop_at_failure = false;  ///< no run behind one that failed
  std::optional<Shard> shard;
  std::string replaces;  ///< the folder whose place it will take
  std::string started, ended;
  double seconds = 0.0;  ///< of all that worked on it, by a clock that nobody sets
  std::vector<FileDigest> inputs, outputs;

  /// With all that is known of this build and machine.
  static Manifest of_this_program();
  std::string json() const;
  /// Throws OutputError E0603.
  static Manifest read(const std::string& folder);
};

/// May these results be replaced: are they ours, and is nobody in the midst of making them? Says
/// why not, or nothing. Of any kind of results that has a manifest.
std::string not_replaceable(const std::string& folder);
/// Holds files against their digests; `known` are such as may be there besides. What is wrong is
/// added to `wrong`.
void check_files(const std::string& folder, const std::vector<FileDigest>& files,
                 std::set<std::string> known, std::vector<std::string>& wrong);
/// What the manifest of any kind of results says is in the folder, itself included.
std::vector<std::string> listed_files(const std::string& folder);

}  // namespace casus
