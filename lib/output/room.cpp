#include "output/room.h"

#include <fmt/format.h>
#include <sys/statvfs.h>

#include <algorithm>
#include <filesystem>
#include <limits>
#include <system_error>

#include "casus/output/results.h"
#include "casus/store/run_store.h"
#include "casus/study/series.h"

namespace casus {

namespace fs = std::filesystem;

std::uint64_t free_room(const std::string& path) {
  std::error_code error;
  fs::path at = fs::absolute(path, error);
  while (!fs::exists(at, error) && at.has_relative_path()) at = at.parent_path();
  struct statvfs about {};
  if (::statvfs(at.c_str(), &about) != 0) return std::numeric_limits<std::uint64_t>::max();
  return std::uint64_t{about.f_bavail} * about.f_frsize;
}

std::string bytes_text(std::uint64_t bytes) {
  const auto number = static_cast<double>(bytes);
  if (bytes < 1'000'000) return fmt::format("{:.0f} kB", number / 1e3);
  if (bytes < 1'000'000'000) return fmt::format("{:.1f} MB", number / 1e6);
  return fmt::format("{:.1f} GB", number / 1e9);
}

std::uint64_t observations(const ScenarioData& scenario) {
  const SeriesObserver observer(scenario);
  std::uint64_t n = 0;
  for (std::uint32_t step = 0; step <= scenario.clock.steps(); ++step) n += observer.due(step);
  return n;
}

void expect_room(const std::string& path, std::uint64_t bytes) {
  const std::uint64_t free = free_room(path);
  if (bytes <= free) return;
  throw OutputError("E0602", path,
                    fmt::format("these runs need about {}, and {} are free; nothing was begun",
                                bytes_text(bytes), bytes_text(free)));
}

RoomNeeded room_needed(const std::string& folder, const Scenario& scenario, std::size_t runs) {
  const StoreHeader header = StoreHeader::of(scenario, scenario->outcomes, 0, "", "");
  return {estimated_run_bytes(header, observations(scenario.data())) * runs, free_room(folder)};
}

std::string missing_room(const std::string& store, std::uint64_t stored, std::uint64_t planned) {
  std::error_code error;
  const std::uint64_t size = fs::file_size(store, error);
  if (error || planned <= stored) return {};
  const std::uint64_t missing = size / std::max<std::uint64_t>(stored, 1) * (planned - stored);
  return fmt::format("; the other {} runs need about {}, and {} are free", planned - stored,
                     bytes_text(missing), bytes_text(free_room(store)));
}

bool is_store(const std::string& path) {
  std::error_code error;
  if (!fs::exists(path, error) || fs::file_size(path, error) == 0) return false;
  try {
    RunStore::read(path);
    return true;
  } catch (const StoreError& e) {
    // A first transaction that was rolled back leaves an empty file.
    if (fs::file_size(path, error) == 0) return false;
    throw;
  }
}

}  // namespace casus
