#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "casus/study/synthetic.h"

namespace casus::study {

/// Uniform draws, each at an address of its own.
class SyntheticDraws {
 public:
  explicit SyntheticDraws(std::uint64_t seed) : seed_(seed) {}
  double operator()(std::string_view what, std::size_t a, std::size_t b = 0) const;
  /// In [low, high].
  double between(std::string_view what, std::size_t a, std::size_t b, double low,
                 double high) const {
    return low + (high - low) * (*this)(what, a, b);
  }
  /// At least 1 and at most `most`, with density proportional to x^-2.5.
  double power_law(std::string_view what, std::size_t a, double most) const;

 private:
  std::uint64_t seed_;
};

/// An undirected graph in compressed rows: neighbours of i are to[begin[i]..begin[i + 1]).
struct SyntheticGraph {
  std::vector<std::uint32_t> begin, to;
  std::vector<double> km;  ///< of the border that `to` stands for; empty where nobody asks
  std::size_t size() const { return begin.size() - 1; }
  std::span<const std::uint32_t> neighbours(std::size_t i) const {
    return std::span(to).subspan(begin[i], begin[i + 1] - begin[i]);
  }
};

/// The ground: where regions lie, whom they touch, whose they are.
struct SyntheticMap {
  std::vector<double> latitude, longitude;  ///< degrees
  std::vector<double> area;                 ///< km2
  SyntheticGraph borders;                   ///< of regions
  std::vector<std::uint32_t> owner;         ///< state of each region
  std::vector<std::uint32_t> capital;       ///< region of each state
  SyntheticGraph adjacency;                 ///< of states
  std::vector<std::uint32_t> alliance;      ///< of each state
  std::size_t alliances = 0;
};

SyntheticMap make_synthetic_map(const SyntheticSize& size, const SyntheticDraws& draw);

}  // namespace casus::study
