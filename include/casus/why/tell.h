#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "casus/core/export.h"
#include "casus/why/account.h"
#include "casus/world/decisions.h"

namespace casus::why {

/// A decision in words.
struct ToldDecision {
  Decision decision{};
  std::string text{};  ///< "does the member honour its duty: yes, chance 0.63, drew 0.21"
  std::string pact{};  ///< short title of the pact it is under
  std::vector<std::string> terms{};  ///< "would come: Russia 0.71", "affinity +0.40 (log odds)"
};

/// An event in words.
struct Told {
  EventId id{};
  std::string date;
  std::string text{};     ///< "Germany keeps its word to Austria-Hungary: war"
  std::string pact{};     ///< title of the pact it is under, if any
  std::string article{};  ///< id of its article
  std::string words{};    ///< of the article, if it has any
  std::string because{};  ///< the reason that the law gives
  std::string origin{};   ///< where it comes from, if no event has caused it
  std::vector<EventId> causes{};
  std::vector<ToldDecision> decisions{};
};
CASUS_API Told tell(const Account& account, EventId event);
/// A decision that no event says, or that came near.
CASUS_API ToldDecision tell(const Account& account, const Decision& decision);
/// The title of an actor, its name where it has none.
CASUS_API std::string title(const Account& account, ActorId actor);

/// A chain as text, one step after the other, in lines of at most 100 columns: all that led to the
/// event, but that of several attacks in a row, each set off by the one before, first and last are
/// told. `all`: tells each.
CASUS_API std::string write(const Account& account, EventId event, bool all);
/// The same as a graph in the language of Graphviz, and as JSON.
CASUS_API std::string dot(const Account& account, EventId event);
CASUS_API std::string json(const Account& account, EventId event);

/// The page of the reference for kinds of events ("events.honour"), decisions ("decisions",
/// "decisions.war"), terms ("terms") and levels of help ("levels"); empty if it is none.
CASUS_API std::string page(std::string_view path);
CASUS_API std::vector<std::string> pages();

}  // namespace casus::why
