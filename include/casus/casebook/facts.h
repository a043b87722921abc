#pragma once

#include <optional>
#include <string>
#include <vector>

#include "casus/casebook/casebook.h"
#include "casus/core/export.h"

namespace casus::casebook {

/// What a file of cases takes for given before any case happens.
struct CommonFacts {
  Situation situation;
  law::AreaNames areas;
  std::vector<law::Pact> pacts;
  std::vector<std::string> disputes;
  std::optional<Date> date;
};

/// What the file says for all its cases, of which it need not have any; with `of_case`, what it
/// says for that one. Throws ScenarioError, also where that says no pact.
CASUS_API CommonFacts common_facts(const std::string& text, const std::string& name,
                                   const std::string& of_case = {}, const ReadLimits& limits = {});

}  // namespace casus::casebook
