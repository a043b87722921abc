#include "casus/law/resolve.h"

#include <algorithm>
#include <string>
#include <tuple>
#include <vector>

#include "casus/core/contracts.h"
#include "law/keys.h"
#include "law/recognition.h"
#include "law/resolver.h"

namespace casus::law {
namespace {

void expect_share(double value, const char* what) {
  CASUS_EXPECTS(value >= 0.0 && value <= 1.0,
                std::string(what) + " of an act is " + std::to_string(value) + ", not in [0, 1]");
}

void validate(const Act& act, std::size_t parties) {
  for (const ActorId a :
       {act.author, act.victim, act.sponsor, act.host, act.on_behalf_of, act.place.sovereign}) {
    CASUS_EXPECTS(!a.valid() || a.row() < parties, "an act names an actor that is not a party");
  }
  expect_share(act.severity, "severity");
  expect_share(act.sponsor_evidence, "sponsor_evidence");
  expect_share(act.host_evidence, "host_evidence");
  expect_share(act.provocation.severity, "provocation");
  CASUS_EXPECTS(act.size >= 0.0, "size of an act is negative");
}

}  // namespace

std::vector<Act> by_day(std::span<const Act> given, const Facts& facts) {
  std::vector<Act> acts(given.begin(), given.end());
  for (const Act& act : acts) validate(act, facts.party_count());
  std::stable_sort(acts.begin(), acts.end(),
                   [](const Act& a, const Act& b) { return a.date < b.date; });
  return acts;
}

std::vector<Act> by_content(std::span<const Act> given, const Context& context) {
  const Facts& facts = context.facts;
  std::vector<Act> acts;
  acts.reserve(given.size());
  for (const Act& act : given) {
    acts.push_back(as_its_author_sees(act, facts, context.settings.doctrines, context.memory));
    // Only where somebody cannot stop a band does it matter what the author answers.
    const bool defends = act.host_unable && in_defence(attribute(acts.back(), context).posture);
    const auto other = trespass(acts.back(), facts, context.settings, defends);
    if (other) acts.push_back(*other);
  }
  struct Key {
    Date date;
    std::uint64_t conflict, author, victim, kind, place, soil;
    std::uint64_t sponsor, host, on_behalf_of;
    double severity, size, sponsor_evidence, host_evidence;
    std::uint32_t at;
    // Of one day the graver come first; names decide only between what is alike in all else.
    auto tie() const {
      return std::tuple(date, -severity, -size, kind, -sponsor_evidence, -host_evidence, conflict,
                        author, victim, place, soil, sponsor, host, on_behalf_of);
    }
  };
  std::vector<Key> keys;
  keys.reserve(acts.size());
  for (std::size_t i = 0; i < acts.size(); ++i) {
    const Act& a = acts[i];
    keys.push_back({a.date, a.conflict.value, key_of(facts, a.author), key_of(facts, a.victim),
                    static_cast<std::uint64_t>(a.kind), a.place.key.value,
                    key_of(facts, a.place.sovereign), key_of(facts, a.sponsor),
                    key_of(facts, a.host), key_of(facts, a.on_behalf_of), a.severity, a.size,
                    a.sponsor_evidence, a.host_evidence, static_cast<std::uint32_t>(i)});
  }
  std::stable_sort(keys.begin(), keys.end(),
                   [](const Key& a, const Key& b) { return a.tie() < b.tie(); });
  std::vector<Act> sorted;
  sorted.reserve(acts.size());
  for (const Key& k : keys) sorted.push_back(acts[k.at]);
  return sorted;
}

Resolution resolve(std::span<const Act> acts, const PactIndex& index, const Facts& facts,
                   const Settings& settings, Replicate replicate, std::uint32_t step,
                   DecisionMemory& memory, const Stages& stages) {
  CASUS_EXPECTS(settings.max_waves >= 1, "max_waves is 0, at least 1 is needed");
  return Resolver(index, facts, settings, replicate, step, memory, stages).run(acts);
}

Resolution resolve(std::span<const Act> acts, const PactIndex& index, const Facts& facts,
                   const Settings& settings, Replicate replicate, std::uint32_t step,
                   DecisionMemory& memory) {
  return resolve(acts, index, facts, settings, replicate, step, memory, Stages{});
}

Resolution resolve(std::span<const Act> acts, std::span<const Pact> pacts, const Facts& facts,
                   const Settings& settings, Replicate replicate, std::uint32_t step,
                   DecisionMemory& memory) {
  const PactIndex index(pacts, facts.party_count());
  return resolve(acts, index, facts, settings, replicate, step, memory);
}

std::uint64_t Resolution::hash(const PactIndex& index, const Facts& facts) const {
  std::uint64_t h = verdicts.size();
  const auto pact_key = [&](PactId p) { return p.valid() ? index.pact(p.row()).key.value : 0; };
  for (const Verdict& v : verdicts) {
    h = mix(h, static_cast<std::uint64_t>(v.stage) << 32 | static_cast<std::uint64_t>(v.yes) << 24 |
                   static_cast<std::uint64_t>(v.level) << 16 |
                   static_cast<std::uint64_t>(v.reason));
    h = mix(h, pact_key(v.pact));
    if (v.article.valid()) {
      h = mix(h, name_hash(index.pact(v.pact.row()).articles[v.article.row()].id));
    }
    h = mix(h, mix(key_of(facts, v.member), key_of(facts, v.towards)));
    h = mix(h, mix(v.act, v.cause));
  }
  for (const Commitment& c : commitments) {
    h = mix(h, mix(key_of(facts, c.member), key_of(facts, c.against)));
    h = mix(h, mix(static_cast<std::uint64_t>(c.level), c.act));
  }
  for (const Breach& b : breaches) {
    h = mix(h, mix(key_of(facts, b.member), key_of(facts, b.towards)));
    h = mix(h, static_cast<std::uint64_t>(b.kind) * 2 + (b.excused ? 1 : 0));
    if (b.act == no_index)
      h = mix(h, static_cast<std::uint64_t>(b.date.time_since_epoch().count()));
  }
  return mix(h, conflicts.size());
}

}  // namespace casus::law
