#include "casus/world/relations.h"

#include <algorithm>
#include <bit>

#include "casus/core/contracts.h"

namespace casus {
namespace {

double moved(double x, double delta) { return x + delta * (delta > 0.0 ? 1.0 - x : 1.0 + x); }

}  // namespace

Relations::Relations(std::size_t actors, std::size_t dense_up_to)
    : n_(actors), dense_up_to_(dense_up_to) {
  if (actors > dense_up_to) {
    rows_.resize(actors);
    viewers_.resize(actors);
    return;
  }
  affinity_.assign(actors * actors, 0.0);
  baseline_.assign(actors * actors, 0.0);
  flags_.assign(actors * actors, 0);
  hostilities_.assign(actors * actors, 0);
}

std::size_t Relations::search(ActorId from, ActorId to) const {
  const auto& row = rows_[from.row()];
  const auto at = std::lower_bound(row.begin(), row.end(), to.row(),
                                   [](const Link& link, std::size_t key) { return link.to < key; });
  return at != row.end() && at->to == to.row() ? at->pair : none;
}

std::size_t Relations::make(ActorId from, ActorId to) {
  const std::size_t there = find(from, to);
  if (there != none) return there;
  const std::size_t pair = affinity_.size();
  append_pair();
  const Link link{static_cast<std::uint32_t>(to.row()), static_cast<std::uint32_t>(pair)};
  auto& row = rows_[from.row()];
  row.insert(std::upper_bound(row.begin(), row.end(), link,
                              [](const Link& x, const Link& y) { return x.to < y.to; }),
             link);
  auto& viewers = viewers_[to.row()];
  const auto viewer = static_cast<std::uint32_t>(from.row());
  viewers.insert(std::upper_bound(viewers.begin(), viewers.end(), viewer), viewer);
  return pair;
}

void Relations::append_pair() {
  affinity_.push_back(0.0);
  baseline_.push_back(0.0);
  flags_.push_back(0);
  hostilities_.push_back(0);
}

void Relations::move(ActorId from, ActorId to, double delta) {
  double& x = affinity_[make(from, to)];
  x = moved(x, delta);
}

void Relations::move_baseline(ActorId from, ActorId to, double delta) {
  double& x = baseline_[make(from, to)];
  x = moved(x, delta);
}

void Relations::relax(double kept) {
  double* x = affinity_.data();
  const double* base = baseline_.data();
  const std::size_t cells = affinity_.size();
  for (std::size_t i = 0; i < cells; ++i) x[i] = base[i] + (x[i] - base[i]) * kept;
}

void Relations::add_hostility(ActorId a, ActorId b, int change) {
  CASUS_EXPECTS(a != b, "an actor cannot be at war with itself");
  for (const std::size_t i : {make(a, b), make(b, a)}) {
    CASUS_ASSERT(change > 0 || hostilities_[i] > 0);
    hostilities_[i] = static_cast<std::uint16_t>(hostilities_[i] + change);
  }
}

void Relations::grow(ActorId like) {
  if (dense() && n_ + 1 > dense_up_to_) to_rows();
  if (dense()) {
    grow_square(like.row());
  } else {
    grow_rows(like);
  }
}

void Relations::grow_square(std::size_t like) {
  const std::size_t n = n_ + 1;
  Relations bigger(n, dense_up_to_);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) {
      const std::size_t from = (i < n_ ? i : like) * n_ + (j < n_ ? j : like);
      bigger.affinity_[i * n + j] = affinity_[from];
      bigger.baseline_[i * n + j] = baseline_[from];
      bigger.flags_[i * n + j] = flags_[from];
      // Hostilities are counted per war; the caller enters the newcomer into its wars.
      if (i < n_ && j < n_) bigger.hostilities_[i * n + j] = hostilities_[from];
    }
  }
  *this = std::move(bigger);
}

void Relations::grow_rows(ActorId like) {
  const ActorId born(n_++);
  rows_.emplace_back();
  viewers_.emplace_back();
  const auto copy = [&](std::size_t pair, ActorId from, ActorId to) {
    const std::size_t made = make(from, to);
    affinity_[made] = affinity_[pair];
    baseline_[made] = baseline_[pair];
    flags_[made] = flags_[pair];
  };
  // Copies, because the lists of `like` itself may grow meanwhile.
  const std::vector<Link> seen = rows_[like.row()];
  const std::vector<std::uint32_t> viewers = viewers_[like.row()];
  const std::size_t own = search(like, like);
  for (const Link& link : seen) copy(link.pair, born, ActorId(link.to));
  for (const std::uint32_t from : viewers) {
    copy(search(ActorId(from), like), ActorId(from), born);
  }
  if (own != none) copy(own, born, born);
}

void Relations::to_rows() {
  Relations sparse(n_, 0);
  sparse.dense_up_to_ = dense_up_to_;
  for (std::size_t i = 0; i < n_; ++i) {
    for (std::size_t j = 0; j < n_; ++j) {
      const std::size_t pair = i * n_ + j;
      if (as_by_default(pair)) continue;
      const std::size_t made = sparse.make(ActorId(i), ActorId(j));
      sparse.affinity_[made] = affinity_[pair];
      sparse.baseline_[made] = baseline_[pair];
      sparse.flags_[made] = flags_[pair];
      sparse.hostilities_[made] = hostilities_[pair];
    }
  }
  *this = std::move(sparse);
}

void Relations::set_flag(ActorId a, ActorId b, std::uint8_t bit, bool value) {
  const std::size_t i = value ? make(a, b) : find(a, b);
  if (i == none) return;
  flags_[i] = static_cast<std::uint8_t>(value ? flags_[i] | bit : flags_[i] & ~bit);
}

bool Relations::as_by_default(std::size_t pair) const {
  return std::bit_cast<std::uint64_t>(affinity_[pair]) == 0 &&
         std::bit_cast<std::uint64_t>(baseline_[pair]) == 0 && flags_[pair] == 0 &&
         hostilities_[pair] == 0;
}

}  // namespace casus
