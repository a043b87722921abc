#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <vector>

#include "casus/sim/acts.h"
#include "casus/sim/mechanism.h"

/// A mechanism such as a program brings along: with a parameter, draws, acts, a column and a kind
/// of event of its own, and a memory without which it goes on otherwise.
namespace casus::test {

struct RumourParameters {
  double spread = 0.0;
};

/// Rumours about governments add up, until a government denies them. What they have cost stays.
class Rumours final : public MechanismWith<Rumours, RumourParameters> {
 public:
  static MechanismInfo about() {
    MechanismInfo info{"rumours", "Rumours.", "none", {}};
    info.writes = {"actors.legitimacy"};
    info.events = {{"rumour_denied", "A government denies a rumour."}};
    return info;
  }
  static std::vector<MechanismColumn<Rumours>> columns() {
    return {{{.name = "denials",
              .domain = Domain::nonnegative,
              .kinds = kind_bit(ActorKind::state),
              .doc = "Rumours denied so far."},
             &Rumours::denials_}};
  }
  static const std::vector<Parameter<RumourParameters>>& table() {
    static const std::vector<Parameter<RumourParameters>> rows{
        {{"spread", Unit::none, 0.0, 1.0, 0.2, "Rumours of a day at most.", "none"},
         &RumourParameters::spread}};
    return rows;
  }

  void step(StepContext& context) override {
    static constexpr Purpose heard("heard");
    World& w = context.world;
    told_.resize(w.actors.size());
    const auto denials = denials_.in(w);
    for (std::size_t a = 0; a < w.actors.size(); ++a) {
      if (w.actors.kind[a] != ActorKind::state || w.actors.alive[a] == 0) continue;
      Stream stream = context.stream(heard, {w.actors.key[a].value});
      told_[a] += p.spread * uniform(stream) / (1.0 + 0.1 * denials[a]);
      if (told_[a] < 1.0) continue;
      told_[a] = 0.0;
      denials[a] += 1.0;
      w.actors.legitimacy[a] *= 0.99;
      const ActorId next((a + 1) % w.actors.size());
      context.happened({.kind = own_event_kind("rumour_denied"), .who = ActorId(a)}, {last_});
      last_ =
          act(context, {.act = law::ActKind::statement, .by = ActorId(a), .against = next}, last_);
    }
  }

  void archive(Archive& a) override { a(told_, last_); }

 private:
  std::vector<double> told_;  ///< of each actor, since it last denied it
  EventId last_;
  ActorColumn denials_;
};

inline Registry with_rumours() {
  Registry r = standard_registry();
  r.add([] { return std::make_unique<Rumours>(); }, "perception");
  return r;
}

}  // namespace casus::test
