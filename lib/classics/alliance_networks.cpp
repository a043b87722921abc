#include "casus/classics/alliance_networks.h"

#include <utility>
#include <vector>

#include "casus/core/random.h"

namespace casus::classics {

namespace {

constexpr Purpose choices{"ally of a vulnerable country"};

std::uint32_t one_of(const std::vector<std::uint32_t>& all, Stream& stream) {
  return all[static_cast<std::size_t>(uniform(stream) * static_cast<double>(all.size()))];
}

/// Makes a link of `country`, or leaves one where it has all.
void seek_safety(AlliancePath& path, std::span<const double> power, double gamma,
                 std::uint32_t country, Stream stream) {
  std::vector<std::uint32_t> others, saviours;
  for (std::uint32_t j = 0; j < path.network.size(); ++j) {
    if (j == country || path.network.linked(country, j)) continue;
    others.push_back(j);
    path.network.link(country, j);
    if (!rules::vulnerable(path.network, power, gamma, country)) saviours.push_back(j);
    path.network.unlink(country, j);
  }
  if (others.empty()) {
    const auto allies = path.network.allies(country);
    path.network.unlink(country, one_of({allies.begin(), allies.end()}, stream));
    ++path.links_left;
    return;
  }
  path.network.link(country, one_of(saviours.empty() ? others : saviours, stream));
  ++path.links_made;
}

}  // namespace

AlliancePath follow_alliances(rules::AllianceNetwork start, std::span<const double> power,
                              double gamma, std::size_t changes, std::uint64_t seed) {
  AlliancePath path{.network = std::move(start)};
  for (;; ++path.changes) {
    const rules::StabilityVerdict verdict = rules::war_stability(path.network, power, gamma);
    path.unsafe += rules::vulnerable_countries(path.network, power, gamma).empty() ? 0 : 1;
    path.stable = verdict.result == rules::WarStability::stable;
    if (path.stable || path.changes == changes) return path;
    const auto [i, j] = verdict.witness;
    switch (verdict.result) {
      case rules::WarStability::link_invites_attack:
        path.network.link(i, j);
        ++path.links_made;
        break;
      case rules::WarStability::link_not_needed:
        path.network.unlink(i, j);
        ++path.links_left;
        break;
      default:
        seek_safety(path, power, gamma, i,
                    Stream({seed, 0}, static_cast<std::uint32_t>(path.changes), choices, {}));
    }
  }
}

}  // namespace casus::classics
