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

std::vector<PactId> blocs_in(const World& w, PactId organisation, Date today) {
  const law::Pact& outer = w.pacts[organisation.row()];
  std::vector<PactId> found(outer.members.size());
  if (outer.organs.empty()) return found;
  std::size_t members = 0;
  for (const law::Member& m : outer.members) {
    members += law::is_member(outer, m.actor, today) ? 1U : 0U;
  }
  std::vector<std::size_t> size(outer.members.size(), 0);  // of the bloc found
  std::vector<std::size_t> slots;
  for (std::size_t i = 0; i < w.pacts.size(); ++i) {
    const law::Pact& inner = w.pacts[i];
    if (i == organisation.row() || !law::in_force(inner, today) || !defends_its_members(inner)) {
      continue;
    }
    slots.clear();
    for (std::size_t s = 0; s < outer.members.size(); ++s) {
      const ActorId who = outer.members[s].actor;
      if (law::is_member(outer, who, today) && law::is_member(inner, who, today))
        slots.push_back(s);
    }
    // Where it is most of the organisation it is no bloc within it.
    if (slots.size() < 2 || 2 * slots.size() > members) continue;
    for (const std::size_t s : slots) {
      const bool better = slots.size() > size[s] ||
                          (slots.size() == size[s] && inner.key < w.pacts[found[s].row()].key);
      if (!better) continue;
      found[s] = PactId(i);
      size[s] = slots.size();
    }
  }
  return found;
}

void add_to(std::vector<Bloc>& blocs, PactId pact, ActorId member, double estranged) {
  auto at =
      std::find_if(blocs.begin(), blocs.end(), [pact](const Bloc& b) { return b.pact == pact; });
  if (at == blocs.end()) at = blocs.insert(at, {pact, {}, 0.0});
  at->members.push_back(member);
  at->estranged += estranged;
}

}  // namespace casus
