#include <algorithm>
#include <numeric>

#include "casus/casebook/facts.h"
#include "casus/core/diagnostics.h"
#include "casus/scenario/treaty.h"
#include "casus/treaties/treaties.h"
#include "text/read_file.h"
#include "treaties/phrases.h"

namespace casus::treaties {
namespace {

law::PartyKind kind_of(ActorKind kind) {
  return kind == ActorKind::state         ? law::PartyKind::state
         : kind == ActorKind::armed_group ? law::PartyKind::armed_group
                                          : law::PartyKind::external;
}

const std::string& or_name(const std::string& title, const std::string& name) {
  return title.empty() ? name : title;
}

/// The day on which the last of them came into force.
Date last_entry(const std::vector<law::Pact>& pacts) {
  Date date{};
  for (const law::Pact& p : pacts) {
    date = std::max(date, p.in_force);
    for (const law::Member& m : p.members) date = std::max(date, m.joined.value_or(date));
  }
  return date;
}

Treaties of_cases(const std::string& text, const std::string& file, const std::string& of_case,
                  const ReadLimits& limits) {
  casebook::CommonFacts found = casebook::common_facts(text, file, of_case, limits);
  const casebook::Situation& s = found.situation;
  Treaties out;
  out.file = file;
  for (const casebook::PartyFacts& p : s.parties) {
    out.parties.push_back({p.name, or_name(p.title, p.name), p.kind});
  }
  for (const casebook::PlaceFacts& p : s.places) {
    out.places.push_back({p.name, or_name(p.title, p.name), p.place});
  }
  out.areas = found.areas;
  out.conflicts = found.disputes;
  for (const casebook::WarFacts& w : s.wars) out.conflicts.push_back(w.name);
  out.pacts = std::move(found.pacts);
  out.date = found.date.value_or(last_entry(out.pacts));
  return out;
}

/// A treaty for any scenario: all its parties are there, and of places what its articles call them.
Treaties of_treaty(TreatyFile treaty, const std::string& file) {
  Treaties out;
  out.names_only = true;
  out.file = file;
  for (const std::string& name : treaty.actors) {
    out.parties.push_back({name, title_of(name), law::PartyKind::state});
  }
  // What a term means each member has some of, and some of it may be nobody's.
  for (const std::string& term : treaty.areas.names()) {
    const law::AreaSet area = *treaty.areas.find(term);
    const auto add = [&](const std::string& name, const std::string& title, ActorId sovereign) {
      const RegionId row(out.places.size());
      out.places.push_back({name, title, {row, region_key(name), sovereign, area}});
    };
    add(term, title_of(term), {});
    for (std::size_t i = 0; i < treaty.actors.size(); ++i) {
      const std::string& name = treaty.actors[i];
      if (std::binary_search(treaty.parties.begin(), treaty.parties.end(), name)) {
        add(term + " of " + name, title_of(term) + " of " + title_of(name), ActorId(i));
      }
    }
  }
  out.areas = std::move(treaty.areas);
  out.pacts = std::move(treaty.pacts);
  out.date = last_entry(out.pacts);
  return out;
}

/// Does the file say of itself that it holds cases?
bool holds_cases(const std::string& text) {
  std::size_t at = text.starts_with("casus:") ? 0 : text.find("\ncasus:");
  if (at == std::string::npos) return false;
  if (text[at] == '\n') ++at;
  const std::string line = text.substr(at, text.find('\n', at) - at);
  return line.find("casebook") != std::string::npos;
}

}  // namespace

std::vector<std::size_t> by_name(const std::vector<law::Pact>& pacts) {
  std::vector<std::size_t> rows(pacts.size());
  std::iota(rows.begin(), rows.end(), std::size_t{0});
  std::sort(rows.begin(), rows.end(),
            [&](std::size_t a, std::size_t b) { return pacts[a].id < pacts[b].id; });
  return rows;
}

Treaties treaties_of(const ScenarioData& scenario, const std::string& file) {
  Treaties out;
  out.file = file;
  out.date = scenario.clock.start;
  for (const ActorSpec& a : scenario.actors) {
    out.parties.push_back({a.name, or_name(a.title, a.name), kind_of(a.kind)});
  }
  for (std::size_t r = 0; r < scenario.regions.size(); ++r) {
    const RegionSpec& region = scenario.regions[r];
    out.places.push_back({region.name,
                          or_name(region.title, region.name),
                          {RegionId(r), region_key(region.name), region.owner, region.area_set}});
  }
  out.areas = scenario.areas;
  for (const WarSpec& w : scenario.wars) out.conflicts.push_back(w.name);
  for (const CrisisSpec& c : scenario.crises) out.conflicts.push_back(c.name);
  out.pacts = scenario.pacts;
  return out;
}

Treaties parse_treaties(const std::string& text, const std::string& name,
                        const Vocabulary& vocabulary, const ReadLimits& limits,
                        const std::string& of_case) {
  if (holds_cases(text)) return of_cases(text, name, of_case, limits);
  return treaties_of(Scenario::parse(text, name, vocabulary, {}, limits).data(), name);
}

Treaties load_treaties(const std::string& file, const Vocabulary& vocabulary,
                       const ReadLimits& limits, const std::string& of_case) {
  const text::FileText read = text::read_file(file, limits.megabytes << 20U);
  if (read.text && holds_cases(*read.text)) return of_cases(*read.text, file, of_case, limits);
  if (is_treaty(file)) return of_treaty(load_treaty(file, limits), file);
  return treaties_of(Scenario::load(file, vocabulary, {}, limits).data(), file);
}

Treaties load_treaties(const std::vector<std::string>& files, const ReadLimits& limits) {
  std::string names;
  for (const std::string& file : files) names += (names.empty() ? "" : ", ") + file;
  return of_treaty(load_treaty(files, limits), names);
}

}  // namespace casus::treaties
