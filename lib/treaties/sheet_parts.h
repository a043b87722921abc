#pragma once

#include "casus/law/pact_index.h"
#include "casus/treaties/sheet.h"
#include "treaties/phrases.h"

namespace casus::treaties {

/// An article, with what it takes from the one it extends.
Part article_part(const Speaker& speaker, const law::Pact& pact, const law::Clause& clause);

}  // namespace casus::treaties
