#include "casus/law/doctrines.h"

#include <array>
#include <string>
#include <utility>

#include "casus/core/contracts.h"

namespace casus::law {
namespace {

// Each table holds the readings of one enumeration, in the order of its values.

constexpr Reading of_government[] = {
    {"either", "Either government's word is taken for the state's.",
     "the usual reading here where a party has not said whom it recognises"},
    {"effective_control", "Those who hold the country speak for it, however they came to.",
     "Tinoco arbitration (Great Britain v. Costa Rica), award of 18 October 1923; Nicaragua v. "
     "United States, ICJ 1986, paragraph 246: help on request is allowed to the government"},
    {"continuity", "The government that was removed speaks for it until another is recognised.",
     "Buchan and Tsagourias, The Niger Coup and the Prospect of ECOWAS Military Intervention, "
     "Articles of War, August 2023; Security Council resolution 940 (1994) on Haiti"},
};
constexpr Reading of_sponsors[] = {
    {"as_shown", "What can be shown of the sponsor is enough, as far as the article asks for it.",
     "the usual reading here; near it Definition of Aggression, resolution 3314 (XXIX), article "
     "3(g): \"substantial involvement\""},
    {"overall_control", "The sponsor must equip the band and have a part in planning what it does.",
     "Prosecutor v. Tadic, ICTY Appeals Chamber, 15 July 1999, paragraphs 131 to 145"},
    {"effective_control", "The sponsor must have directed the act itself.",
     "Nicaragua v. United States, ICJ 1986, paragraph 115; Bosnia v. Serbia, ICJ 2007, paragraphs "
     "399 to 407"},
};
constexpr Reading of_groups[] = {
    {"any_author", "An armed attack is one whoever makes it.",
     "Security Council resolutions 1368 and 1373 (2001); separate opinions of Judges Higgins "
     "(paragraph 33) and Kooijmans (paragraph 35), Wall opinion, ICJ 2004"},
    {"states_only",
     "Force by a group is an armed attack only if a state is behind it, unless the article names "
     "groups.",
     "Legal Consequences of the Construction of a Wall, ICJ 2004, paragraph 139"},
};
constexpr Reading of_foreign_soil[] = {
    {"consent", "It is force against that state as well, unless it consented.",
     "Armed Activities (Congo v. Uganda), ICJ 2005, paragraphs 146 to 147 and 301; Corten, Leiden "
     "Journal of International Law 29 (2016) 777"},
    {"unable_or_unwilling",
     "It is not, where it answers the band and that state cannot or will not stop it.",
     "Deeks, Virginia Journal of International Law 52 (2012) 483; letter of the United States to "
     "the Secretary-General on Syria, 23 September 2014, S/2014/695"},
};
constexpr Reading of_anticipation[] = {
    {"attack_occurs", "Who uses force first attacks, whatever was to come.",
     "Charter of the United Nations, article 51: \"if an armed attack occurs\"; Brownlie, "
     "International Law and the Use of Force by States, 1963"},
    {"imminent", "Who forestalls an imminent attack defends itself.",
     "Webster to Fox on the Caroline, 24 April 1841; In Larger Freedom, report of the "
     "Secretary-General, A/59/2005, paragraph 124"},
};
constexpr Reading of_small_acts[] = {
    {"each_alone", "Each act is weighed for itself.",
     "the usual reading here; left open in Nicaragua v. United States, ICJ 1986, paragraph 231"},
    {"together",
     "Acts of force of one party against another add up, for as long as they can be "
     "answered.",
     "considered in Oil Platforms (Iran v. United States), ICJ 2003, paragraph 64, and Armed "
     "Activities, ICJ 2005, paragraph 146; Tams, European Journal of International Law 20 (2009) "
     "359"},
};
constexpr Reading of_regional_force[] = {
    {"by_its_treaty", "The members consented when they joined: an organ's decision is enough.",
     "ECOWAS protocol on the mechanism, 10 December 1999, articles 10 and 25; Constitutive Act of "
     "the African Union, article 4(h); Buchan and Tsagourias 2023"},
    {"council", "Arms need the authorisation of the Security Council.",
     "Charter of the United Nations, articles 53(1) and 103; Falana, statement of 6 August 2023; "
     "Assessing the Legality of ECOWAS Planned Military Intervention in Niger, EJIL:Talk!, August "
     "2023"},
};
constexpr Reading of_treaty_right[] = {
    {"stands", "What the treaty allows is allowed until the treaty ends.",
     "Turkey on Cyprus, Treaty of Guarantee 1960, article IV; Wippman, University of Chicago Law "
     "Review 62 (1995) 607, for consent that is still the state's"},
    {"consent_now", "It is force all the same, unless the state consents when it is used.",
     "Charter of the United Nations, articles 2(4) and 103; General Assembly resolution 3212 "
     "(XXIX) on Cyprus"},
};

constexpr Reading of_proportion[] = {
    {"not_weighed", "Whoever answers an armed attack may go as far as it takes to win.",
     "the usual reading here; Dinstein, War, Aggression and Self-Defence, 1988, for a war of "
     "self-defence against a grave attack"},
    {"to_the_attack",
     "An answer much graver than the attack (see the setting `proportion`) is no defence but an "
     "attack.",
     "Nicaragua v. United States, ICJ 1986, paragraph 237; Oil Platforms (Iran v. United States), "
     "ICJ 2003, paragraph 77"},
    {"to_the_end",
     "An answer is no defence but an attack once the attack has been beaten back and no other is "
     "to come.",
     "Ago, eighth report on State responsibility, 1980, paragraph 121"},
};

/// What an act of a scenario has no words for, and a case has.
constexpr std::string_view unsaid(std::string_view question) {
  if (question == "sponsors") return "what the sponsor of a band has to do with what it does";
  if (question == "foreign_soil") return "that a state cannot or will not stop a band on its soil";
  return {};
}

template <class E, E Doctrines::*Member, std::size_t N>
constexpr Question question(std::string_view name, std::string_view doc, const Reading (&rows)[N]) {
  return {name,
          doc,
          rows,
          unsaid(name),
          [](const Doctrines& d) { return static_cast<std::uint8_t>(d.*Member); },
          [](Doctrines& d, std::uint8_t reading) {
            CASUS_EXPECTS(reading < N, "no reading has the number " + std::to_string(reading));
            d.*Member = static_cast<E>(reading);
          }};
}

constexpr std::string_view what_about(std::string_view member) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 9> rows{{
      {"government",
       "Whose word is the state's after a coup, to those who recognise neither government?"},
      {"sponsors", "What makes the acts of a band those of the state behind it?"},
      {"groups", "Is force by an armed group an armed attack?"},
      {"foreign_soil", "Is a strike at a band one against the state on whose soil it is?"},
      {"anticipation", "Is it defence to forestall an attack that is about to come?"},
      {"small_acts", "Do small acts of force add up to an armed attack?"},
      {"regional_force",
       "May a regional organisation send arms against a member's rulers without the Council?"},
      {"treaty_right", "Does a right to act that an old treaty gives make force lawful?"},
      {"proportion", "How far may an answer in defence go?"},
  }};
  for (const auto& [name, doc] : rows) {
    if (name == member) return doc;
  }
  return {};
}

}  // namespace

std::span<const Question> questions() {
#define CASUS_QUESTION(member, Type) \
  question<Type, &Doctrines::member>(#member, what_about(#member), of_##member),
  static constexpr Question rows[] = {CASUS_LAW_DOCTRINES(CASUS_QUESTION)};
#undef CASUS_QUESTION
  return rows;
}

}  // namespace casus::law
