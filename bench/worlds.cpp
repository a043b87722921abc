#include "worlds.h"

#include <cstdio>

#include "casus/core/ids.h"

namespace casus::bench {

Scenario shipped(const std::string& file) {
  return load_scenario(std::string(CASUS_SOURCE_DIR) + "/scenarios/" + file);
}

std::uint64_t digest(const Simulation& simulation) {
  return mix(simulation.hash(), simulation.log().hash());
}

std::string hex(std::uint64_t hash) {
  char text[24];
  std::snprintf(text, sizeof text, "%016llx", static_cast<unsigned long long>(hash));
  return text;
}

}  // namespace casus::bench
