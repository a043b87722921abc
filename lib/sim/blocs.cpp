#include "sim/blocs.h"

#include <algorithm>

#include "casus/law/membership.h"

namespace casus {
namespace {

/// Do its members owe each other armed help against an attack?
bool defends_its_members(const law::Pact& pact) {
  return !pact.declaration &&
         std::any_of(pact.articles.begin(), pact.articles.end(), [](const law::Article& a) {
           return !a.when.member_as_author && a.when.acts.contains(law::ActKind::invasion) &&
                  law::armed(law::highest(a.then.assist));
         });
}

}  // namespace

void Blocs::look_at(const World& w, PactId organisation, Date today) {
  open_ = 0;
  const law::Pact& outer = w.pacts[organisation.row()];
  found_.assign(outer.members.size(), PactId{});
  if (outer.organs.empty()) return;
  std::size_t members = 0;
  within_.clear();
  for (const law::Member& m : outer.members) {
    within_.push_back(law::is_member(outer, m.actor, today) ? 1 : 0);
    members += within_.back();
  }
  sizes_.assign(outer.members.size(), 0);
  for (std::size_t i = 0; i < w.pacts.size(); ++i) {
    const law::Pact& inner = w.pacts[i];
    if (i == organisation.row() || !law::in_force(inner, today) || !defends_its_members(inner)) {
      continue;
    }
    slots_.clear();
    for (std::size_t s = 0; s < outer.members.size(); ++s) {
      const ActorId who = outer.members[s].actor;
      if (within_[s] != 0 && law::is_member(inner, who, today)) slots_.push_back(s);
    }
    // Where it is most of the organisation it is no bloc within it.
    if (slots_.size() < 2 || 2 * slots_.size() > members) continue;
    for (const std::size_t s : slots_) {
      const bool better = slots_.size() > sizes_[s] ||
                          (slots_.size() == sizes_[s] && inner.key < w.pacts[found_[s].row()].key);
      if (!better) continue;
      found_[s] = PactId(i);
      sizes_[s] = slots_.size();
    }
  }
}

void Blocs::add(PactId pact, ActorId member, double estranged) {
  std::size_t at = 0;
  while (at < open_ && blocs_[at].pact != pact) ++at;
  if (at == open_) {
    if (open_++ == blocs_.size()) blocs_.emplace_back();
    blocs_[at].pact = pact;
    blocs_[at].members.clear();
    blocs_[at].estranged = 0.0;
  }
  blocs_[at].members.push_back(member);
  blocs_[at].estranged += estranged;
}

}  // namespace casus
