#include "casus/classics/fusion_fragmentation.h"

#include <fmt/format.h>

#include <cstddef>
#include <limits>
#include <numeric>
#include <utility>

#include "casus/core/contracts.h"
#include "casus/core/random.h"
#include "casus/rules/sizes.h"

namespace casus::classics {

namespace {

constexpr Purpose meetings{"meetings of groups"};

/// Who is in which group. Groups are named by their slots; a group that has merged leaves its slot
/// empty, and who is left alone takes an empty one.
class Groups {
 public:
  explicit Groups(std::uint32_t agents) : group_(agents), members_(agents) {
    std::iota(group_.begin(), group_.end(), 0U);
    for (std::uint32_t i = 0; i < agents; ++i) members_[i].push_back(i);
  }

  void shatter(std::uint32_t agent) {
    std::vector<std::uint32_t>& all = members_[group_[agent]];
    while (all.size() > 1) {
      const std::uint32_t leaver = all.back();
      all.pop_back();
      group_[leaver] = free_.back();
      free_.pop_back();
      members_[group_[leaver]].push_back(leaver);
    }
  }

  void merge(std::uint32_t one, std::uint32_t other) {
    std::uint32_t into = group_[one], from = group_[other];
    if (into == from) return;
    if (members_[into].size() < members_[from].size()) std::swap(into, from);
    for (const std::uint32_t agent : members_[from]) {
      group_[agent] = into;
      members_[into].push_back(agent);
    }
    members_[from].clear();
    free_.push_back(from);
  }

  const std::vector<std::vector<std::uint32_t>>& all() const { return members_; }

 private:
  std::vector<std::uint32_t> group_;                 ///< per agent
  std::vector<std::vector<std::uint32_t>> members_;  ///< per slot
  std::vector<std::uint32_t> free_;                  ///< empty slots
};

}  // namespace

GroupSizes study_groups(const FusionFragmentation& model, std::uint64_t seed) {
  CASUS_EXPECTS(model.agents >= 2, fmt::format("{} agents are not >= 2", model.agents));
  CASUS_EXPECTS(model.shatter > 0.0 && model.shatter <= 1.0,
                fmt::format("probability {} of shattering is not in (0, 1]", model.shatter));
  CASUS_EXPECTS(model.between >= 1 && model.looks >= 1 && model.tail_from >= 2,
                fmt::format("{} picks between {} looks, sizes from {}", model.between, model.looks,
                            model.tail_from));
  Groups groups(model.agents);
  GroupSizes sizes;
  std::vector<double> tail;
  for (std::uint32_t look = 0; look < model.looks; ++look) {
    Stream stream({seed, 0}, look, meetings, {});
    const std::uint32_t picks = model.between + (look == 0 ? model.settling : 0);
    for (std::uint32_t i = 0; i < picks; ++i) {
      const auto agent = static_cast<std::uint32_t>(uniform(stream) * model.agents);
      if (chance(stream, model.shatter)) {
        groups.shatter(agent);
      } else {
        groups.merge(agent, static_cast<std::uint32_t>(uniform(stream) * model.agents));
      }
    }
    for (const auto& group : groups.all()) {
      const std::size_t size = group.size();
      if (size == 0) continue;
      if (size >= sizes.mean.size()) sizes.mean.resize(size + 1);
      sizes.mean[size] += 1.0;
      if (size >= model.tail_from) tail.push_back(static_cast<double>(size));
    }
  }
  sizes.expected.resize(sizes.mean.size());
  for (std::size_t s = 1; s < sizes.mean.size(); ++s) {
    sizes.mean[s] /= model.looks;
    sizes.expected[s] = rules::fusion_fragmentation_groups(model.agents, model.shatter, s);
  }
  sizes.tail = tail.size();
  // Sizes are whole, so that those from n on begin at n - 1/2 (Clauset, Shalizi & Newman 2009).
  sizes.exponent = tail.empty() ? std::numeric_limits<double>::quiet_NaN()
                                : rules::power_law_exponent(tail, model.tail_from - 0.5);
  return sizes;
}

}  // namespace casus::classics
