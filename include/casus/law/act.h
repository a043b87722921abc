#pragma once

#include <optional>

#include "casus/core/calendar.h"
#include "casus/core/export.h"
#include "casus/core/ids.h"
#include "casus/law/pact.h"

namespace casus::law {

/// What the victim had done to the author before.
struct Provocation {
  bool by_victim = false;
  double severity = 0.0;  ///< [0, 1]; counts from Settings::provocation_threshold on
  bool baited = false;    ///< itself an answer to an act of the author: does not count
};

/// Something that was done, as the law sees it.
struct Act {
  EventId event{};  ///< where it stands in the caller's log
  ActKind kind = ActKind::invasion;
  ActorId author{};  ///< none: unknown. For a coup by a state's own army: that state
  ActorId victim{};  ///< none: the sovereign of the place (attacks on civilians)
  Place place{};     ///< where the victim was hit
  Date date{};
  ConflictKey conflict{};  ///< the dispute it belongs to; none: derived from the two parties
  std::optional<Date> war_begun{};  ///< when that dispute became a war, if before this act
  double severity = 1.0;            ///< [0, 1]
  double size = 0.0;                ///< people engaged, >= 0

  ActorId sponsor{};              ///< on whose behalf, as alleged
  double sponsor_evidence = 0.0;  ///< probability that this can be shown
  ActorId host{};                 ///< from whose soil
  double host_evidence = 0.0;     ///< probability that the host can be held responsible

  Posture posture = Posture::unknown;  ///< unknown: derived from the facts
  ActorId on_behalf_of{};              ///< whom the author helps by it; none: itself
  bool invited = false;                ///< the government in office of the place asked for it
  bool against_usurper = false;        ///< of a coup: who is in office took power by one
  std::optional<bool> help_asked{};    ///< the victim asks for help over it; unset: see Facts
  Provocation provocation{};
  bool demand_made = false;  ///< the victim's side had made a demand that was refused
  /// Where a state has two governments: which of them asks for help over it, and which consents to
  /// what is done on its soil; unset: see Clause::requester, and `invited`.
  Claimant asked_by = Claimant::unsaid;
  Claimant invited_by = Claimant::unsaid;
  /// Of an authorisation: the most it allows (arms, or measures short of them; none: war), until
  /// when, and who has vetoed it.
  Obligation authorises = Obligation::none;
  std::optional<Date> until{};
  ActorId vetoed_by{};
  bool agreed = false;  ///< of an armistice or a peace: the allies of those who make it agree
  /// What the sponsor has to do with those who acted, and whether the host can stop them; both
  /// matter under some doctrines alone.
  Control control = Control::unsaid;
  bool host_unable = false;  ///< the state whose soil it is cannot or will not stop them
  bool imminent = false;     ///< the victim was about to attack the author
  bool repelled = false;     ///< what it answers has been beaten back, and no more is to come
  /// Of the victim's request: the most it asks for (none: all that is owed), or that it takes back
  /// what it has asked for.
  Obligation asks_for = Obligation::none;
  bool withdraws_request = false;
  Claimant government = Claimant::unsaid;  ///< of a recognition: which it recognises
};

/// What of an act is state: everything (archive.h).
CASUS_API void archive(Archive& a, Act& act);

struct Settings;
class Facts;

/// Does it use force, and as gravely as an armed attack does (Settings::armed_attack)?
CASUS_API bool armed_attack(const Act& act, const Settings& settings);
/// Does it put author and victim at war, whatever there was before? So do an armed attack, a
/// declaration, and forces that come without the consent of the government in office.
CASUS_API bool makes_war(const Act& act, const Settings& settings);
/// Does its victim suffer force first, so that to answer is defence? So does a blockade as well
/// (Definition of Aggression, General Assembly resolution 3314 (XXIX), article 3(c)).
CASUS_API bool first_force(const Act& act, const Settings& settings);
/// Is it done in defence of its author or of another?
constexpr bool in_defence(Posture p) {
  return p == Posture::self_defence || p == Posture::collective_defence;
}
/// Is it about what the Security Council allows?
CASUS_API bool of_council(const Act& act);
/// Does it end or suspend a fight: an armistice, a peace?
CASUS_API bool settles(const Act& act);
/// The same act as one against the state whose territory it hits, or on whose soil it fights a
/// band; nullopt if that state is its author or its victim, or has consented, or the author is an
/// armed group; under ForeignSoil::unable_or_unwilling also if that state cannot stop a band that
/// is answered in defence (`defends`).
CASUS_API std::optional<Act> trespass(const Act& act, const Facts& facts, const Settings& settings,
                                      bool defends);

}  // namespace casus::law
