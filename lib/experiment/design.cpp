#include <fmt/format.h>

#include <algorithm>
#include <boost/random/sobol.hpp>
#include <cmath>

#include "casus/core/contracts.h"
#include "casus/core/random.h"
#include "casus/experiment/experiment.h"

namespace casus {
namespace {

using Points = std::vector<std::vector<double>>;

constexpr Purpose stratum("design stratum"), within("design within"), step_order("design step");

/// Points of Sobol's sequence, strictly inside the cube.
Points sobol_points(std::size_t n, std::size_t dimensions) {
  boost::random::sobol_engine<std::uint_least64_t, 52> engine(dimensions);
  Points points(n, std::vector<double>(dimensions));
  for (auto& point : points) {
    for (double& x : point) x = (static_cast<double>(engine()) + 0.5) * 0x1p-52;
  }
  return points;
}

Points latin_hypercube(std::size_t n, std::size_t dimensions, std::uint64_t seed) {
  Points points(n, std::vector<double>(dimensions));
  std::vector<std::size_t> order(n);
  for (std::size_t d = 0; d < dimensions; ++d) {
    for (std::size_t i = 0; i < n; ++i) order[i] = i;
    Stream shuffle({seed, 0}, 0, stratum, {d});
    for (std::size_t i = n; i > 1; --i) {
      const auto j = static_cast<std::size_t>(uniform(shuffle) * static_cast<double>(i));
      std::swap(order[i - 1], order[std::min(j, i - 1)]);
    }
    Stream inside({seed, 0}, 0, within, {d});
    for (std::size_t i = 0; i < n; ++i) {
      points[i][d] = (static_cast<double>(order[i]) + uniform(inside)) / static_cast<double>(n);
    }
  }
  return points;
}

/// All combinations; each level stands for the middle of its share of the prior.
Points grid(std::size_t levels, std::size_t dimensions) {
  std::size_t n = 1;
  for (std::size_t d = 0; d < dimensions; ++d) {
    CASUS_EXPECTS(n <= 1'000'000 / levels, "a grid of more than a million points");
    n *= levels;
  }
  Points points(n, std::vector<double>(dimensions));
  for (std::size_t i = 0; i < n; ++i) {
    std::size_t rest = i;
    for (std::size_t d = dimensions; d-- > 0; rest /= levels) {
      points[i][d] = (static_cast<double>(rest % levels) + 0.5) / static_cast<double>(levels);
    }
  }
  return points;
}

/// Trajectories of Morris (1991): from a random corner of the grid, one factor after the other
/// moves by half of it. Levels are kept off the ends of priors that have none.
Points morris(std::size_t trajectories, std::size_t levels, std::size_t dimensions,
              std::uint64_t seed) {
  CASUS_EXPECTS(levels >= 2 && levels % 2 == 0, "Morris wants an even number of levels");
  const auto p = static_cast<double>(levels);
  const std::size_t half = levels / 2;
  Points points;
  points.reserve(trajectories * (dimensions + 1));
  for (std::size_t t = 0; t < trajectories; ++t) {
    Stream draws({seed, static_cast<std::uint32_t>(t)}, 0, step_order, {});
    std::vector<std::size_t> level(dimensions), order(dimensions);
    for (std::size_t d = 0; d < dimensions; ++d) {
      level[d] = std::min(levels - 1, static_cast<std::size_t>(uniform(draws) * p));
      order[d] = d;
    }
    for (std::size_t i = dimensions; i > 1; --i) {
      const auto j = static_cast<std::size_t>(uniform(draws) * static_cast<double>(i));
      std::swap(order[i - 1], order[std::min(j, i - 1)]);
    }
    const auto add = [&] {
      std::vector<double> point(dimensions);
      for (std::size_t d = 0; d < dimensions; ++d) {
        point[d] = (static_cast<double>(level[d]) + 0.5) / p;
      }
      points.push_back(std::move(point));
    };
    add();
    for (const std::size_t d : order) {
      level[d] = level[d] < half ? level[d] + half : level[d] - half;
      add();
    }
  }
  return points;
}

/// Saltelli's arrangement: of each base point the rows A, B, and A with one column of B.
Points saltelli(std::size_t n, std::size_t dimensions) {
  const Points base = sobol_points(n, 2 * dimensions);
  Points points;
  points.reserve(n * (dimensions + 2));
  for (const auto& row : base) {
    const auto middle = row.begin() + static_cast<std::ptrdiff_t>(dimensions);
    const std::vector<double> a(row.begin(), middle), b(middle, row.end());
    points.push_back(a);
    points.push_back(b);
    for (std::size_t d = 0; d < dimensions; ++d) {
      std::vector<double> mixed = a;
      mixed[d] = b[d];
      points.push_back(std::move(mixed));
    }
  }
  return points;
}

}  // namespace

std::vector<std::vector<double>> design_points(const DesignSpec& design, std::size_t dimensions,
                                               std::uint64_t seed) {
  if (dimensions == 0) return {};
  switch (design.method) {
    case DesignMethod::grid:
      return grid(design.levels, dimensions);
    case DesignMethod::lhs:
      return latin_hypercube(design.points, dimensions, seed);
    case DesignMethod::sobol:
      return sobol_points(design.points, dimensions);
    case DesignMethod::morris:
      return morris(design.points, design.levels, dimensions, seed);
    case DesignMethod::saltelli:
      return saltelli(design.points, dimensions);
    case DesignMethod::random:
    case DesignMethod::table:
      break;
  }
  return {};
}

}  // namespace casus
