#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <span>

#include "casus/core/executor.h"
#include "casus/rules/perception.h"
#include "casus/world/world.h"
#include "sim/actor_blocks.h"

namespace casus {

/// What an actor comes to think of the threat: its own view, and, as far as it is open to others',
/// that of those it likes (`rules::anchored_view`).
class Hearing {
 public:
  Hearing(const World& world, std::span<const double> own, double susceptibility)
      : w_(world), own_(own), susceptibility_(susceptibility) {}

  double of(std::size_t a) const {
    double weights = 0.0;
    double views = 0.0;
    w_.relations.each_seen_by(ActorId(a), [&](const Relations::View& view) {
      const std::size_t b = view.other.row();
      if (view.affinity <= 0.0 || b == a || w_.actors.alive[b] == 0) return;
      weights += view.affinity;
      views += view.affinity * w_.actors.threat[b];
    });
    return heard(a, weights, views);
  }

  static constexpr std::size_t together = 4;

  /// The same for some actors side by side, where relations are a square: whom one likes is as good
  /// as random to a processor, and a sum waits for each of its terms. Who is left out is added as a
  /// zero, which changes no sum.
  template <class F>
  void of_some(std::size_t first, F&& follow) const {
    const std::size_t n = w_.actors.size();
    using Lanes = std::array<double, together>;
    std::array<const double*, together> views_of;
    for (std::size_t i = 0; i < together; ++i) {
      // The last one again where there are no more, which nobody looks at.
      views_of[i] = w_.relations.square_row(ActorId(std::min(first + i, n - 1))).data();
    }
    Lanes weights{}, views{};
    const std::size_t end = std::min(first + together, n);
    // Loops over lanes are what the compiler makes two of in one instruction.
    const auto listen = [&](std::size_t from, std::size_t to, auto&& nobody) {
      for (std::size_t b = from; b < to; ++b) {
        if (w_.actors.alive[b] == 0) continue;
        const double threat = w_.actors.threat[b];
        Lanes liked{views_of[0][b], views_of[1][b], views_of[2][b], views_of[3][b]};
        nobody(liked, b);
        // Twice max(0, x), to the bit and without a branch, which nobody could foresee.
        for (double& x : liked) x += std::abs(x);
        for (std::size_t i = 0; i < together; ++i) weights[i] += liked[i];
        for (std::size_t i = 0; i < together; ++i) views[i] += liked[i] * threat;
      }
    };
    // Nobody hears himself, who can only be among these.
    const auto but_himself = [&](Lanes& liked, std::size_t b) { liked[b - first] = 0.0; };
    const auto all = [](Lanes&, std::size_t) {};
    listen(0, first, all);
    listen(first, end, but_himself);
    listen(end, n, all);
    for (std::size_t a = first; a < end; ++a) {
      follow(a, heard(a, 0.5 * weights[a - first], 0.5 * views[a - first]));
    }
  }

 private:
  double heard(std::size_t a, double weights, double views) const {
    if (weights <= 0.0) return own_[a];
    return rules::anchored_view(susceptibility_, views / weights, own_[a]);
  }

  const World& w_;
  std::span<const double> own_;
  double susceptibility_;
};

/// `follow(actor, what it hears)` for every actor, in blocks: it may write what is that actor's.
template <class F>
void hear_all(const Hearing& hearing, const World& w, Executor& executor, F&& follow) {
  const std::size_t n = w.actors.size();
  if (w.relations.square_row(ActorId(0)).empty()) {
    const ActorBlocks blocks(w);
    const auto hear = [&](std::size_t a) { follow(a, hearing.of(a)); };
    for_rows(
        executor, blocks.size(), [&](std::size_t b) { blocks.each(b, hear); }, 1, n);
    return;
  }
  for_rows(
      executor, (n + Hearing::together - 1) / Hearing::together,
      [&](std::size_t i) { hearing.of_some(i * Hearing::together, follow); }, 16);
}

}  // namespace casus
