#include "study/synthetic_actors.h"

#include <algorithm>
#include <cmath>
#include <tuple>
#include <utility>

namespace casus::study {
namespace {

// A small band of fighters in a region; most bands are near it, a few many times larger.
constexpr double band = 15.0;
constexpr double largest = 40.0;  ///< times that
// A group goes over a border of states this often when it could also stay within its own.
constexpr double crossing = 0.15;
constexpr double loyal_share = 0.15;
// Chances that a group has a rival, or else a friend, among those that share its home ground.
constexpr double rival_share = 0.15;
constexpr double friend_share = 0.25;

void make_population(SyntheticPeople& p, const SyntheticMap& map, const SyntheticDraws& draw) {
  const std::size_t n = map.owner.size();
  std::vector<double> own;
  for (std::size_t r = 0; r < n; ++r) {
    own.push_back(draw("grievance", r));
    p.population.push_back(
        static_cast<std::uint32_t>(std::round(4e5 * draw.power_law("population", r, 25.0))));
  }
  // Neighbours are alike, so that unrest comes in patches.
  for (std::size_t r = 0; r < n; ++r) {
    double sum = own[r];
    const auto around = map.borders.neighbours(r);
    for (const std::uint32_t next : around) sum += own[next];
    const double mean = sum / static_cast<double>(around.size() + 1);
    p.grievance.push_back(0.1 + 0.4 * mean + 0.4 * own[r]);
  }
}

/// How many regions each group stands in: one, and its share of what is left, as unequal as a power
/// law. What goes over the number of regions falls to the next.
std::vector<std::size_t> spread_of_groups(const SyntheticSize& size, const SyntheticDraws& draw) {
  std::vector<double> until;
  double sum = 0.0;
  for (std::size_t g = 0; g < size.groups; ++g) {
    // From near nothing, so that a good many have one region only.
    sum += draw.power_law("spread", g, 1000.0) - 0.99;
    until.push_back(sum);
  }
  const std::size_t extra = size.presences - size.regions - size.groups;
  std::vector<std::size_t> count(size.groups, 1);
  std::size_t given = 0;
  std::size_t over = 0;
  for (std::size_t g = 0; g < size.groups; ++g) {
    const auto upto = g + 1 == size.groups
                          ? extra
                          : static_cast<std::size_t>(static_cast<double>(extra) * (until[g] / sum));
    const std::size_t wanted = upto - given + over;
    given = upto;
    const std::size_t taken = std::min(wanted, size.regions - 1);
    count[g] += taken;
    over = wanted - taken;
  }
  for (std::size_t g = 0; over > 0; ++g) {
    const std::size_t taken = std::min(over, size.regions - count[g]);
    count[g] += taken;
    over -= taken;
  }
  return count;
}

/// Grows a group's ground from its home, region by region, mostly within one state.
class Spreading {
 public:
  Spreading(const SyntheticMap& map, const SyntheticDraws& draw)
      : map_(map), draw_(draw), seen_(map.owner.size(), ~0U) {}

  std::vector<std::uint32_t> operator()(std::uint32_t group, std::uint32_t home,
                                        std::size_t count) {
    std::vector<std::uint32_t> ground;
    inside_.clear(), outside_.clear();
    seen_[home] = group;
    for (std::uint32_t at = home;;) {
      ground.push_back(at);
      if (ground.size() == count) return ground;
      for (const std::uint32_t next : map_.borders.neighbours(at)) {
        if (seen_[next] == group) continue;
        seen_[next] = group;
        (map_.owner[next] == map_.owner[home] ? inside_ : outside_).push_back(next);
      }
      const std::size_t k = 2 * ground.size();
      const bool cross =
          inside_.empty() || (!outside_.empty() && draw_("cross", group, k) < crossing);
      auto& open = cross ? outside_ : inside_;
      const double u = draw_("cross", group, k + 1);
      const auto i = static_cast<std::size_t>(u * static_cast<double>(open.size()));
      at = open[i];
      open[i] = open.back();
      open.pop_back();
    }
  }

 private:
  const SyntheticMap& map_;
  const SyntheticDraws& draw_;
  std::vector<std::uint32_t> seen_;  ///< the last group that looked at a region
  std::vector<std::uint32_t> inside_, outside_;
};

void make_groups(SyntheticPeople& p, const SyntheticSize& size, const SyntheticMap& map,
                 const SyntheticDraws& draw) {
  const std::vector<std::size_t> count = spread_of_groups(size, draw);
  Spreading spread(map, draw);
  for (std::uint32_t g = 0; g < size.groups; ++g) {
    // It begins in the most aggrieved of three regions.
    std::uint32_t home = 0;
    for (std::size_t k = 0; k < 3; ++k) {
      const auto r =
          static_cast<std::uint32_t>(draw("home", g, k) * static_cast<double>(map.owner.size()));
      if (k == 0 || p.grievance[r] > p.grievance[home]) home = r;
    }
    SyntheticPeople::Group group;
    group.state = map.owner[home];
    group.loyal = draw("loyal", g) < loyal_share;
    const double fighters = band * draw.power_law("fighters", g, largest);
    std::size_t k = 0;
    for (const std::uint32_t r : spread(g, home, count[g])) {
      // Fewer away from home.
      const double mean = fighters / std::sqrt(static_cast<double>(k + 1));
      const double here = mean * draw.between("stand", g, k++, 0.5, 1.5);
      group.stands.push_back({r, static_cast<std::uint32_t>(std::max(5.0, std::round(here)))});
    }
    p.groups.push_back(std::move(group));
  }
  // Numbered as places are, by where they began: who lists actors goes country by country.
  std::stable_sort(p.groups.begin(), p.groups.end(), [](const auto& a, const auto& b) {
    return a.stands.front().region < b.stands.front().region;
  });
}

void make_garrisons(SyntheticPeople& p, const SyntheticDraws& draw) {
  std::vector<double> hostile(p.population.size(), 0.0);
  for (const auto& group : p.groups) {
    if (group.loyal) continue;
    for (const SyntheticStand& s : group.stands) hostile[s.region] += s.fighters;
  }
  for (std::size_t r = 0; r < hostile.size(); ++r) {
    const double usual = 200.0 + 0.001 * p.population[r] * draw.between("garrison", r, 0, 0.5, 1.5);
    p.garrison.push_back(static_cast<std::uint32_t>(std::round(usual + 2.0 * hostile[r])));
  }
}

/// Who has many regions is met often, so enmities gather on the large groups.
void make_ties(SyntheticPeople& p, const SyntheticDraws& draw) {
  std::vector<std::vector<std::uint32_t>> here(p.population.size());
  for (std::uint32_t g = 0; g < p.groups.size(); ++g) {
    for (const SyntheticStand& s : p.groups[g].stands) here[s.region].push_back(g);
  }
  for (std::uint32_t g = 0; g < p.groups.size(); ++g) {
    const double u = draw("tie", g);
    if (u >= rival_share + friend_share) continue;
    const auto& met = here[p.groups[g].stands.front().region];
    const std::uint32_t other =
        met[static_cast<std::size_t>(draw("met", g) * static_cast<double>(met.size()))];
    if (other == g) continue;
    p.ties.push_back({std::min(g, other), std::max(g, other), u < rival_share});
  }
  // Two that chose each other are one tie; the quarrel counts.
  std::sort(p.ties.begin(), p.ties.end(), [](const auto& x, const auto& y) {
    return std::tuple(x.a, x.b, !x.rivals) < std::tuple(y.a, y.b, !y.rivals);
  });
  const auto same = [](const auto& x, const auto& y) { return x.a == y.a && x.b == y.b; };
  p.ties.erase(std::unique(p.ties.begin(), p.ties.end(), same), p.ties.end());
}

}  // namespace

SyntheticPeople make_synthetic_people(const SyntheticSize& size, const SyntheticMap& map,
                                      const SyntheticDraws& draw) {
  SyntheticPeople p;
  make_population(p, map, draw);
  make_groups(p, size, map, draw);
  make_garrisons(p, draw);
  make_ties(p, draw);
  return p;
}

}  // namespace casus::study
