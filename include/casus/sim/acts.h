#pragma once

#include <optional>
#include <vector>

#include "casus/core/export.h"
#include "casus/core/ids.h"
#include "casus/law/expectation.h"
#include "casus/law/vocabulary.h"
#include "casus/sim/mechanism.h"

namespace casus {

/// An act to be done, with its effect on the world: what the timeline's `emit` says in a scenario.
struct ActOrder {
  law::ActKind act{};
  ActorId by{};
  ActorId against{};                 ///< equal to `by` for what happens inside a state
  RegionId where{};                  ///< none: where `by` would enter the country
  double size = 1.0;                 ///< people for force, deaths of a strike, share of income for
                                     ///< sanctions and blockades, MUSD a year for aid; [0, 1e8]
  double severity = 1.0;             ///< [0, 1], see law::Settings::armed_attack
  bool invited = false;              ///< the government in place asked for it
  std::optional<bool> help_asked{};  ///< the victim asks for help over it; unset: it decides
  law::Claimant government = law::Claimant::unsaid;  ///< of a recognition: which of two
  bool imminent = false;  ///< the other was about to attack; matters under some doctrines
  bool repelled = false;  ///< what it answers has been beaten back; matters under some doctrines
  law::Claimant asked_by = law::Claimant::unsaid;    ///< which of two governments asks for help
  law::Claimant invited_by = law::Claimant::unsaid;  ///< which of two has asked the forces in
  law::Posture posture = law::Posture::unknown;      ///< said of it; unknown: by the facts
};

/// What of an order is state: everything (archive.h).
CASUS_API void archive(Archive& a, ActOrder& order);

/// Does it: forces move, a war opens, a measure is imposed; the event is logged, and the law of
/// this step hears of it (a mechanism that acts stands before `commitments`). Serial phases only.
/// Returns the act's event, none for a measure in force already. Throws ContractError for what is
/// no actor, no region, or outside its range.
CASUS_API EventId act(StepContext& context, const ActOrder& order, EventId cause = {});
/// The same check, and nothing done.
CASUS_API void check_order(const World& world, const ActOrder& order);
/// Who would come to the help of the other side if this were done, as `observer` believes; see
/// law::expected_coalition.
CASUS_API std::vector<law::Expected> expected(const StepView& context, const ActOrder& order,
                                              ActorId observer);

}  // namespace casus
