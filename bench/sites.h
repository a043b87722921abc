#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "casus/scenario/scenario.h"

namespace casus::bench {

/// A world to measure in: the Sahel, or a made-up one of about so many presences.
struct Site {
  std::string name;             ///< "sahel", "presences:1000"
  std::size_t presences = 0;    ///< 0: the Sahel
  std::uint32_t warm_up = 0;    ///< steps before the measured ones
  std::uint32_t steps = 0;      ///< steps measured
  std::int64_t iterations = 1;  ///< how often the measured steps are repeated
};

/// The Sahel, and 10^3 to 10^6 presences.
const std::vector<Site>& sites();

/// The YAML of a made-up site.
std::string text_of(const Site& site);
/// Reads such a text, however long.
Scenario parse(const Site& site, const std::string& text);
/// Reads the site's files or text.
Scenario load(const Site& site);
/// The same, kept until another site is asked for: the large ones do not fit in memory together.
const Scenario& scenario_of(const Site& site);

}  // namespace casus::bench
