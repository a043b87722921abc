#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "casus/core/ids.h"

namespace casus {

/// Who thinks what of whom, who hosts whom, who is at war with whom: square tables over actors.
class Relations {
 public:
  Relations() = default;
  explicit Relations(std::size_t actors);

  std::size_t size() const { return n_; }
  /// How `from` sees `to`, in [-1, 1].
  double affinity(ActorId from, ActorId to) const { return affinity_[at(from, to)]; }
  /// The value affinity decays to: the scenario's, moved by lasting events.
  double baseline(ActorId from, ActorId to) const { return baseline_[at(from, to)]; }
  bool rivalry(ActorId a, ActorId b) const { return (flags_[at(a, b)] & rival) != 0; }
  /// Does `host` let `guest` stay on its soil?
  bool hosts(ActorId host, ActorId guest) const {
    return (flags_[at(host, guest)] & host_flag) != 0;
  }
  /// Number of open wars in which `a` and `b` stand on opposite sides.
  bool at_war(ActorId a, ActorId b) const { return hostilities_[at(a, b)] > 0; }

  void set_affinity(ActorId from, ActorId to, double value) { affinity_[at(from, to)] = value; }
  void set_baseline(ActorId from, ActorId to, double value) { baseline_[at(from, to)] = value; }
  /// Moves affinity by `delta` towards +1 or -1 by a share of the room left, so that it stays in
  /// [-1, 1] without clamping and repeated shocks matter less and less.
  void move(ActorId from, ActorId to, double delta);
  /// The same for what affinity returns to.
  void move_baseline(ActorId from, ActorId to, double delta);
  /// Brings every affinity towards its baseline, leaving the share `kept` of the difference.
  void relax(double kept);
  void set_rivalry(ActorId a, ActorId b, bool value) { set_flag(a, b, rival, value); }
  void set_hosting(ActorId host, ActorId guest, bool value) {
    set_flag(host, guest, host_flag, value);
  }
  /// Opens (+1) or closes (-1) hostilities between `a` and `b`, in both directions.
  void add_hostility(ActorId a, ActorId b, int change);
  /// Makes room for one more actor that sees and is seen as `like` is.
  void grow(ActorId like);

  const std::vector<double>& affinities() const { return affinity_; }
  void hash_into(std::uint64_t& h) const;

 private:
  static constexpr std::uint8_t rival = 1, host_flag = 2;
  std::size_t at(ActorId a, ActorId b) const { return a.row() * n_ + b.row(); }
  void set_flag(ActorId a, ActorId b, std::uint8_t bit, bool value);

  std::size_t n_ = 0;
  std::vector<double> affinity_, baseline_;
  std::vector<std::uint8_t> flags_;
  std::vector<std::uint16_t> hostilities_;
};

}  // namespace casus
