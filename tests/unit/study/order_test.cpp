// The order in which a file says things means nothing.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "../../support/shipped.h"
#include "casus/study/ensemble.h"
#include "casus/study/synthetic.h"
#include "text/emit.h"
#include "text/tree.h"

namespace casus::test {
namespace {

using text::Entry;
using text::Node;

std::size_t roll(Stream& dice, std::size_t sides) {
  return std::min(sides - 1, static_cast<std::size_t>(uniform(dice) * static_cast<double>(sides)));
}

template <class Items>
void shuffle(Items& items, Stream& dice) {
  for (std::size_t i = items.size(); i > 1; --i) std::swap(items[i - 1], items[roll(dice, i)]);
}

/// Numbers in a list are a distribution or a position, and stay; lists in a list are a line on a
/// map.
bool has_number(const Node& list) {
  return std::any_of(list.items.begin(), list.items.end(), [](const Node& item) {
    if (item.is_list()) return true;
    return item.is_scalar() && !item.quoted && !item.text.empty() &&
           std::isalpha(static_cast<unsigned char>(item.text.front())) == 0;
  });
}

/// Every mapping and every list in another order, but for what is said to have one: a pact's
/// organs.
void permute(Node& node, Stream& dice, const std::string& key = {}) {
  for (Entry& e : node.entries) permute(e.value, dice, e.key);
  for (Node& item : node.items) permute(item, dice);
  if (key != "organs") shuffle(node.entries, dice);
  if (!has_number(node)) shuffle(node.items, dice);
}

std::string permuted(const std::string& text, std::uint32_t seed) {
  text::Sources sources;
  text::Problems problems(sources);
  text::Tree tree = text::parse_tree(sources, sources.add("a test", text), problems);
  problems.throw_if_any();
  Stream dice({7, seed}, 0, Purpose("permute"), {});
  permute(tree.root, dice);
  return text::to_yaml(tree.root);
}

struct Result {
  std::uint64_t world = 0, events = 0;
  std::size_t logged = 0;
  std::map<std::string, std::pair<int, double>> outcomes;
  std::vector<std::string> regions, actors;
  friend bool operator==(const Result&, const Result&) = default;
};

Result run(const Scenario& s, std::uint32_t number) {
  const RunResult r = run_once(s, standard_registry(), {3, number, false});
  Result out{r.world_hash, r.events_hash, r.event_count, {}, {}, {}};
  EXPECT_FALSE(r.failure) << r.failure->what;
  for (std::size_t i = 0; i < r.outcomes.size(); ++i) {
    const OutcomeValue& v = r.outcomes[i];
    const bool known = v.status == OutcomeValue::Status::known;
    out.outcomes[s->outcomes[i].name] = {static_cast<int>(v.status), known ? v.value : 0.0};
  }
  for (const RegionSpec& x : s->regions) out.regions.push_back(x.name);
  for (const ActorSpec& x : s->actors) out.actors.push_back(x.name);
  return out;
}

Scenario parse(const std::string& text) {
  return Scenario::parse(text, "permuted", standard_registry().vocabulary());
}

class Order : public ::testing::TestWithParam<std::string> {};

TEST_P(Order, OfTheFileMeansNothing) {
  const Scenario plain = load(GetParam()).with({{Edit::Kind::set, "clock.days", "120"}});
  const std::string text = plain.resolved();
  for (std::uint32_t seed = 0; seed < 3; ++seed) {
    const std::string other = permuted(text, seed);
    ASSERT_NE(other, text);
    const Scenario s = parse(other);
    EXPECT_EQ(run(s, seed), run(plain, seed)) << "permutation " << seed;
  }
}

INSTANTIATE_TEST_SUITE_P(Shipped, Order, ::testing::ValuesIn(shipped()), FileName());

TEST(OrderOfEdits, MeansNothingEither) {
  using K = Edit::Kind;
  std::vector<Edit> edits{
      {K::add, "actors.aaa_riders", "{kind: armed_group, forces: 700, income: 1}"},
      {K::add, "presence.arden_plain.aaa_riders", "300"},
      {K::add, "relations", "{from: arden, to: aaa_riders, affinity: -0.7}"},
      {K::add, "relations", "{from: aaa_riders, to: arden, affinity: -0.9}"},
      {K::add, "measures", "{kind: aid, by: belmar, against: arden, size: 5, since: 2029-01-01}"},
      {K::add, "measures",
       "{kind: sanction, by: belmar, against: corvia, size: 0.1, since: 2029-01-01}"},
      {K::add, "timeline", "{at: 2030-01-05, emit: {act: threat, by: corvia, against: belmar}}"},
      {K::emit, "", "{at: 2030-01-05, act: threat, by: belmar, against: corvia}"},
      {K::add, "crises.ancient", "{challenger: belmar, target: corvia, since: 2029-01-01}"},
      {K::set, "actors.belmar.forces", "16000"}};
  const Result expected = run(load("tutorial/three-states.yaml", edits), 0);
  // The other way round, but for the riders, who have to be there before anything is said of them.
  std::reverse(edits.begin() + 1, edits.end());
  EXPECT_EQ(run(load("tutorial/three-states.yaml", edits), 0), expected);
}

/// What a made-up world lacks: interventions of all kinds, several on one day, and measures.
std::string interventions(const SyntheticSize& size, Stream& dice) {
  const auto state = [&] { return fmt::format("state_{}", roll(dice, size.states)); };
  const auto region = [&] { return fmt::format("region_{}", roll(dice, size.regions)); };
  const auto day = [&] { return fmt::format("2030-01-{:02}", 1 + roll(dice, 9)); };
  std::string text = "timeline:\n";
  for (int i = 0; i < 6; ++i) {
    text += fmt::format(
        "  - {{at: {}, deploy: {{actor: {}, region: {}, strength: {{uniform: [10, {}]}}}}}}\n",
        day(), state(), region(), 50 + roll(dice, 900));
    std::string by = state(), against = state();
    if (by == against) continue;
    text += fmt::format("  - {{at: {}, emit: {{act: {}, by: {}, against: {}, size: {}}}}}\n", day(),
                        i % 2 == 0 ? "invasion" : "blockade", by, against,
                        i % 2 == 0 ? 100.0 * i : 0.1);
    text += fmt::format(
        "  - {{when: \"war({}, {})\", withdraw: {{actor: {}, host: {}, over: 9 days}}}}\n", by,
        against, by, against);
    text += fmt::format(
        "  - {{when: \"actors.{}.resolve < 0.{}\", set: {{regions.{}.grievance: 0.{}, "
        "actors.{}.legitimacy: 0.4}}}}\n",
        by, 5 + i % 4, region(), 1 + i, against);
  }
  text += "measures:\n";
  std::vector<std::string> given;
  for (int i = 0; i < 5; ++i) {
    const std::string by = state(), on = state();
    if (by == on || std::find(given.begin(), given.end(), by + on) != given.end()) continue;
    given.push_back(by + on);
    text += fmt::format("  - {{kind: {}, by: {}, on: {}, size: 0.2, since: 2029-06-01}}\n",
                        i % 2 == 0 ? "sanction" : "aid", by, on);
  }
  // Everything happens often, so that short runs have much in them.
  return text +
         "mechanisms:\n"
         "  insurgency: {attack_rate: 1.5, relocation: 5}\n"
         "  mobilisation: {split_rate: 1.5, merge_rate: 1.5, redeployment: 10}\n"
         "  coups: {rate: 10}\n"
         "  statecraft: {dispute_rate: 1, escalation_rate: 40, offensive_rate: 0.6, "
         "offensive_success: 0.2}\n"
         "  mandates: {deployment_rate: 15, term: 60, recall: 10}\n"
         "  diplomacy: {exit_rate: 10, accession_rate: 4, ceasefire_rate: 4}\n";
}

TEST(OrderOfMadeUpWorlds, MeansNothing) {
  std::size_t logged = 0;
  for (std::uint32_t i = 0; i < 200; ++i) {
    Stream dice({11, i}, 0, Purpose("world"), {});
    SyntheticSize size;
    size.states = 2 + roll(dice, 5);
    size.regions = size.states + roll(dice, 8);
    size.groups = 1 + roll(dice, 5);
    size.presences = size.regions + size.groups + roll(dice, 1 + size.groups);
    size.seed = i;
    size.days = 40;
    const std::string text = synthetic_scenario(size) + interventions(size, dice);
    const Scenario plain = parse(text);
    const Scenario other = parse(permuted(text, i));
    const Result expected = run(plain, i);
    ASSERT_EQ(run(other, i), expected) << "world " << i << "\n" << text;
    logged += expected.logged;
  }
  EXPECT_GT(logged, 200U * 50U) << "worlds in which nothing happens show nothing";
}

}  // namespace
}  // namespace casus::test
