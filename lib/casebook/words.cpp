#include "casus/casebook/opinion.h"

namespace casus::casebook {

// One switch, so that a reason without words does not compile.
std::string_view in_words(law::Reason reason) {
  using R = law::Reason;
  switch (reason) {
    case R::none:
      return "no reason is given";
    // attributed
    case R::author_known:
      return "the author is known";
    case R::author_unknown:
      return "nobody knows who did it";
    case R::no_victim:
      return "it is directed against nobody";
    case R::evidence_sufficient:
      return "the evidence against the sponsor or host suffices";
    case R::evidence_insufficient:
      return "the evidence against the sponsor or host does not suffice";
    // covered
    case R::article_applies:
      return "the article applies to this act, place and adversary";
    case R::extension_applies:
      return "an article that widens another applies";
    case R::act_not_listed:
      return "acts of this kind are not among those it lists";
    case R::defensive_act:
      return "the act is itself one of defence";
    case R::author_is_member:
      return "the author is a member, and the pact is against outsiders";
    case R::author_not_member:
      return "the author is not a member whose acts bring it into play";
    case R::adversary_not_listed:
      return "it is not directed against this adversary";
    case R::adversary_excluded:
      return "it leaves this adversary out";
    case R::sponsor_not_proven:
      return "the hand of the sponsor or host is not proven";
    case R::place_not_covered:
      return "the place is outside its area";
    case R::place_excluded:
      return "it leaves this place out";
    case R::not_in_force:
      return "the pact is not in force";
    case R::victim_not_member:
      return "the victim is not a member";
    case R::victim_suspended:
      return "the victim is suspended";
    case R::victim_has_left:
      return "the victim has left";
    case R::victim_role:
      return "nothing is owed to a member in the victim's role";
    case R::war_began_before_pact:
      return "the war began before the pact bound";
    case R::before_start_date:
      return "the act came before the article's first day";
    case R::after_end_date:
      return "the act came after the article's last day";
    case R::other_conflict:
      return "it is meant for another conflict";
    case R::too_few_adversaries:
      return "fewer states attack than it demands";
    case R::too_many_adversaries:
      return "more states attack than it allows for";
    case R::no_demand_made:
      return "no demand was made and refused before";
    case R::against_usurper:
      return "who is in office took power by a coup";
    case R::own_act:
      return "the victim did it itself, or had it done";
    case R::victim_provoked:
      return "the victim provoked it";
    case R::victim_joined_war:
      return "the victim entered this war against the author by its own choice";
    case R::not_severe_enough:
      return "the act is not grave enough";
    // invoked
    case R::automatic:
      return "neither request nor decision is needed";
    case R::requested:
      return "the victim asks for help";
    case R::not_requested:
      return "the victim does not ask for help";
    case R::government_cannot_ask:
      return "the government that could ask has been silenced";
    case R::usurper_cannot_ask:
      return "those who took power cannot ask for help against themselves";
    case R::adopted:
      return "the organ has adopted it";
    case R::rejected:
      return "the organ has not found the votes for it";
    case R::vetoed:
      return "it was vetoed";
    case R::no_quorum:
      return "too few members attended";
    case R::chair_refused:
      return "whoever presides refused";
    case R::objection:
      return "a member objected, and one is enough";
    case R::decided_earlier:
      return "the organ has decided on this conflict before";
    case R::outside_competence:
      return "the organ may not decide on any of this";
    // obliged
    case R::bound:
      return "it is bound";
    case R::bound_during_notice:
      return "it has given notice, but is bound until the notice runs out";
    case R::reserved:
      return "it has made a reservation";
    case R::exempt:
      return "the article exempts it";
    case R::not_yet_member:
      return "it is not yet a member";
    case R::has_left:
      return "it has left";
    case R::suspended:
      return "it is suspended";
    case R::role_owes_nothing:
      return "a member in its role owes nothing";
    case R::is_the_adversary:
      return "it is itself the adversary";
    case R::at_war_with_beneficiary:
      return "it is at war with the party to be helped";
    case R::on_other_side:
      return "it stands on the other side of this conflict";
    case R::already_decided:
      return "it has decided on this conflict under this pact before";
    case R::already_at_war:
      return "it is fighting the adversary already";
    case R::peaceful_means_first:
      return "peaceful means come first";
    case R::lower_precedence:
      return "another pact prevails over this one";
    case R::not_bound_by_decision:
      return "a decision does not bind those who did not vote for it";
    case R::yields_to_abstention:
      return "a promise to abstain prevails";
    case R::not_a_state:
      return "only a state can go to war";
    // able
    case R::within_means:
      return "it is within its means";
    case R::no_free_forces:
      return "its forces are tied down";
    case R::no_route:
      return "there is no way there";
    case R::transit_refused:
      return "transit is refused";
    case R::lift_limit:
      return "it cannot lift forces there";
    case R::no_resources:
      return "it cannot pay for it";
    case R::not_joint:
      return "not all who must go together go";
    // honoured
    case R::kept:
      return "it keeps its word";
    case R::kept_in_part:
      return "it keeps its word in part";
    case R::declined:
      return "it declines";
    case R::chose_other_side:
      return "it chose the other side";
    case R::chose_neither:
      return "it chose neither side";
    // consequence
    case R::help_given:
      return "help is given";
    case R::help_pending:
      return "help is on its way, too late to change what follows here";
    case R::help_refused:
      return "help that was owed is refused: a breach";
    case R::abstention_broken:
      return "a promise to abstain is broken";
    case R::member_attacked:
      return "a member has attacked a member: a breach of good faith";
    case R::depth_limit:
      return "the chain is cut off at the depth that was set";
    // changes
    case R::accepted:
      return "it is done";
    case R::already_member:
      return "it is a member already";
    case R::not_a_member:
      return "it is not a member";
    case R::accession_closed:
      return "nobody can join";
    case R::not_invited:
      return "it was not invited";
    case R::needs_decision:
      return "the members have to decide on it";
    case R::withdrawal_forbidden:
      return "nobody can leave";
    case R::already_given_notice:
      return "it has given notice before";
    case R::no_notice_given:
      return "no notice was given";
    case R::not_suspended:
      return "it is not suspended";
    case R::already_suspended:
      return "it is suspended already";
    case R::already_ended:
      return "the pact has ended already";
    case R::no_such_article:
      return "there is no such article";
    // Words that came later.
    case R::occupation_goes_on:
      return "the occupation goes on under an armistice, and is no new attack";
    case R::asker_not_recognised:
      return "it does not recognise the government that asks";
    case R::consent_recognised:
      return "the government that it recognises has consented";
    case R::authorised:
      return "the Security Council has allowed it";
    case R::council_has_acted:
      return "the Security Council has taken the matter into its hands";
    case R::authorisation_ended:
      return "the Security Council allows it no longer";
    case R::parliament_refuses:
      return "its parliament has not agreed to send arms";
    case R::victim_not_listed:
      return "an attack on this victim is not what it is about";
    case R::under_a_right:
      return "a pact gives the author the right to act so";
    case R::right_not_duty:
      return "it has a right to help, and no duty";
    case R::would_mean_war:
      return "arms would mean war with one against whom none are owed";
    case R::others_do_not_act:
      return "those on whose help its own depends do not act";
    case R::kept_late:
      return "it keeps its word after the term that was promised";
    case R::kept_short:
      return "it sends all it has, and fewer than were promised";
  }
  return "";
}

}  // namespace casus::casebook
