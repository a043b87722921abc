#pragma once

#include <optional>

#include "casus/law/act.h"
#include "casus/law/vocabulary.h"
#include "casus/sim/acts.h"
#include "casus/sim/mechanism.h"
#include "sim/gate.h"

namespace casus {

/// How an act is done, where it matters to the law.
struct Manner {
  bool invited = false;              ///< the government in place asked for it
  double severity = 1.0;             ///< of force, see law::Settings::armed_attack
  std::optional<bool> help_asked{};  ///< the victim asks for help over it; unset: it decides
  law::Claimant government = law::Claimant::unsaid;  ///< of a recognition
  bool imminent = false, repelled = false;           ///< see EmitSpec
  law::Claimant asked_by = law::Claimant::unsaid, invited_by = law::Claimant::unsaid;
  law::Posture posture = law::Posture::unknown;
};

/// Carries out an act: its effect on the world (a war opened, forces moved, a measure imposed), its
/// event, and its report to the law. `size`: people for force, share of income for sanctions and
/// blockades, MUSD a year for aid. Serial phases only. Returns the act's event.
EventId act(StepContext& context, law::ActKind kind, ActorId by, ActorId against, RegionId where,
            double size, const Manner& manner, EventId cause);

/// Hands an act that has its event already to the law of this step.
void report_act(StepContext& context, law::ActKind kind, ActorId by, ActorId against,
                RegionId where, double size, EventId event, const Manner& manner = {});

/// Imposes a measure and logs it; one already in force by the same on the same is not doubled,
/// but a blockade that is weaker by now is renewed.
EventId impose(StepContext& context, MeasureKind kind, ActorId by, PactId organisation, ActorId on,
               double size, EventId cause);
/// Lifts a measure and logs it.
EventId lift(StepContext& context, std::size_t measure, EventId cause);

/// Sends people into a region from the reserve, home power and garrisons next to it, as far as the
/// gate lets them (gate.h): a force that comes uninvited only its ceiling holds back. An invited
/// one is a guest from then on. Returns people sent.
double send_force(StepContext& context, ActorId by, RegionId where, double people, bool invited,
                  const Posting& posting);

}  // namespace casus
