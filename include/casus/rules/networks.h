#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "casus/core/export.h"

/// Alliance networks that keep the peace (Jackson & Nei 2015, doi:10.1073/pnas.1520970112).

namespace casus::rules {

/// Who is allied with whom among n countries numbered from 0.
class CASUS_API AllianceNetwork {
 public:
  explicit AllianceNetwork(std::size_t n) : allies_(n) {}

  std::size_t size() const { return allies_.size(); }
  /// Allies in rising order.
  std::span<const std::uint32_t> allies(std::size_t i) const { return allies_[i]; }
  bool linked(std::size_t i, std::size_t j) const;
  std::size_t links() const;
  /// Throw ContractError for i = j, an unknown country, or a link there already (or not there).
  void link(std::size_t i, std::size_t j);
  void unlink(std::size_t i, std::size_t j);

 private:
  std::vector<std::vector<std::uint32_t>> allies_;
};

/// Whether `aggressor` (itself at war, i != aggressor) with the largest coalition of its allies, i
/// excluded, beats i and those of i's allies who are not in it: M(C) > gamma M({i} + rest). The
/// largest coalition suffices, since leaving one out never helps it. `power` >= 0, one a country;
/// gamma > 0 is the defenders' advantage.
CASUS_API bool beats(const AllianceNetwork& network, std::span<const double> power, double gamma,
                     std::size_t aggressor, std::size_t i);

/// Whether any country beats i.
CASUS_API bool vulnerable(const AllianceNetwork& network, std::span<const double> power,
                          double gamma, std::size_t i);

/// All vulnerable countries, in rising order. O(n^2 degree).
CASUS_API std::vector<std::uint32_t> vulnerable_countries(const AllianceNetwork& network,
                                                          std::span<const double> power,
                                                          double gamma);

enum class WarStability : std::uint8_t {
  stable,
  somebody_vulnerable,  ///< (S1) broken
  link_invites_attack,  ///< (S2) broken: two countries could ally and both win from it
  link_not_needed,      ///< (S3) broken: a link can go without leaving both its ends vulnerable
};

struct StabilityVerdict {
  WarStability result = WarStability::stable;
  /// The country (twice), or the link, that decides; (0, 0) if stable.
  std::pair<std::uint32_t, std::uint32_t> witness{0, 0};
};

/// War-stability: nobody is vulnerable, no absent link would put both its ends into a winning
/// coalition, and deleting any link leaves both its ends vulnerable. O(n^4 degree): small networks.
CASUS_API StabilityVerdict war_stability(const AllianceNetwork& network,
                                         std::span<const double> power, double gamma);

}  // namespace casus::rules
