#include "casus/casebook/words.h"

#include <initializer_list>
#include <string>

#include "casus/core/contracts.h"

namespace casus::casebook {
namespace {

/// One sentence for each value of an enumeration, in its order.
template <class E>
Words of(std::string_view kind, std::string_view doc,
         std::initializer_list<std::string_view> sentences) {
  const auto names = law::names<E>();
  CASUS_EXPECTS(names.size() == sentences.size(),
                "a word of '" + std::string(kind) + "' has no sentence, or one too many");
  Words out{kind, doc, {}};
  std::size_t i = 0;
  out.words.reserve(names.size());
  for (const std::string_view sentence : sentences) out.words.push_back({names[i++], sentence});
  return out;
}

}  // namespace

std::string_view answer_word(Answer answer) {
  return answer == Answer::yes ? "yes" : answer == Answer::no ? "no" : "±";
}

std::span<const Words> all_words() {
  static const std::vector<Words> all{
      of<law::ActKind>(
          "acts", "What was done: `act` of a case, `when.act` of an article.",
          {"Forces enter territory without its government's consent.",
           "Fire from the air, by missile, drone or artillery on territory.",
           "Territory is held after an invasion.",
           "An attack on the armed forces of the victim, at home or abroad.",
           "An attack on the victim's contingent in a mission abroad.",
           "An attack on its ships or aircraft.",
           "An armed group fights the victim's government.",
           "Violence against civilians by an armed group, or by others in its manner.",
           "Somebody tries to overthrow the government in office and has not succeeded.",
           "The government in office has been overthrown from within.",
           "The author's soil shelters a group that fights the victim.",
           "Arms, money or training for a group that fights the victim.",
           "The victim's ports, coasts or borders are closed by force.",
           "Trade, money or movement of the victim is restricted.",
           "Force is threatened, also by an ultimatum.",
           "War is declared: words, and not yet an attack.",
           "Forces are called up and made ready.",
           "Aircraft enter the victim's airspace without leave.",
           "An attack by a group on the orders of the author.",
           "The author leaves or denounces a pact.",
           "The author confers with a party.",
           "The author takes a side in words.",
           "The author offers its good offices.",
           "Arms, money or supplies are given to a party.",
           "Bases, transit or overflight are granted to a party.",
           "Forces go to a party's side; uninvited by the government in office they invade.",
           "Fighting stops between the author and the other; their war is not over.",
           "The war between the author and the other ends.",
           "The Security Council allows force, or the measures named, against a party.",
           "The Security Council takes back what it has allowed.",
           "Harm is done to the victim through networks; how grave, `severity` says.",
           "Cables, pipelines, plants or satellites of the victim are harmed by hidden hands.",
           "The author recognises one of two governments of a state: `government` says which."}),
      of<law::Obligation>(
          "obligations", "What is owed, or given, from the least to the most: `then.assist`.",
          {"Nothing.", "To confer with the member.", "To take its side in words.",
           "To offer good offices.", "To restrict the adversary's trade, money or movement.",
           "To give arms, money or supplies.", "To grant bases, transit or overflight.",
           "To send forces to its side.", "To go to war with the adversary."}),
      of<law::Abstention>("abstentions", "What a member has promised not to do: `then.abstain`.",
                          {"Force against another member (non-aggression).",
                           "Help to whoever fights a member, or to be its enemy.",
                           "Shelter for groups that fight a member.",
                           "Arms, money or training for groups that fight a member.",
                           "A blockade of another member.", "Sanctions on another member.",
                           "Threats against another member, also by an ultimatum.",
                           "An armistice or a peace with an enemy whom a member still fights."}),
      of<law::Procedure>(
          "procedures", "How an article is set in motion: `procedure`.",
          {"As in the article it extends; if none, on request, and unasked where it gives rights.",
           "The act suffices.", "The victim asks.", "An organ decides, asked or not.",
           "The victim asks and an organ decides."}),
      of<law::DecisionRule>("rules", "How an organ decides: `decision`.",
                            {"All present vote for it.", "Nobody votes against it.",
                             "More than half of those present vote for it.",
                             "At least two thirds of those present vote for it.",
                             "Members with at least `threshold` of the weight present vote for it.",
                             "Whoever presides decides."}),
      of<law::Requester>("requesters",
                         "Whose request counts after a government was ousted: `requester`.",
                         {"That of who holds office.", "That of the government that was removed.",
                          "That of either.",
                          "That of the government that each who is asked for help recognises."}),
      of<law::Role>("roles", "The place of a member in an asymmetric pact: `role`.",
                    {"A party like the others.", "A party that protects others.",
                     "A party that is protected."}),
      of<law::PartyKind>("parties", "What a party is: `kind`.",
                         {"A state.", "An armed group that is no state.",
                          "A power from outside the region.", "An organisation."}),
      of<law::Posture>("postures", "Why an act was done, as far as the law asks: `posture`.",
                       {"It follows from who attacked whom.",
                        "An attack, also help given to the side that attacked.",
                        "The author was attacked by the victim first.",
                        "The author helps a party that the victim attacked.",
                        "An organ decided it, or it is against those who took power by force.",
                        "The Security Council is said to have allowed it.",
                        "It is said to answer a breach; lawful if there was one, without force."}),
      of<law::Accession>("accessions", "How one becomes a member: `accession`.",
                         {"Nobody can join.", "Who wishes to can join.",
                          "Those who are `invited` can join.", "The members decide who joins."}),
      of<law::Scope>(
          "places", "Where the victim must have been hit: `where`.",
          {"As in the article it extends; the members' soil if it extends none.", "Anywhere.",
           "On the territory of any member.", "On the territory of the victim.",
           "In the places and areas that are listed."}),
      of<law::Discretion>(
          "discretions", "How much of what an article lists a member has to give: `discretion`.",
          {"What it chooses; less than the most is kept in part.", "Any of it is all that is owed.",
           "All that is within its reach; less is a breach."}),
      of<law::Assent>("consents", "Whose consent arms need: `consent`.",
                      {"Nobody's.", "That of the member's parliament."}),
      of<law::Control>(
          "controls", "What a sponsor has to do with an act: `sponsor_control`.",
          {"Nothing is said: what can be shown is enough.",
           "It arms, pays or trains those who acted.",
           "It equips them and has a part in planning what they do.", "It has directed the act."}),
      of<law::Claimant>(
          "governments", "Which of two governments of a state: `recognises`.",
          {"Nothing is said.", "Those in office.", "The one that was removed or kept out."}),
      of<law::Stage>(
          "stages", "The questions, in the order in which they are asked.",
          {"Who did it?", "Is there an article for this?", "Was help asked for, or decided?",
           "Does this member owe help, and what?", "Can it?", "Does it?", "What follows?"}),
  };
  return all;
}

}  // namespace casus::casebook
