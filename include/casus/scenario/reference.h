#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "casus/core/export.h"
#include "casus/scenario/vocabulary.h"

namespace casus {

/// The page of the reference for a section ("regions"), a key ("regions.population"), a mechanism
/// ("insurgency"), a parameter ("insurgency.attack_rate"), a topic ("numbers", "conditions",
/// "paths", "events", "edits") or an error code ("E0203"); a leading "mechanisms." may be left out.
/// "" is the index. Plain text, lines of at most 100 columns. For an unknown path it says so and
/// names the nearest ones.
CASUS_API std::string reference(const Vocabulary& vocabulary, std::string_view path);

/// Is there a page of exactly this name?
CASUS_API bool has_reference(const Vocabulary& vocabulary, std::string_view path);

/// Every page there is, in order; without error codes.
CASUS_API std::vector<std::string> reference_pages(const Vocabulary& vocabulary);

}  // namespace casus
