#include "why/event_words.h"

#include <array>
#include <cstddef>

namespace casus::why {
namespace {

// In the order of the enumeration.
constexpr auto rows = std::to_array<EventWords>({
    {"{who} stands[ against {whom}]",
     "A war, a crisis or a measure that is in force when the run begins. Size: the stake of a "
     "crisis, the size of a measure."},
    {"{who} attacks {whom}[ in {where}][ ({size} attacks)]",
     "An armed group attacks, the state, civilians or a rival. Size: attacks in the step."},
    {"{who} goes after {whom:insurgents}[ in {where}][ ({size} operations)]",
     "A state's side goes after insurgents, or after those whom it takes for them. Size: "
     "operations in the step."},
    {"{who} and {whom} fight a battle[ in {where}]",
     "Armies fight. Size: 1 the defender gave way, -1 the attacker did, 0 neither."},
    {"a coup is attempted in {whom}",
     "Plotters try to take power; the state is author and target."},
    {"the coup in {whom} succeeds", "The attempt succeeds, and a junta is in power."},
    {"{who} threatens {whom}[ (stake {share})]",
     "A threat; it opens a dispute. Size: what is at stake, war's prize being 1."},
    {"{who} gives {whom} an ultimatum[ (stake {share})]",
     "A dispute has become an ultimatum. Size: what is at stake, war's prize being 1."},
    {"{who} puts sanctions on {whom}[ (share of income cut: {share})]",
     "A sanction begins. Size: share of income that it cuts."},
    {"{who} lifts its sanctions on {whom}", "A sanction ends. Size: what it was."},
    {"{who} intervenes against {whom}[ in {where}][ with {people} people]",
     "An organisation's member, or a state that helps one side, sends force. Size: people."},
    {"{who} invades {whom}[ at {where}][ with {people} people]",
     "An army enters a country without its consent. Size: people."},
    {"{who} goes on into {where} of {whom}[ with {people} people]",
     "An army takes ground in a country in which it stands already. Size: people."},
    {"{who} strikes {whom}[ in {where}]",
     "Fire on a territory or on forces. Size: people it kills."},
    {"forces of {who} are let in by {whom}[ in {where}][: {people} people][ ({pact})]",
     "Forces come that are let in. Size: people."},
    {"{who} withdraws its forces from {whom}[ ({people} people)]",
     "Forces abroad go home. Size: people."},
    {"{who} sends the forces of {whom} away[ ({people} people)]",
     "A host sends a guest's forces away. Size: people."},
    {"{pact}, article {article}, covers this, for {whom}",
     "The law: an article covers the act. Size: the most that it offers, as a level."},
    {"{whom} calls on {pact}[, article {article}][: up to {level}]",
     "The law: the article is set in motion, as its procedure asks. Size: the most that was "
     "granted, as a level."},
    {"{who} owes {whom} help: {level}",
     "The law: a member is obliged. Size: the most that it owes, as a level."},
    {"{who} is able to give {whom} help: {level}",
     "The law: what is owed is within the member's reach. Size: the most that is, as a level."},
    {"{who} keeps its word to {whom}: {level}",
     "A member honours its obligation. Size: the help that it gives, as a level."},
    {"{who} does not keep its word[ to {whom}]",
     "A member does not honour its obligation, or breaks a promise. Size: the stage of the law, or "
     "the gravity of what was done."},
    {"{who} is bound to both sides[ and sides with {whom}]",
     "A conflict of obligations, and how it was decided. Size: its kind."},
    {"{who} makes a statement[ about {whom}]", "Words; or, with size 1, bases are granted."},
    {"{who} gives {whom} aid[ of {size} MUSD a year]", "Aid begins. Size: MUSD a year."},
    {"{who} mediates[ for {whom}]", "Somebody offers good offices."},
    {"{who} blockades {whom}", "A blockade begins. Size: share of income that it cuts."},
    {"{who} mobilises[ against {whom}]", "A state mobilises in general."},
    {"war begins: {who} against {whom}",
     "A war begins. Size: 1 between states, 0 with an armed group."},
    {"{who} joins the war at the side of {whom}",
     "A party enters a war that goes on. Size: 1 between states, 0 with an armed group."},
    {"the war between {who} and {whom} ends", "A war is over."},
    {"{who} and {whom} cease fire", "A ceasefire; the war is not over."},
    {"{who} and {whom} settle the matter", "A crisis is settled, or peace is made."},
    {"{who} accedes to {pact}", "A state becomes a member."},
    {"{who} gives notice to {pact}",
     "A member gives notice; it is bound until notice has run out."},
    {"{who} leaves {pact}", "A member's notice has run out."},
    {"{pact} suspends {who}", "A member is suspended."},
    {"{pact} lifts the suspension of {who}", "A suspension ends."},
    {"{whom} loses {where} to {who:armed groups}",
     "A state has lost a region. Size: the share it still holds."},
    {"{who} regains {where}", "A state holds a region again. Size: the share it holds."},
    {"{who} parts from {whom}[ with {people} people]", "A group splits. Size: people who part."},
    {"{whom} goes into {who}", "Two groups unite. Size: people in all."},
    {"{pact} votes on force[ against {whom}]",
     "An organ votes on force. Size: 1 if it is adopted."},
    {"{who} consults[ with {whom}]", "Members consult."},
    {"{who} commits a hostile act[ against {whom}][ in {where}]",
     "Any other act the law looks at; article and reason say which."},
    {"{law_no}", "A stage of the law answered no. Size: the stage; the reason says why."},
    {"the war between {who} and {whom} goes on", "A ceasefire is over. Size: as for war_begins."},
    {"{size} people of {who} leave the field", "The timeline took people out. Size: people."},
    {"{who} gains ground[ from {whom}][ in {where}]",
     "An army, or a state that clears a region, moves forward."},
});
static_assert(rows.size() == static_cast<std::size_t>(EventKind::advance) + 1);

}  // namespace

const EventWords* event_words(EventKind kind) {
  const auto row = static_cast<std::size_t>(kind);
  return is_own(kind) || row >= rows.size() ? nullptr : &rows[row];
}

}  // namespace casus::why
