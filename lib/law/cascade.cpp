#include <algorithm>
#include <optional>
#include <tuple>
#include <utility>
#include <vector>

#include "law/keys.h"
#include "law/resolver.h"

// Days and waves: in which order acts are looked at.

namespace casus::law {

/// Acts of one day are simultaneous; those of a later day come after all that follows from the
/// earlier ones has been decided, as if they were another step.
Resolution Resolver::run(std::span<const Act> acts) {
  const std::vector<Act> given = by_day(acts, course_.facts);
  std::vector<Act>& all = course_.out.acts;
  for (std::size_t begin = 0, end = 0; begin < given.size(); begin = end) {
    while (end < given.size() && given[end].date == given[begin].date) ++end;
    const Date day = given[begin].date;
    terms_.look(day);
    const std::vector<Act> today =
        by_content(std::span(given).subspan(begin, end - begin), course_.context);
    const auto first = static_cast<std::uint32_t>(all.size());
    all.insert(all.end(), today.begin(), today.end());
    cascade(first, static_cast<std::uint32_t>(all.size()));
    terms_.look(day);
  }
  if (const std::optional<Date> today = course_.facts.today()) terms_.look(*today);
  course_.out.fights = course_.field.fights();
  course_.out.sides = course_.field.sides();
  return std::move(course_.out);
}

void Resolver::cascade(std::uint32_t begin, std::uint32_t end) {
  course_.field.next_day();
  for (course_.wave = 0; begin < end; ++course_.wave) {
    const auto all = static_cast<std::uint32_t>(course_.out.acts.size());
    course_.who.resize(all);
    course_.cause.resize(all, no_index);
    tally_.add_up(begin, end);
    for (std::uint32_t a = begin; a < end; ++a) {
      Act& act = course_.out.acts[a];
      course_.who[a] = course_.stages.attribute(act, course_.context);
      act.posture = course_.who[a].posture;
      act.conflict = course_.who[a].conflict;
      act.war_begun = course_.who[a].war_begun;
    }
    for (std::uint32_t a = begin; a < end; ++a)
      tally_.remember_force(course_.out.acts[a], course_.who[a]);
    tally_.weigh_lawful(begin, end);
    course_.field.next_wave(course_.wave > 0);
    for (std::uint32_t a = begin; a < end; ++a) {
      if (takes_part(course_.out.acts[a])) course_.field.note(course_.out.acts[a], course_.who[a]);
    }
    // What is done on the day of an armistice is done before it.
    for (std::uint32_t a = begin; a < end; ++a) {
      if (!settles(course_.out.acts[a])) continue;
      course_.field.settle(course_.out.acts[a], course_.who[a]);
      tally_.count_anew(course_.out.acts[a], course_.who[a]);
      tally_.settle_lawful(course_.out.acts[a], course_.who[a]);
    }
    course_.candidates.clear();
    course_.records.clear();
    course_.first_commitment = course_.out.commitments.size();
    for (std::uint32_t a = begin; a < end; ++a) examining_.examine(a);
    deciding_.decide();
    following_.apply();
    remember_wave();
    course_.out.waves = std::max<std::uint32_t>(course_.out.waves, course_.wave + 1U);
    following_.next_wave();
    begin = all;
    end = static_cast<std::uint32_t>(course_.out.acts.size());
  }
}

/// What was decided in a wave was decided at once, on whatever day the help arrives that it
/// answers: of several entries for one question the greatest levels and the last day stay, in any
/// order.
void Resolver::remember_wave() {
  const auto address = [](const Remembered& r) { return std::tie(r.pact, r.actor, r.conflict); };
  std::stable_sort(
      course_.records.begin(), course_.records.end(),
      [&](const Remembered& a, const Remembered& b) { return address(a) < address(b); });
  for (std::size_t i = 0, j = 0; i < course_.records.size(); i = j) {
    Remembered all = course_.records[i];
    for (j = i + 1; j < course_.records.size() && address(course_.records[j]) == address(all);
         ++j) {
      const Remembered& r = course_.records[j];
      all.date = std::max(all.date, r.date);
      all.first = std::min(all.first, r.first);
      all.owed = std::max(all.owed, r.owed);
      all.given = std::max(all.given, r.given);
      all.beneficiary = std::max(all.beneficiary, r.beneficiary);
      all.fighting |= r.fighting;
      all.withdrawn = all.withdrawn && r.withdrawn;
      if (r.date >= all.date && r.government != Claimant::unsaid) all.government = r.government;
      all.tally = std::max(all.tally, r.tally);
      all.until =
          all.until && r.until ? std::optional(std::max(*all.until, *r.until)) : std::nullopt;
    }
    course_.memory.record(all);
  }
}

}  // namespace casus::law
