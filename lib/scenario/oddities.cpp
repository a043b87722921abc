#include "scenario/oddities.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "casus/law/doctrines.h"
#include "casus/law/pact.h"
#include "text/read_sections.h"
#include "text/yaml_words.h"

namespace casus::scenario {
namespace {

/// Where an entry of a section says something, or the entry itself.
Position place_of(const Node& root, std::string_view section, const std::string& name,
                  std::initializer_list<std::string_view> keys) {
  const Node* node = section_of(root, section);
  const Entry* entry = node == nullptr ? nullptr : node->find(name);
  if (entry == nullptr) return root.at;
  for (const std::string_view key : keys) {
    if (const Entry* e = entry->value.find(key)) return e->value.at;
  }
  return entry->key_at;
}

bool ever_in_force(const law::Pact& pact, const Clock& clock) {
  if (law::in_force(pact, clock.start)) return true;
  return pact.in_force > clock.start && pact.in_force < clock.end &&
         law::in_force(pact, pact.in_force);
}

void warn_of_pacts(const Node& root, const ScenarioData& data, Problems& problems) {
  for (std::size_t i = 0; i < data.pacts.size(); ++i) {
    const law::Pact& pact = data.pacts[i];
    if (ever_in_force(pact, data.clock)) continue;
    const bool late = pact.in_force >= data.clock.end;
    const std::string& name = data.pact_names[i];
    const Position at = late ? place_of(root, "pacts", name, {"in_force"})
                             : place_of(root, "pacts", name, {"ended", "expires", "in_force"});
    problems.remark(Severity::warning, "W0401", at, "pacts." + name,
                    fmt::format("the pact '{}' is not in force on any day of the run", name),
                    late ? fmt::format("the run ends on {}", to_string(data.clock.end))
                         : fmt::format("the run begins on {}", to_string(data.clock.start)));
  }
}

/// One warning each for what is too early and what is too late: a run that is shortened has many.
void warn_of_timeline(const Node& root, const ScenarioData& data, Problems& problems) {
  const Node* timeline = section_of(root, "timeline");
  if (timeline == nullptr || timeline->items.size() != data.timeline.size()) return;
  for (const bool early : {true, false}) {
    std::vector<Position> places;
    for (std::size_t i = 0; i < data.timeline.size(); ++i) {
      const std::optional<Date>& at = data.timeline[i].at;
      const Entry* entry = timeline->items[i].find("at");
      if (!at || entry == nullptr) continue;
      if (early ? *at < data.clock.start : *at >= data.clock.end) {
        places.push_back(entry->value.at);
      }
    }
    if (places.empty()) continue;
    const std::string what = places.size() == 1
                                 ? std::string("an entry of the timeline is")
                                 : fmt::format("{} entries of the timeline are", places.size());
    Diagnostic& d = problems.remark(
        Severity::warning, "W0402", places.front(), "timeline",
        early ? fmt::format("{} before the start of the run, {}: what {} is done on its first day",
                            what, to_string(data.clock.start),
                            places.size() == 1 ? "it says" : "they say")
              : fmt::format("{} after the end of the run, {}, and never done", what,
                            to_string(data.clock.end)));
    for (std::size_t i = 1; i < std::min<std::size_t>(places.size(), 4); ++i) {
      problems.note(d, places[i], "another");
    }
  }
}

/// Is there anybody of a list that was given?
bool nobody_left(const std::vector<ActorId>& actors, const std::vector<PactId>& pacts) {
  const auto gone = [](auto id) { return !id.valid(); };
  return !(actors.empty() && pacts.empty()) && std::all_of(actors.begin(), actors.end(), gone) &&
         std::all_of(pacts.begin(), pacts.end(), gone);
}

/// The mechanism that alone logs events of this kind, if it is switched off.
std::string switched_off(const std::string& kind, const ScenarioData& data,
                         const Vocabulary& vocabulary) {
  for (const MechanismInfo& mechanism : vocabulary) {
    const bool its = std::any_of(mechanism.events.begin(), mechanism.events.end(),
                                 [&](const OwnEvent& e) { return e.name == kind; });
    const bool off =
        std::any_of(data.mechanisms.begin(), data.mechanisms.end(),
                    [&](const MechanismSpec& m) { return m.name == mechanism.name && !m.enabled; });
    if (its && off) return mechanism.name;
  }
  return {};
}

/// Why nothing can ever be counted by an outcome; empty if something may.
std::string why_never(const OutcomeSpec& outcome, const ScenarioData& data,
                      const Vocabulary& vocabulary) {
  if (nobody_left(outcome.by, outcome.pact)) return "nobody named by 'by' is in the scenario";
  if (nobody_left(outcome.against, {})) return "nobody named by 'against' is in the scenario";
  if (outcome_form(outcome.form).of == OutcomeForm::Of::events) {
    std::string off = switched_off(outcome.what, data, vocabulary);
    for (const std::string& kind : outcome.also) {
      if (switched_off(kind, data, vocabulary).empty()) off.clear();
    }
    if (!off.empty()) return fmt::format("the mechanism '{}' is switched off", off);
    const bool of_pacts = !outcome.pact.empty() && outcome.by.empty();
    if (of_pacts && std::all_of(outcome.pact.begin(), outcome.pact.end(), [&](PactId p) {
          return !p.valid() || !ever_in_force(data.pacts[p.row()], data.clock);
        })) {
      return "no pact named by 'by' is in force during the run";
    }
  }
  return {};
}

void warn_of_outcomes(const Node& root, const ScenarioData& data, const Vocabulary& vocabulary,
                      Problems& problems) {
  if (data.outcomes.empty()) {
    problems.remark(Severity::warning, "W0403", root.at, "outcomes",
                    "there are no outcomes, so nothing is counted or summed up",
                    "for example outcomes: {deaths: {sum: deaths}}");
  }
  for (const OutcomeSpec& outcome : data.outcomes) {
    const std::string why = why_never(outcome, data, vocabulary);
    if (why.empty()) continue;
    problems.remark(
        Severity::warning, "W0404", place_of(root, "outcomes", outcome.name, {"by", "against"}),
        "outcomes." + outcome.name,
        fmt::format("the outcome '{}' can never count anything: {}", outcome.name, why));
  }
}

bool in_quotes(const Position& at, const Problems& problems) {
  if (at.line == 0) return true;  // made by a program
  const std::string line = problems.sources().line(at);
  const std::size_t i = at.column - 1;
  return i < line.size() && (line[i] == '"' || line[i] == '\'');
}

void note_word(const std::string& word, const Position& at, Problems& problems) {
  const std::optional<bool> taken = boolean_to_others(word);
  if (!taken || in_quotes(at, problems)) return;
  problems.remark(Severity::note, "E0118", at, "",
                  fmt::format("other programs that read YAML take '{}' for {}", word,
                              *taken ? "true" : "false"),
                  fmt::format("write \"{}\", or choose another name", word));
}

}  // namespace

namespace {

/// A question that nothing turns on, because no act of a scenario says what it takes.
void warn_of_doctrines(const Node& root, const ScenarioData& data, Problems& problems) {
  for (const law::Question& q : law::questions()) {
    if (q.get(data.doctrines) == 0 || q.unsaid_in_scenarios.empty()) continue;
    problems.remark(
        Severity::warning, "W0405", place_of(root, "doctrines", std::string(q.name), {}),
        fmt::format("doctrines.{}", q.name),
        fmt::format("nothing turns on how '{}' is read", q.name),
        fmt::format("no act of a scenario says {}; cases of the law can", q.unsaid_in_scenarios));
  }
}

/// Numbers that move the attacks of insurgents, said of somebody who is none.
void warn_of_idle_numbers(const Node& root, const ScenarioData& data, Problems& problems) {
  std::vector<bool> placed(data.actors.size(), false), rebels = placed;
  for (const PresenceSpec& p : data.presence) {
    placed[p.actor.row()] = true;
    const bool insurgent = p.role == Role::insurgent;
    if (insurgent) rebels[p.actor.row()] = true;
    if (insurgent || !p.given.says(&PresenceTable::activity)) continue;
    const ActorSpec& actor = data.actors[p.actor.row()];
    const std::string& region = data.regions[p.region.row()].name;
    problems.remark(
        Severity::warning, "W0406", place_of(root, "presence", region, {actor.name}),
        fmt::format("presence.{}.{}.activity", region, actor.name),
        fmt::format("the activity of '{}' in '{}' moves nothing, as it is no insurgent there",
                    actor.name, region),
        actor.kind == ActorKind::state
            ? fmt::format("operations of a state follow actors.{}.initiative", actor.name)
            : std::string("who is no insurgent goes out with the owner's operations"));
  }
  for (std::size_t a = 0; a < data.actors.size(); ++a) {
    const ActorSpec& actor = data.actors[a];
    if (!actor.pro_state || !placed[a] || rebels[a]) continue;
    const std::pair<std::string_view, bool> numbers[] = {
        {"activity", actor.given.says(&ActorTable::activity)},
        {"civilian_targeting", actor.given.says(&ActorTable::civilian_targeting)}};
    for (const auto& [key, said] : numbers) {
      if (!said) continue;
      problems.remark(
          Severity::warning, "W0406", place_of(root, "actors", actor.name, {key}),
          fmt::format("actors.{}.{}", actor.name, key),
          fmt::format("'{}' of '{}' moves nothing, as it is nowhere an insurgent", key, actor.name),
          "its people go out with the operations of the owner, by the owner's initiative");
    }
  }
}

}  // namespace

void warn_of_oddities(const Node& root, const ScenarioData& data, const Vocabulary& vocabulary,
                      Problems& problems) {
  warn_of_pacts(root, data, problems);
  warn_of_timeline(root, data, problems);
  warn_of_outcomes(root, data, vocabulary, problems);
  warn_of_doctrines(root, data, problems);
  warn_of_idle_numbers(root, data, problems);
}

void note_ambiguous_words(const Node& root, Problems& problems) {
  if (root.is_scalar() && !root.quoted) note_word(root.text, root.at, problems);
  for (const Node& item : root.items) note_ambiguous_words(item, problems);
  for (const Entry& entry : root.entries) {
    note_word(entry.key, entry.key_at, problems);
    note_ambiguous_words(entry.value, problems);
  }
}

void take_old_spellings(Node& root, Problems& problems) {
  Entry* measures = root.find("measures");
  if (measures == nullptr) return;
  for (Node& item : measures->value.items) {
    Entry* on = item.find("on");
    if (on == nullptr || item.find("against") != nullptr) continue;
    on->key = "against";
    if (in_quotes(on->key_at, problems)) continue;
    problems.remark(Severity::note, "E0117", on->key_at, "measures",
                    "'on' is an older spelling, which other programs that read YAML take for true",
                    "write against");
  }
}

}  // namespace casus::scenario
