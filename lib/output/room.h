#pragma once

#include <cstdint>
#include <string>

#include "casus/scenario/scenario.h"

namespace casus {

/// Bytes that a program may still write where `path` is, or would be.
std::uint64_t free_room(const std::string& path);
/// "1.2 MB"
std::string bytes_text(std::uint64_t bytes);
/// Moments at which a run of the scenario is observed.
std::uint64_t observations(const ScenarioData& scenario);
/// Throws OutputError E0602 if there is less room than that.
void expect_room(const std::string& path, std::uint64_t bytes);
/// Behind a complaint about a full disk: how much room the other runs would need.
std::string missing_room(const std::string& store, std::uint64_t stored, std::uint64_t planned);
/// Has SQLite begun the file, and finished its first transaction?
bool is_store(const std::string& path);

}  // namespace casus
