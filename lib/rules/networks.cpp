#include "casus/rules/networks.h"

#include <fmt/format.h>

#include <algorithm>

#include "casus/core/contracts.h"

namespace casus::rules {

namespace {

void insert_sorted(std::vector<std::uint32_t>& list, std::size_t value) {
  const auto v = static_cast<std::uint32_t>(value);
  list.insert(std::lower_bound(list.begin(), list.end(), v), v);
}

void erase_sorted(std::vector<std::uint32_t>& list, std::size_t value) {
  list.erase(std::lower_bound(list.begin(), list.end(), static_cast<std::uint32_t>(value)));
}

bool contains(std::span<const std::uint32_t> list, std::size_t value) {
  return std::binary_search(list.begin(), list.end(), static_cast<std::uint32_t>(value));
}

void expect_pair(std::size_t n, std::size_t i, std::size_t j) {
  CASUS_EXPECTS(i < n && j < n && i != j,
                fmt::format("countries {} and {} are not two of {}", i, j, n));
}

/// Can i and j, newly allied, be in one coalition that beats anybody?
bool both_win(const AllianceNetwork& network, std::span<const double> power, double gamma,
              std::size_t i, std::size_t j) {
  for (std::size_t aggressor = 0; aggressor < network.size(); ++aggressor) {
    const auto with = [&](std::size_t k) { return k == aggressor || network.linked(aggressor, k); };
    if (!with(i) || !with(j)) continue;
    for (std::size_t target = 0; target < network.size(); ++target) {
      if (target == i || target == j || target == aggressor) continue;
      if (beats(network, power, gamma, aggressor, target)) return true;
    }
  }
  return false;
}

}  // namespace

bool AllianceNetwork::linked(std::size_t i, std::size_t j) const { return contains(allies_[i], j); }

std::size_t AllianceNetwork::links() const {
  std::size_t ends = 0;
  for (const auto& list : allies_) ends += list.size();
  return ends / 2;
}

void AllianceNetwork::link(std::size_t i, std::size_t j) {
  expect_pair(size(), i, j);
  CASUS_EXPECTS(!linked(i, j), fmt::format("{} and {} are allies already", i, j));
  insert_sorted(allies_[i], j);
  insert_sorted(allies_[j], i);
}

void AllianceNetwork::unlink(std::size_t i, std::size_t j) {
  expect_pair(size(), i, j);
  CASUS_EXPECTS(linked(i, j), fmt::format("{} and {} are not allies", i, j));
  erase_sorted(allies_[i], j);
  erase_sorted(allies_[j], i);
}

bool beats(const AllianceNetwork& network, std::span<const double> power, double gamma,
           std::size_t aggressor, std::size_t i) {
  expect_pair(network.size(), aggressor, i);
  CASUS_EXPECTS(power.size() == network.size(),
                fmt::format("{} powers of {} countries", power.size(), network.size()));
  CASUS_EXPECTS(gamma > 0.0, fmt::format("defenders' advantage {} is not > 0", gamma));
  const auto friends = network.allies(aggressor);
  double attack = power[aggressor];
  for (const auto k : friends) attack += k == i ? 0.0 : power[k];
  double defence = power[i];
  // Both lists are sorted: one pass finds the allies of i who are not in the coalition.
  auto in_coalition = friends.begin();
  for (const auto k : network.allies(i)) {
    while (in_coalition != friends.end() && *in_coalition < k) ++in_coalition;
    const bool attacks = k == aggressor || (in_coalition != friends.end() && *in_coalition == k);
    if (!attacks) defence += power[k];
  }
  return attack > gamma * defence;
}

bool vulnerable(const AllianceNetwork& network, std::span<const double> power, double gamma,
                std::size_t i) {
  for (std::size_t j = 0; j < network.size(); ++j) {
    if (j != i && beats(network, power, gamma, j, i)) return true;
  }
  return false;
}

std::vector<std::uint32_t> vulnerable_countries(const AllianceNetwork& network,
                                                std::span<const double> power, double gamma) {
  std::vector<std::uint32_t> found;
  for (std::uint32_t i = 0; i < network.size(); ++i) {
    if (vulnerable(network, power, gamma, i)) found.push_back(i);
  }
  return found;
}

StabilityVerdict war_stability(const AllianceNetwork& network, std::span<const double> power,
                               double gamma) {
  const auto n = static_cast<std::uint32_t>(network.size());
  for (std::uint32_t i = 0; i < n; ++i) {
    if (vulnerable(network, power, gamma, i)) return {WarStability::somebody_vulnerable, {i, i}};
  }
  AllianceNetwork changed = network;
  for (std::uint32_t i = 0; i < n; ++i) {
    for (std::uint32_t j = i + 1; j < n; ++j) {
      if (network.linked(i, j)) {
        changed.unlink(i, j);
        const bool needed =
            vulnerable(changed, power, gamma, i) && vulnerable(changed, power, gamma, j);
        changed.link(i, j);
        if (!needed) return {WarStability::link_not_needed, {i, j}};
      } else {
        changed.link(i, j);
        const bool tempting = both_win(changed, power, gamma, i, j);
        changed.unlink(i, j);
        if (tempting) return {WarStability::link_invites_attack, {i, j}};
      }
    }
  }
  return {};
}

}  // namespace casus::rules
