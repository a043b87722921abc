#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "casus/core/gather.h"
#include "casus/core/ids.h"
#include "casus/sim/mechanism.h"

namespace casus {

struct RelapseRules {
  double rate = 0.0;  ///< a year, of a group that sees the state with indifference
};

/// Have the two laid down arms in a war that both fought to its end, or for a ceasefire?
bool laid_down_arms(const World& w, ActorId group, ActorId owner);

/// Groups take up arms again against states with which they have made peace. That is decided by the
/// group as a whole, the likelier the less it likes the state: were it left to each of its hundreds
/// of attacks, the least dislike would end any peace within days.
class Relapses {
 public:
  void run(StepContext& context, const RelapseRules& rules);

 private:
  /// Put to a group that is at peace with a state after a war.
  struct Question {
    std::uint32_t war = 0;
    Decision decision;
    double rate = 0.0, view = 0.0;
    std::uint64_t key = 0;
  };
  static void look_at(const StepView& context, const RelapseRules& rules, std::size_t war,
                      std::vector<Question>& found);

  Gathered<Question> asked_;
};

}  // namespace casus
