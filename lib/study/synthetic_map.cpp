#include "study/synthetic_map.h"

#include <algorithm>
#include <cmath>
#include <queue>
#include <tuple>
#include <utility>

#include "casus/core/ids.h"
#include "casus/core/random.h"

namespace casus::study {
namespace {

constexpr Purpose synthetic_draw("synthetic");

// Regions lie on a grid, each moved by less than a quarter of its spacing. So no two of the lines
// between neighbours cross: every triangle of the grid keeps its orientation.
constexpr double jitter = 0.2;
constexpr double km_per_degree = 111.2;
// A region as large as one of the central Sahel, where the map leaves room for it.
constexpr double widest_degrees = 1.8;
// Share of the grid's cells that a diagonal border cuts: gives five neighbours a region, as maps of
// provinces have.
constexpr double cut_cells = 0.5;
// States an alliance has on average, and how much faster the fastest alliance grows than the
// slowest may, and so for states: these are as unequal as countries are, alliances are not.
constexpr std::size_t alliance_size = 5;
constexpr double alliances_unequal = 2.0, states_unequal = 30.0;

struct Border {
  std::uint32_t a, b;
  double km;
};

SyntheticGraph graph_of(std::size_t nodes, const std::vector<Border>& borders) {
  SyntheticGraph g;
  g.begin.assign(nodes + 1, 0);
  for (const Border& b : borders) ++g.begin[b.a + 1], ++g.begin[b.b + 1];
  for (std::size_t i = 0; i < nodes; ++i) g.begin[i + 1] += g.begin[i];
  g.to.resize(borders.size() * 2);
  g.km.resize(borders.size() * 2);
  auto next = g.begin;
  const auto enter = [&](std::uint32_t from, std::uint32_t to, double km) {
    g.to[next[from]] = to;
    g.km[next[from]++] = km;
  };
  for (const Border& b : borders) enter(b.a, b.b, b.km), enter(b.b, b.a, b.km);
  return g;
}

void make_ground(SyntheticMap& map, std::size_t regions, const SyntheticDraws& draw) {
  std::size_t width = 1;
  while (width * width < regions) ++width;
  const std::size_t height = (regions + width - 1) / width;
  const double spacing = std::min(
      {widest_degrees, 300.0 / static_cast<double>(width), 140.0 / static_cast<double>(height)});
  for (std::size_t r = 0; r < regions; ++r) {
    const std::size_t column = r % width;
    const std::size_t row = r / width;
    const double x = static_cast<double>(column) + draw.between("east", r, 0, -jitter, jitter);
    const double y = static_cast<double>(row) + draw.between("north", r, 0, -jitter, jitter);
    map.longitude.push_back((x - 0.5 * static_cast<double>(width)) * spacing);
    map.latitude.push_back((y - 0.5 * static_cast<double>(height)) * spacing);
    const double side = spacing * km_per_degree * draw.between("side", r, 0, 0.7, 1.3);
    map.area.push_back(side * side);
  }
  std::vector<Border> borders;
  const double km = spacing * km_per_degree;
  const auto touch = [&](std::size_t a, std::size_t b, double low, double high) {
    borders.push_back({static_cast<std::uint32_t>(a), static_cast<std::uint32_t>(b),
                       km * draw.between("border", a, b, low, high)});
  };
  for (std::size_t r = 0; r < regions; ++r) {
    const bool east = r % width + 1 < width && r + 1 < regions;
    const bool north = r + width < regions;
    if (east) touch(r, r + 1, 0.4, 1.0);
    if (north) touch(r, r + width, 0.4, 1.0);
    if (!east || r + width + 1 >= regions || draw("cut", r) >= cut_cells) continue;
    if (draw("diagonal", r) < 0.5) {
      touch(r, r + width + 1, 0.05, 0.3);
    } else {
      touch(r + 1, r + width, 0.05, 0.3);
    }
  }
  map.borders = graph_of(regions, borders);
}

/// `n` of the nodes, drawn without replacement; not next to each other while there are others, so
/// that none is shut in.
std::vector<std::uint32_t> choose(const SyntheticGraph& graph, std::size_t n, std::string_view what,
                                  const SyntheticDraws& draw) {
  std::vector<std::pair<double, std::uint32_t>> order;
  for (std::size_t i = 0; i < graph.size(); ++i) order.emplace_back(draw(what, i), i);
  std::sort(order.begin(), order.end());
  std::vector<std::uint32_t> chosen;
  std::vector<std::uint8_t> taken(graph.size(), 0);
  for (const bool apart : {true, false}) {
    for (const auto& [key, i] : order) {
      if (chosen.size() == n) break;
      const auto next_to = [&](std::uint32_t other) { return taken[other] != 0; };
      const auto around = graph.neighbours(i);
      if (taken[i] != 0 || (apart && std::any_of(around.begin(), around.end(), next_to))) continue;
      taken[i] = 1;
      chosen.push_back(i);
    }
  }
  return chosen;
}

/// Cuts a connected graph into parts that are connected, one around each seed: all grow at once,
/// some faster, and who comes first keeps the node.
std::vector<std::uint32_t> partition(const SyntheticGraph& graph,
                                     const std::vector<std::uint32_t>& seeds, double unequal,
                                     std::string_view what, const SyntheticDraws& draw) {
  using Arrival = std::tuple<double, std::uint32_t, std::uint32_t>;  // when, where, whose
  std::priority_queue<Arrival, std::vector<Arrival>, std::greater<>> arrivals;
  std::vector<double> pace;
  for (std::uint32_t s = 0; s < seeds.size(); ++s) {
    // The side of a part follows its speed, so its size is as unequal as the square.
    pace.push_back(1.0 / std::sqrt(draw.power_law(what, s, unequal)));
    arrivals.emplace(-1.0, seeds[s], s);
  }
  std::vector<std::uint32_t> part(graph.size(), ~0U);
  while (!arrivals.empty()) {
    const auto [when, node, whose] = arrivals.top();
    arrivals.pop();
    if (part[node] != ~0U) continue;
    part[node] = whose;
    for (const std::uint32_t next : graph.neighbours(node)) {
      if (part[next] != ~0U) continue;
      const double way = pace[whose] * (0.5 + draw(what, seeds.size() + node, next + 1));
      arrivals.emplace(std::max(when, 0.0) + way, next, whose);
    }
  }
  return part;
}

SyntheticGraph adjacency_of(const SyntheticMap& map, std::size_t states) {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs;
  for (std::size_t r = 0; r < map.owner.size(); ++r) {
    for (const std::uint32_t next : map.borders.neighbours(r)) {
      if (map.owner[r] < map.owner[next]) pairs.emplace_back(map.owner[r], map.owner[next]);
    }
  }
  std::sort(pairs.begin(), pairs.end());
  pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
  std::vector<Border> borders;
  borders.reserve(pairs.size());
  for (const auto& [a, b] : pairs) borders.push_back({a, b, 0.0});
  return graph_of(states, borders);
}

}  // namespace

double SyntheticDraws::operator()(std::string_view what, std::size_t a, std::size_t b) const {
  Stream stream({seed_, 0}, 0, synthetic_draw, {name_hash(what), a, b});
  return uniform(stream);
}

double SyntheticDraws::power_law(std::string_view what, std::size_t a, double most) const {
  // P(X > x) = x^-1.5, so x = u^(-2/3). Newton's steps towards the cube root, because the library's
  // powers may differ in their last bit from one machine to another; from above they fall until
  // rounding stops them.
  const double u = (*this)(what, a);
  const double square = std::min(1.0 / (u * u), most * most * most);
  double root = std::max(1.0, most);
  for (;;) {
    const double next = (2.0 * root + square / (root * root)) / 3.0;
    if (next >= root) break;
    root = next;
  }
  return std::clamp(root, 1.0, most);
}

SyntheticMap make_synthetic_map(const SyntheticSize& size, const SyntheticDraws& draw) {
  SyntheticMap map;
  make_ground(map, size.regions, draw);
  map.capital = choose(map.borders, size.states, "capital", draw);
  map.owner = partition(map.borders, map.capital, states_unequal, "state", draw);
  map.adjacency = adjacency_of(map, size.states);
  // Two at least, for there to be anybody to quarrel with.
  map.alliances = std::max(std::min<std::size_t>(2, size.states), size.states / alliance_size);
  map.alliance = partition(map.adjacency, choose(map.adjacency, map.alliances, "centre", draw),
                           alliances_unequal, "alliance", draw);
  return map;
}

}  // namespace casus::study
