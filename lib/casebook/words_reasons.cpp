#include <cstddef>
#include <iterator>
#include <string>

#include "casus/casebook/opinion.h"
#include "casus/casebook/words.h"
#include "casus/core/contracts.h"

namespace casus::casebook {
namespace {

using R = law::Reason;
using S = law::Stage;
constexpr Answer yes = Answer::yes, no = Answer::no, either = Answer::either;
constexpr law::EnumSet<S> attributed{S::attributed}, covered{S::covered}, invoked{S::invoked},
    obliged{S::obliged}, able{S::able}, honoured{S::honoured}, consequence{S::consequence},
    change{};

// In the order of the enumeration: a reason without a row does not compile.
constexpr ReasonWords rows[] = {
    {R::none, change, no, "no reason is given", "No reason is given."},
    {R::author_known, attributed, yes, "the author is known",
     "The author acted openly or is known."},
    {R::author_unknown, attributed, no, "nobody knows who did it", "Nobody is known or accused."},
    {R::no_victim, attributed, no, "it is directed against nobody",
     "It is directed against nobody."},
    {R::evidence_sufficient, attributed, yes, "the evidence against the sponsor or host suffices",
     "The sponsor's or host's hand is shown (evidence of .5 or more)."},
    {R::evidence_insufficient, attributed, no,
     "the evidence against the sponsor or host does not suffice",
     "The sponsor's or host's hand is not shown."},
    {R::article_applies, covered, yes, "the article applies to this act, place and adversary",
     "The article is about this kind of act, by this adversary, in this place, at this time."},
    {R::extension_applies, covered, yes, "an article that widens another applies",
     "The same, by an article that `extends` another."},
    {R::act_not_listed, covered, no, "acts of this kind are not among those it lists",
     "No article is about this kind of act."},
    {R::defensive_act, covered, no, "the act is itself one of defence",
     "The act answers an attack: the victim is the aggressor."},
    {R::author_is_member, covered, no, "the author is a member, and the pact is against outsiders",
     "The author is a member, and the article is against outsiders."},
    {R::author_not_member, covered, no, "the author is not a member whose acts bring it into play",
     "An article of offence, and the author is not (or no longer) a member."},
    {R::adversary_not_listed, covered, no, "it is not directed against this adversary",
     "The article names other adversaries."},
    {R::adversary_excluded, covered, no, "it leaves this adversary out",
     "The article leaves this adversary out."},
    {R::sponsor_not_proven, covered, no, "the hand of the sponsor or host is not proven",
     "It would apply to the sponsor or host, whose hand is not shown well enough."},
    {R::place_not_covered, covered, no, "the place is outside its area",
     "The place is outside its area."},
    {R::place_excluded, covered, no, "it leaves this place out",
     "The place is left out of its area."},
    {R::not_in_force, covered | obliged, no, "the pact is not in force",
     "The pact is not yet, or no longer, in force on that day."},
    {R::victim_not_member, covered, no, "the victim is not a member",
     "The victim is not a member on that day and cannot claim anything."},
    {R::victim_suspended, covered, no, "the victim is suspended",
     "The victim is suspended, and suspension takes its protection."},
    {R::victim_has_left, covered, no, "the victim has left",
     "The victim has left and cannot claim anything."},
    {R::victim_role, covered, no, "nothing is owed to a member in the victim's role",
     "Nothing is owed to a member in the victim's role."},
    {R::war_began_before_pact, covered | obliged, no, "the war began before the pact bound",
     "The act belongs to a war that is older than the pact, or than the membership of the victim "
     "or of the member asked."},
    {R::before_start_date, covered, no, "the act came before the article's first day",
     "The article is for a later time."},
    {R::after_end_date, covered, no, "the act came after the article's last day",
     "The article is for an earlier time."},
    {R::other_conflict, covered, no, "it is meant for another conflict",
     "The article is for another conflict."},
    {R::too_few_adversaries, covered, no, "fewer states attack than it demands",
     "Fewer states attack than it demands."},
    {R::too_many_adversaries, covered, no, "more states attack than it allows for",
     "More states attack than it allows for."},
    {R::no_demand_made, covered, no, "no demand was made and refused before",
     "It is for after a demand was made and refused."},
    {R::victim_provoked, covered, no, "the victim provoked it", "It is for unprovoked attack."},
    {R::victim_joined_war, covered, no,
     "the victim entered this war against the author by its own choice",
     "The victim entered this war against the author by its own choice."},
    {R::not_severe_enough, covered, no, "the act is not grave enough",
     "The act is less grave than the article asks, or than an armed attack."},
    {R::against_usurper, covered, no, "who is in office took power by a coup",
     "It protects lawful governments, and who is in office took power by a coup."},
    {R::own_act, covered, no, "the victim did it itself, or had it done",
     "The victim did it itself, or it is shown that it had it done: nobody is helped against "
     "himself."},
    {R::automatic, invoked, yes, "neither request nor decision is needed",
     "Neither request nor decision is needed."},
    {R::requested, invoked, yes, "the victim asks for help",
     "The victim asks, or has asked before."},
    {R::not_requested, invoked, no, "the victim does not ask for help", "The victim does not ask."},
    {R::government_cannot_ask, invoked, no, "the government that could ask has been silenced",
     "Who could ask is silenced."},
    {R::usurper_cannot_ask, invoked, no,
     "those who took power cannot ask for help against themselves",
     "Those who took power cannot ask for help against themselves."},
    {R::adopted, invoked, yes, "the organ has adopted it", "The organ voted for it."},
    {R::rejected, invoked, no, "the organ has not found the votes for it",
     "The organ found too few votes for it."},
    {R::vetoed, invoked, no, "it was vetoed", "A member with a veto voted against."},
    {R::no_quorum, invoked, no, "too few members attended", "Too few members were present."},
    {R::chair_refused, invoked, no, "whoever presides refused",
     "The chair is against, or cannot vote."},
    {R::objection, invoked, no, "a member objected, and one is enough",
     "A member voted against, under unanimity or consensus."},
    {R::decided_earlier, invoked, either, "the organ has decided on this conflict before",
     "The organ has decided on this conflict before."},
    {R::outside_competence, invoked, no, "the organ may not decide on any of this",
     "The organ may not decide on any help that the article knows."},
    {R::bound, obliged, yes, "it is bound", "To all the article says."},
    {R::bound_during_notice, obliged, yes,
     "it has given notice, but is bound until the notice runs out",
     "Its notice of withdrawal has not run out."},
    {R::reserved, obliged, either, "it has made a reservation",
     "Its reservation takes the article away, or limits what it owes; also one to the article that "
     "this one extends."},
    {R::exempt, obliged, no, "the article exempts it", "The article leaves the member out."},
    {R::not_yet_member, obliged, no, "it is not yet a member", "It joined later."},
    {R::has_left, obliged, no, "it has left", "It had left by that day."},
    {R::suspended, obliged, no, "it is suspended",
     "It is suspended, and suspension takes its duties."},
    {R::role_owes_nothing, obliged, no, "a member in its role owes nothing",
     "A member in its role owes nothing under the article."},
    {R::is_the_adversary, obliged, no, "it is itself the adversary",
     "Help would be against itself, or against those whom it sent or sheltered."},
    {R::at_war_with_beneficiary, obliged, no, "it is at war with the party to be helped",
     "It fights the victim."},
    {R::on_other_side, obliged, no, "it stands on the other side of this conflict",
     "It stands on the attacker's side."},
    {R::already_decided, obliged, no, "it has decided on this conflict under this pact before",
     "It has decided on as much under this pact in this conflict before."},
    {R::already_at_war, obliged, no, "it is fighting the adversary already",
     "It is fighting the adversary already, in this dispute or another (help short of arms is "
     "still owed)."},
    {R::peaceful_means_first, obliged, yes, "peaceful means come first",
     "To peaceful means for now."},
    {R::lower_precedence, obliged, no, "another pact prevails over this one",
     "Another pact prevails."},
    {R::not_bound_by_decision, obliged, no,
     "a decision does not bind those who did not vote for it",
     "It did not vote for what the organ adopted, and what that adopts binds only who did."},
    {R::yields_to_abstention, honoured, no, "a promise to abstain prevails",
     "Its promise to abstain prevails in law; no breach."},
    {R::within_means, able, yes, "it is within its means", "All it owes is within its reach."},
    {R::no_free_forces, able, either, "its forces are tied down",
     "Less than `min_free_share` of its forces are free."},
    {R::no_route, able, either, "there is no way there",
     "There is no way for its forces to get there."},
    {R::transit_refused, able, either, "transit is refused", "Its forces are not let through."},
    {R::lift_limit, able, either, "it cannot lift forces there",
     "It cannot lift its forces there."},
    {R::no_resources, able, either, "it cannot pay for it", "It cannot pay."},
    {R::not_a_state, able, either, "only a state can go to war",
     "Only states (and outside powers) go to war."},
    {R::not_joint, honoured, either, "not all who must go together go",
     "Not all who must go together go."},
    {R::kept, honoured, yes, "it keeps its word", "To all it owes."},
    {R::kept_in_part, honoured, yes, "it keeps its word in part", "With less than it owes."},
    {R::declined, honoured, no, "it declines", "It gives nothing: a breach."},
    {R::chose_other_side, honoured, no, "it chose the other side",
     "Bound to both sides, or also to abstain, it chose the other; an excused breach."},
    {R::chose_neither, honoured, no, "it chose neither side",
     "Bound to both sides, it chose neither; an excused breach."},
    {R::help_given, consequence, yes, "help is given", "Help comes in time."},
    {R::help_pending, consequence, yes, "help is on its way, too late to change what follows here",
     "Help comes beyond `horizon_days`, too late to change what follows."},
    {R::help_refused, consequence, no, "help that was owed is refused: a breach",
     "Help that was owed is refused: a breach."},
    {R::abstention_broken, consequence, no, "a promise to abstain is broken",
     "A promise to abstain is broken."},
    {R::member_attacked, consequence, no, "a member has attacked a member: a breach of good faith",
     "An ally attacked an ally, which needs no article to be a breach."},
    {R::depth_limit, consequence, no, "the chain is cut off at the depth that was set",
     "The chain was cut at `max_waves`."},
    {R::accepted, change, yes, "it is done", "The change is made."},
    {R::already_member, change, no, "it is a member already", "It is a member already."},
    {R::not_a_member, change, no, "it is not a member", "It is not a member."},
    {R::accession_closed, change, no, "nobody can join", "Nobody can join."},
    {R::not_invited, change, no, "it was not invited", "It was not invited."},
    {R::needs_decision, change, no, "the members have to decide on it",
     "The members have to decide on it."},
    {R::withdrawal_forbidden, change, no, "nobody can leave", "Nobody can leave."},
    {R::already_given_notice, change, no, "it has given notice before",
     "It has given notice before."},
    {R::no_notice_given, change, no, "no notice was given",
     "No notice was given that could be taken back."},
    {R::not_suspended, change, no, "it is not suspended", "It is not suspended."},
    {R::already_suspended, change, no, "it is suspended already", "It is suspended already."},
    {R::already_ended, change, no, "the pact has ended already", "The pact has ended already."},
    {R::no_such_article, change, no, "there is no such article", "The pact has no such article."},
};

constexpr bool complete() {
  for (std::size_t i = 0; i < std::size(rows); ++i) {
    if (static_cast<std::size_t>(rows[i].reason) != i) return false;
  }
  return std::size(rows) == static_cast<std::size_t>(R::no_such_article) + 1;
}
static_assert(complete());

}  // namespace

std::span<const ReasonWords> reason_words() { return rows; }

std::string_view in_words(law::Reason reason) {
  const auto i = static_cast<std::size_t>(reason);
  CASUS_EXPECTS(i < std::size(rows), "no reason has the number " + std::to_string(i));
  return rows[i].clause;
}

}  // namespace casus::casebook
