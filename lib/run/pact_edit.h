#pragma once

#include <string>
#include <vector>

#include "casus/core/calendar.h"
#include "casus/law/pact.h"
#include "casus/scenario/scenario.h"

namespace casus {

/// Edits of pacts in mid-run. What the run has done to a pact and what the edit does to it are both
/// kept; a member that both have touched, and dates that lie in the past, are problems.
class PactEditor {
 public:
  PactEditor(Date today, const std::vector<ActorSpec>& actors, std::vector<std::string>& changes,
             std::vector<std::string>& problems)
      : today_(today), actors_(actors), changes_(changes), problems_(problems) {}

  law::Pact added(const law::Pact& edited);
  /// `old` and `edited` are the scenarios', `run` is that of the state.
  law::Pact merged(const law::Pact& old, const law::Pact& edited, const law::Pact& run);
  /// It ends today.
  law::Pact removed(const law::Pact& run);

 private:
  void expect_future(const std::string& path, std::optional<Date> old, std::optional<Date> edited);
  void expect_future(const std::string& path, const law::Member& old, const law::Member& edited);
  void members(const law::Pact& old, const law::Pact& edited, const law::Pact& run,
               law::Pact& made);

  Date today_;
  const std::vector<ActorSpec>& actors_;
  std::vector<std::string>& changes_;
  std::vector<std::string>& problems_;
};

}  // namespace casus
