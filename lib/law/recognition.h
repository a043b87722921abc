#pragma once

#include "casus/law/act.h"
#include "casus/law/facts.h"
#include "casus/law/stages.h"

// Two governments of one state, and whose word is the state's. Each who judges takes the word of
// the government that it recognises; who has not said takes that of either.
namespace casus::law {

/// Is what that government says the word of the state, to `viewer`?
bool speaks_for(Claimant government, ActorId state, ActorId viewer, const Facts& facts);

/// Does one of two governments consent to what is done on their soil? Then those who recognise the
/// other see force without consent.
bool contested(const Act& act, const Facts& facts);

/// The act as its author sees it: invited, if by the government that the author recognises.
Act as_its_author_sees(const Act& act, const Facts& facts);

/// Has the member's own view of who governs the victim taken away its duty: because the one that
/// asks, or the other way round the one that consented, is not, or is, the one it recognises?
/// Reason::none: it has not.
Reason by_recognition(const Case& c, const Coverage& coverage, ActorId member, const Facts& facts);

/// Which of the governments asks: as the act says; else the one removed, if help is asked against
/// those who removed it, and otherwise those in office.
Claimant asker(const Case& c, const Coverage& coverage);

}  // namespace casus::law
