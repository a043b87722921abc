#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "casus/core/export.h"
#include "casus/core/ids.h"
#include "casus/core/weighed.h"

namespace casus {

class Archive;

/// One decision. It is yes if and only if draw < probability, where there was one draw.
struct Decision {
  EventId event{};  ///< that says what was decided; none: no event does
  EventId about{};  ///< the event that it was about, where no event says what was decided
  DecisionKind kind{};
  bool yes = false;
  std::uint32_t step = 0;
  /// That it was asked, for the nearest of many. Of the timeline: 1 + its entry, 0 for a program's.
  std::uint32_t times = 1;
  ActorId who{}, whom{};
  PactId pact{};
  ArticleId article{};
  /// -1: not known, of a weighted vote, whose ways to turn out nobody counts.
  double probability = 1.0;
  double draw = no_draw;
  std::uint32_t term_begin = 0, term_count = 0;

  /// Of what was decided by a count, by several draws, or by none.
  static constexpr double no_draw = -1.0;
  bool drawn() const { return draw >= 0.0; }
};

/// How much likelier, in log odds, a decision would have had to be to go the other way. Where it
/// was not one draw, to be as likely as not.
CASUS_API double shortfall(const Decision& decision);

/// What was weighed in a run, beside its events. What is asked every day and answered no has no
/// record each time: of each question the no stays that came nearest to a yes, and how often it was
/// asked. So there are as many records as there are decisions that something came of, and as many
/// more as there are questions.
class CASUS_API DecisionLog {
 public:
  /// A decision that is said by an event, or that is taken seldom.
  void add(Decision decision, std::span<const Term> terms = {});
  /// A no to a question that is asked again and again; `question` is made of names.
  void declined(const Decision& decision, std::uint64_t question);
  /// The same for whoever has many questions and asks them in one order: `place` is where this one
  /// was found last time, or any number.
  void declined(const Decision& decision, std::uint64_t question, std::uint32_t& place);

  /// Counts a no of which it is only known that its probability is above 0 and not above `most`,
  /// if it cannot be the nearest. Otherwise nothing is done, and the answer is no: then the
  /// probability has to be found out. `place` as above. May be called for several questions at
  /// once, each of which is asked once, and by nobody else meanwhile: it writes to the question's
  /// own count alone.
  bool counted(double draw, double most, std::uint64_t question, std::uint32_t& place);
  /// The same as declined() for a question that has been asked before; of another one nothing is
  /// done, and the answer is no. May be called as counted() may.
  bool declined_again(const Decision& decision, std::uint64_t question, std::uint32_t& place);

  std::span<const Decision> all() const { return decisions_; }
  /// Of each question the no that came nearest to a yes, with how often it was asked.
  std::vector<Decision> nearest() const;
  std::size_t questions() const { return asked_.size(); }
  std::span<const Term> terms(const Decision& d) const {
    return std::span(terms_).subspan(d.term_begin - terms_gone_, d.term_count);
  }
  /// Lets go of all that was decided before step `step`, but for what came nearest.
  void let_go(std::uint32_t step);
  void archive(Archive& a);

 private:
  /// What is looked at each time a question is asked, apart from the decision itself, which is
  /// seldom another than before: so that it is one read from memory, and not three.
  struct Asked {
    std::uint64_t question = 0;
    double miss = 0.0, room = 0.0;  ///< of the nearest
    std::uint32_t times = 0;

    bool nearer(const Decision& d) const;
  };

  static Asked first(const Decision& decision, std::uint64_t question);
  bool find(std::uint64_t question, std::uint32_t& place) const;
  std::size_t slot(std::uint64_t question) const;
  void index();

  std::vector<Decision> decisions_;
  std::vector<Term> terms_;
  std::uint64_t terms_gone_ = 0;
  std::vector<Decision> nearest_;  ///< of each question; how often it was asked is not in it
  std::vector<Asked> asked_;
  std::vector<std::uint32_t> table_;  ///< open addressing; 0 free, else 1 + the row
};

}  // namespace casus
