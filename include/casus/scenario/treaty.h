#pragma once

#include <string>
#include <vector>

#include "casus/core/export.h"
#include "casus/law/pact.h"
#include "casus/text/limits.h"

namespace casus {

/// A file of treaties read by itself: all their parties, and no scenario around them.
struct TreatyFile {
  std::string title, description;
  std::vector<std::string> parties;  ///< members of one of the pacts, in the order of names
  std::vector<std::string> actors;   ///< these and whoever else is named: `ActorId` is a row of it
  law::AreaNames areas;              ///< terms for places that the articles use
  std::vector<law::Pact> pacts;
};

/// Does the file say that it is a treaty? Of a file that cannot be read: no.
CASUS_API bool is_treaty(const std::string& file);
/// Throws ScenarioError with every problem found.
CASUS_API TreatyFile load_treaty(const std::string& file, const ReadLimits& limits = {});
/// Several files as if they were one.
CASUS_API TreatyFile load_treaty(const std::vector<std::string>& files,
                                 const ReadLimits& limits = {});

}  // namespace casus
