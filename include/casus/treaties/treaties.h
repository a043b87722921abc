#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "casus/core/calendar.h"
#include "casus/core/export.h"
#include "casus/law/facts.h"
#include "casus/law/pact.h"
#include "casus/scenario/scenario.h"

/// Treaties as they are read: in sentences, for their gaps, and beside another.
namespace casus::treaties {

struct Signatory {
  std::string name, title;
  law::PartyKind kind = law::PartyKind::state;
};

struct Territory {
  std::string name, title;
  law::Place place;
};

/// The treaties of a file, and all that they name. Rows are those of the file; whatever is listed
/// for readers goes by name.
struct Treaties {
  std::string file;
  Date date{};                     ///< on which they are read
  std::vector<Signatory> parties;  ///< ActorId is a row of this
  std::vector<Territory> places;   ///< RegionId is a row of this
  law::AreaNames areas;
  std::vector<std::string> conflicts;  ///< names of wars, crises and disputes
  std::vector<law::Pact> pacts;
  bool names_only = false;  ///< a file of treaties, which has names and no titles
};

/// Of a scenario, read on its first day.
CASUS_API Treaties treaties_of(const ScenarioData& scenario, const std::string& file);
/// Of a scenario, or of a file of cases: what that says for all its cases or, with `of_case`, for
/// this one. A file of cases is read on its `date`; on the day its last treaty came into force if
/// it gives none. Throws ScenarioError.
CASUS_API Treaties load_treaties(const std::string& file, const Vocabulary& vocabulary,
                                 const ReadLimits& limits = {}, const std::string& of_case = {});

/// Of several files of treaties, read together. Throws ScenarioError.
CASUS_API Treaties load_treaties(const std::vector<std::string>& files,
                                 const ReadLimits& limits = {});

/// The same from text; `name` stands for the file in messages.
CASUS_API Treaties parse_treaties(const std::string& text, const std::string& name,
                                  const Vocabulary& vocabulary, const ReadLimits& limits = {},
                                  const std::string& of_case = {});

/// The rows of the pacts, in the order of their names.
CASUS_API std::vector<std::size_t> by_name(const std::vector<law::Pact>& pacts);

}  // namespace casus::treaties
