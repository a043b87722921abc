#include "casus/world/relations.h"

#include <bit>

#include "casus/core/contracts.h"

namespace casus {

Relations::Relations(std::size_t actors)
    : n_(actors),
      affinity_(actors * actors, 0.0),
      baseline_(actors * actors, 0.0),
      flags_(actors * actors, 0),
      hostilities_(actors * actors, 0) {}

namespace {

double moved(double x, double delta) { return x + delta * (delta > 0.0 ? 1.0 - x : 1.0 + x); }

}  // namespace

void Relations::move(ActorId from, ActorId to, double delta) {
  double& x = affinity_[at(from, to)];
  x = moved(x, delta);
}

void Relations::move_baseline(ActorId from, ActorId to, double delta) {
  double& x = baseline_[at(from, to)];
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
  for (const std::size_t i : {at(a, b), at(b, a)}) {
    CASUS_ASSERT(change > 0 || hostilities_[i] > 0);
    hostilities_[i] = static_cast<std::uint16_t>(hostilities_[i] + change);
  }
}

void Relations::grow(ActorId like) {
  const std::size_t n = n_ + 1;
  Relations bigger(n);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) {
      const std::size_t old_i = i < n_ ? i : like.row();
      const std::size_t old_j = j < n_ ? j : like.row();
      const std::size_t from = old_i * n_ + old_j;
      bigger.affinity_[i * n + j] = affinity_[from];
      bigger.baseline_[i * n + j] = baseline_[from];
      bigger.flags_[i * n + j] = flags_[from];
      // Hostilities are counted per war; the caller enters the newcomer into its wars.
      if (i < n_ && j < n_) bigger.hostilities_[i * n + j] = hostilities_[from];
    }
  }
  *this = std::move(bigger);
}

void Relations::set_flag(ActorId a, ActorId b, std::uint8_t bit, bool value) {
  auto& f = flags_[at(a, b)];
  f = static_cast<std::uint8_t>(value ? f | bit : f & ~bit);
}

void Relations::hash_into(std::uint64_t& h) const {
  for (const double x : affinity_) h = mix(h, std::bit_cast<std::uint64_t>(x));
  for (const double x : baseline_) h = mix(h, std::bit_cast<std::uint64_t>(x));
  for (const auto x : flags_) h = mix(h, x);
  for (const auto x : hostilities_) h = mix(h, x);
}

}  // namespace casus
