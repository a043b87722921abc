#pragma once

#include "casus/law/act.h"
#include "casus/law/doctrines.h"
#include "casus/law/facts.h"
#include "casus/law/memory.h"
#include "casus/law/stages.h"

// Two governments of one state, and whose word is the state's. Each who judges takes the word of
// the government that it recognises; who has not said takes that of either.
namespace casus::law {

/// Which of two governments `viewer` recognises: as an act of recognition has said last, else as
/// the facts have it.
Claimant recognised(ActorId viewer, ActorId state, const Facts& facts, const DecisionMemory* known);
/// What an act of recognition leaves behind.
Remembered recognition_of(const Act& act, const Facts& facts);

/// What forces leave behind that one of two governments has asked for.
Remembered entry_of(const Act& act, const Facts& facts);

/// Is what that government says the word of the state, to `viewer`? For who has recognised neither
/// the doctrine answers.
bool speaks_for(Claimant government, ActorId state, ActorId viewer, const Facts& facts,
                const Doctrines& doctrines, const DecisionMemory* known);

/// Who governs a state: as the facts say, else as the coups among the acts so far have left it.
Government government_of(ActorId state, const Facts& facts, const DecisionMemory* known);
/// What a coup leaves behind where the facts do not say who governs.
Remembered coup_of(const Act& act, ActorId state, const Facts& facts);

/// Does one of two governments consent to what is done on their soil? Then those who recognise the
/// other see force without consent.
bool contested(const Act& act, const Facts& facts, const DecisionMemory* known);

/// The act as its author sees it: invited, if by the government that the author recognises.
Act as_its_author_sees(const Act& act, const Facts& facts, const Doctrines& doctrines,
                       const DecisionMemory* known);

/// Has the member's own view of who governs the victim taken away its duty: because the one that
/// asks, or the other way round the one that consented, is not, or is, the one it recognises?
/// Reason::none: it has not.
Reason by_recognition(const Case& c, const Coverage& coverage, ActorId member,
                      const Context& context);

/// Which of the governments asks: as the act says; else the one removed, if help is asked against
/// those who removed it, and otherwise those in office.
Claimant asker(const Case& c, const Coverage& coverage);

}  // namespace casus::law
