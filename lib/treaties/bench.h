#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "casus/casebook/casebook.h"
#include "casus/law/pact_index.h"
#include "casus/law/resolve.h"
#include "casus/treaties/treaties.h"

// Made-up acts before real treaties: the world in which they are put to the law.
namespace casus::treaties {

/// Who acts, by what matters to a treaty.
enum class AuthorClass : std::uint8_t {
  member,    ///< another member
  state,     ///< a state outside
  external,  ///< a power from outside the region
  band,      ///< an armed group
  sent,      ///< an armed group that a state outside is shown to have sent
  own,       ///< its own army
  named,     ///< whom an article names
};

enum class PlaceClass : std::uint8_t {
  own,       ///< the victim's soil
  member,    ///< another member's
  outsider,  ///< that of a state outside
  nobodys,   ///< the seas and the air above them
};

/// What is asked about.
struct Cell {
  law::ActKind act = law::ActKind::invasion;
  AuthorClass author_class = AuthorClass::state;
  ActorId author, sponsor, victim;
  PlaceClass place_class = PlaceClass::own;
  law::Place place;
  std::string place_name;  ///< of places of the file
};

/// Circumstances that an article may ask for.
struct Frame {
  Date date{};
  law::ConflictKey conflict{};
  std::size_t attackers = 0;  ///< further states that attack the victim
};

/// What the victim and the organs do.
struct Conduct {
  bool asks = true;
  bool can_ask = true;  ///< of a government that was removed
  /// The most that members other than the author vote for; none: they vote against everything.
  law::Obligation votes = law::Obligation::war;
};

/// What the law says of it under one pact.
struct Ruling {
  bool covered = false, invoked = false;
  law::Reason reason = law::Reason::none;  ///< of the stage that said no, else of the invocation
  ArticleId article{};                     ///< that decides, or came closest
  std::vector<std::pair<ActorId, law::Obligation>> obliged;
  std::vector<std::pair<ActorId, law::Reason>> free;  ///< who owes nothing, and why
};

/// Treaties and the parties of their file, with outsiders that the file need not have. For one
/// thread at a time.
class Bench {
 public:
  Bench(const Treaties& treaties, std::vector<law::Pact> pacts);
  Bench(const Bench&) = delete;
  Bench& operator=(const Bench&) = delete;

  ActorId state() const { return state_; }
  ActorId external() const { return external_; }
  ActorId band() const { return band_; }
  static constexpr std::size_t most_attackers = 8;

  const law::PactIndex& index() const { return index_; }
  std::span<const law::Pact> pacts() const { return pacts_; }
  law::Resolution resolve(const Cell& cell, const Frame& frame, const Conduct& conduct) const;
  Ruling rule(const Cell& cell, const Frame& frame, const Conduct& conduct, std::size_t pact) const;

 private:
  std::vector<law::Pact> pacts_;
  /// The same for every question but for what it says of its victim, votes and wars: a copy for
  /// each costs more than the law does.
  mutable casebook::Situation situation_;
  ActorId state_, external_, band_;
  law::PactIndex index_;
};

/// The day on which a pact is read: that of the file if it is in force then.
Date reading_day(const law::Pact& pact, Date date);

/// The pact with this article alone, and nothing left to inherit.
law::Pact alone(const law::Pact& pact, std::size_t row, const law::PactIndex& index,
                const law::Clause& clause);

/// What of a place matters to the articles of a pact: places of one shade are alike to it.
std::string shade(const Bench& bench, std::size_t pact, Date date, const law::Place& place);

/// Acts that are asked about: hostile ones that are done by somebody to somebody.
std::vector<law::ActKind> asked_acts(law::ActSet acts);

/// Which cells: of acts besides those that the pact lists; and of one victim and place for each
/// kind that matters to its articles, or of every member and place.
struct Range {
  law::ActSet more{};
  bool offence = false;  ///< acts of members themselves as well, though no article is about them
  bool all = false;
  bool abroad = false;  ///< what strikes people and things, beyond their soil as well
  /// Parties that act besides those whom the articles mean, and that are hit besides the members.
  std::vector<ActorId> authors{}, victims{};
};

/// Whom a pact names as adversaries, excepted ones and those with whom it shuns war among them, and
/// whom besides its members it names as victims; in the order in which it does.
struct Named {
  std::vector<ActorId> adversaries, victims;
};
Named named_in(const law::Pact& pact);

/// All cells that a pact's articles can be about; deterministic, by names.
std::vector<Cell> cells(const Treaties& treaties, const Bench& bench, std::size_t pact, Date date,
                        const Range& range = {});

/// The circumstances in which an article can apply.
std::vector<Frame> frames(const law::Pact& pact, const law::Clause& clause, Date date);

}  // namespace casus::treaties
