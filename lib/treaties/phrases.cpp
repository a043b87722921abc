#include "treaties/phrases.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>

namespace casus::treaties {
namespace {

// Each in the order of its enumeration.
constexpr std::array acts_words =
    std::to_array<std::string_view>({"an invasion",
                                     "a strike",
                                     "an occupation",
                                     "an attack on the forces",
                                     "an attack on the peacekeepers",
                                     "an attack on the ships or aircraft",
                                     "a rebellion",
                                     "a terrorist attack",
                                     "an attempted coup",
                                     "a coup",
                                     "the hosting of armed groups",
                                     "the support of armed groups",
                                     "a blockade",
                                     "sanctions",
                                     "a threat",
                                     "a declaration of war",
                                     "a mobilisation",
                                     "a violation of the airspace",
                                     "an attack by proxy",
                                     "a withdrawal",
                                     "consultation",
                                     "a statement",
                                     "mediation",
                                     "aid",
                                     "bases or transit",
                                     "an intervention",
                                     "an armistice",
                                     "a peace",
                                     "an authorisation",
                                     "the end of an authorisation",
                                     "a cyber operation",
                                     "sabotage",
                                     "the recognition of a government"});
constexpr std::array help_words =
    std::to_array<std::string_view>({"nothing", "consultation", "support in words", "good offices",
                                     "sanctions", "aid", "bases or transit", "troops", "war"});
constexpr std::array abstentions_words = std::to_array<std::string_view>(
    {"use force against it", "help whoever fights it", "shelter armed groups that fight it",
     "support armed groups that fight it", "blockade it", "put sanctions on it", "threaten it",
     "make an armistice or a peace with an enemy that it still fights"});
constexpr std::array kinds_words =
    std::to_array<std::string_view>({"states", "armed groups", "external powers", "organisations"});
constexpr std::array roles_words =
    std::to_array<std::string_view>({"parties", "protectors", "protected parties"});
constexpr std::array one_role_words =
    std::to_array<std::string_view>({"party", "protector", "protected party"});
constexpr std::array rules_words =
    std::to_array<std::string_view>({"by unanimity", "by consensus", "by majority", "by two thirds",
                                     "by the weight of votes", "by its chair"});

static_assert(acts_words.size() == static_cast<std::size_t>(law::ActKind::recognition) + 1);
static_assert(help_words.size() == static_cast<std::size_t>(law::Obligation::war) + 1);
static_assert(abstentions_words.size() ==
              static_cast<std::size_t>(law::Abstention::separate_peace) + 1);
static_assert(kinds_words.size() == static_cast<std::size_t>(law::PartyKind::organisation) + 1);
static_assert(roles_words.size() == static_cast<std::size_t>(law::Role::protected_party) + 1);
static_assert(rules_words.size() == static_cast<std::size_t>(law::DecisionRule::chair) + 1);

template <class Table, class E>
std::string_view phrase_at(const Table& table, E value) {
  return table[static_cast<std::size_t>(value)];
}

}  // namespace

std::string listing(const std::vector<std::string>& items, std::string_view last) {
  std::string out;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (i > 0) out += i + 1 == items.size() ? fmt::format(" {} ", last) : ", ";
    out += items[i];
  }
  return out;
}

std::string_view act_phrase(law::ActKind kind) { return phrase_at(acts_words, kind); }
std::string_view help_phrase(law::Obligation level) { return phrase_at(help_words, level); }
std::string_view abstention_phrase(law::Abstention what) {
  return phrase_at(abstentions_words, what);
}
std::string_view kind_phrase(law::PartyKind kind) { return phrase_at(kinds_words, kind); }
std::string_view role_phrase(law::Role role, bool one) {
  return one ? phrase_at(one_role_words, role) : phrase_at(roles_words, role);
}
std::string_view rule_phrase(law::DecisionRule rule) { return phrase_at(rules_words, rule); }

std::string_view procedure_phrase(law::Procedure p) {
  switch (p) {
    case law::Procedure::automatic:
      return "without request or decision";
    case law::Procedure::by_decision:
      return "by decision of an organ";
    case law::Procedure::request_and_decision:
      return "on request and by decision of an organ";
    case law::Procedure::inherit:
    case law::Procedure::on_request:
      break;
  }
  return "on request";
}

std::string Speaker::party(ActorId actor) const {
  if (!actor.valid()) return "nobody";
  if (actor.row() >= t_.parties.size()) return "a party that the file does not know";
  return t_.parties[actor.row()].title;
}

std::vector<std::string> Speaker::parties(const std::vector<ActorId>& actors) const {
  std::vector<std::string> out;
  out.reserve(actors.size());
  for (const ActorId a : actors) out.push_back(party(a));
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

std::string Speaker::place(RegionKey key) const {
  for (const Territory& p : t_.places) {
    if (p.place.key == key) return p.title;
  }
  return "a place that the file does not know";
}

std::vector<std::string> Speaker::places(const std::vector<RegionKey>& regions,
                                         law::AreaSet areas) const {
  std::vector<std::string> out;
  out.reserve(regions.size());
  for (const RegionKey key : regions) out.push_back(place(key));
  std::sort(out.begin(), out.end());
  std::vector<std::string> terms;
  for (std::size_t bit = 0; bit < law::AreaNames::most; ++bit) {
    if ((areas.bits >> bit & 1U) == 0) continue;
    const auto& names = t_.areas.names();
    terms.push_back(bit >= names.size() ? "an area that the file does not know"
                    : t_.names_only     ? "the area " + title_of(names[bit])
                                        : "the area " + names[bit]);
  }
  std::sort(terms.begin(), terms.end());
  out.insert(out.end(), terms.begin(), terms.end());
  return out;
}

std::string Speaker::conflict(law::ConflictKey key) const {
  for (const std::string& name : t_.conflicts) {
    if (law::conflict_key(name) == key) return name;
  }
  return "one that the file does not know";
}

std::string Speaker::pact(PactKey key) const {
  for (const law::Pact& p : t_.pacts) {
    if (p.key == key) return p.title.empty() ? p.id : p.title;
  }
  return "a pact that the file does not know";
}

std::string several(long long n, std::string_view noun) {
  return fmt::format("{} {}{}", n, noun, n == 1 ? "" : "s");
}

std::string wrapped(std::string_view text, std::string_view indent, std::size_t width) {
  std::string out, line;
  const auto flush = [&] {
    if (!line.empty()) out += fmt::format("{}{}\n", indent, line);
    line.clear();
  };
  while (!text.empty()) {
    const std::size_t space = std::min(text.find_first_of(" \n"), text.size());
    const std::string_view word = text.substr(0, space);
    text.remove_prefix(std::min(space + 1, text.size()));
    if (word.empty()) continue;
    if (!line.empty() && indent.size() + line.size() + 1 + word.size() > width) flush();
    if (!line.empty()) line += ' ';
    line += word;
  }
  flush();
  return out;
}

std::string title_of(std::string_view name) {
  constexpr std::string_view small[] = {"and", "of", "the"};
  std::string out;
  while (!name.empty()) {
    const std::size_t end = std::min(name.find('_'), name.size());
    const std::string_view word = name.substr(0, end);
    name.remove_prefix(std::min(end + 1, name.size()));
    const bool plain =
        !out.empty() && std::find(std::begin(small), std::end(small), word) != std::end(small);
    out +=
        (out.empty() ? "" : " ") + (plain ? std::string(word) : sentence_case(std::string(word)));
  }
  return out;
}

std::string spaced(std::string name) {
  std::replace(name.begin(), name.end(), '_', ' ');
  return name;
}

std::string sentence_case(std::string text) {
  if (!text.empty() && text.front() >= 'a' && text.front() <= 'z') {
    text.front() = static_cast<char>(text.front() - 'a' + 'A');
  }
  return text;
}

}  // namespace casus::treaties
