#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "casus/casebook/casebook.h"
#include "casus/core/diagnostics.h"
#include "casus/core/export.h"
#include "casus/law/membership.h"
#include "casus/law/organ.h"
#include "casus/law/resolve.h"
#include "casus/law/stages.h"

/// Decides the cases of a casebook, and says where the law answers otherwise than they expect.
namespace casus::casebook {

/// Why the author of a case expects what was found.
struct Why {
  enum class Of : std::uint8_t { verdict, breach, conflict };
  Of of = Of::verdict;
  std::uint32_t index = 0;  ///< in the resolution
  std::string text;
};

/// What came of one step.
struct StepOpinion {
  std::vector<law::Change> changes;  ///< one for each of the step's
  std::vector<law::Pact> pacts;      ///< as they stood when the acts were judged
  law::Resolution resolution;
  std::vector<std::uint32_t> acts;  ///< of each act of the step, its index in the resolution
  std::vector<law::Vote> votes;     ///< one for each that is expected
  std::vector<std::vector<ActorId>> foreseen;       ///< one for each that is expected, by name
  std::vector<std::pair<ActorId, ActorId>> at_war;  ///< in the end; each pair, and all, by name
  std::vector<std::uint32_t> contested;  ///< verdicts that stand where another was expected
  std::vector<Why> whys;                 ///< of what stands where it was expected
  std::vector<Diagnostic> differences;   ///< each at the expectation that was not met
};

struct CASUS_API Opinion {
  std::vector<StepOpinion> steps;
  bool as_expected() const;
  /// Of all steps, in the order of the file.
  std::vector<Diagnostic> differences() const;
};

/// A pure function of the case. `stages`: to see what each stage of the law contributes.
CASUS_API Opinion decide(const LegalCase& c, const law::Stages& stages = {});

/// A line of an opinion, of whatever form it is given.
struct OpinionLine {
  enum class Kind : std::uint8_t {
    title,       ///< of the case
    instrument,  ///< of which treaty
    situation,
    step,
    act,
    pact,
    member,
    verdict,  ///< `yes` and `contested` are of these
    words,    ///< of the article that a verdict names
    why,      ///< what the case's author says of it
    change,
    conflict,
    breach,
    answer,    ///< the sentence that answers
    at_war,    ///< who is, in the end
    expected,  ///< is all as it was expected?
    difference
  };
  Kind kind = Kind::verdict;
  std::string text;
  unsigned indent = 0;     ///< of the text
  bool apart = false;      ///< an empty line goes before it
  bool wrapped = false;    ///< it is a text that may be long
  bool yes = true;         ///< of a verdict
  bool contested = false;  ///< another was expected
};

/// The opinion line by line: of each act and pact the stages in their order, with article and
/// reason in words.
CASUS_API std::vector<OpinionLine> opinion_lines(const LegalCase& c, const Opinion& opinion);

/// The same as a text: of each act and pact the stages in their order, with article and reason
/// in words. Verdicts that stand where another was expected are marked with "!".
CASUS_API std::string write_opinion(const LegalCase& c, const Opinion& opinion);

/// What a reason means, in a clause that can follow "because": "the act is not one it lists". From
/// the table in words.h.
CASUS_API std::string_view in_words(law::Reason reason);

}  // namespace casus::casebook
