#include "casus/study/synthetic.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>
#include <vector>

#include "casus/core/contracts.h"
#include "study/synthetic_actors.h"
#include "study/synthetic_map.h"

namespace casus {
namespace {

using study::SyntheticDraws;
using study::SyntheticMap;
using study::SyntheticPeople;

// What two states of an alliance, or of two, think of each other.
constexpr double ally_low = 0.3, ally_high = 0.8;
constexpr double other_low = -0.8, other_high = 0.4;
// Neighbours that think worse of each other are rivals; better, partners who may have a treaty.
constexpr double rival_from = -0.45, partner_from = 0.2;
constexpr double war_share = 0.05;     ///< of rivals at war at the start
constexpr double crisis_share = 0.25;  ///< of other rivals, in an open dispute
// MUSD a year for each soldier and fighter: what they cost, and a little.
constexpr double soldier_income = 0.012, fighter_income = 0.004;

class Draft {
 public:
  explicit Draft(const SyntheticSize& size)
      : size_(size),
        draw_(size.seed),
        map_(study::make_synthetic_map(size, draw_)),
        people_(study::make_synthetic_people(size, map_, draw_)) {}

  std::string text() {
    head();
    regions();
    actors();
    presence();
    relations();
    conflicts();
    pacts();
    outcomes();
    return std::move(out_);
  }

 private:
  template <class... Args>
  void put(fmt::format_string<Args...> format, Args&&... args) {
    fmt::format_to(std::back_inserter(out_), format, std::forward<Args>(args)...);
  }

  void head() {
    put("casus: scenario/1\n"
        "# Made by: casus generate --states {} --groups {} --regions {} --presences {} --days {} "
        "--seed {}\n",
        size_.states, size_.groups, size_.regions, size_.presences, size_.days, size_.seed);
    put("title: A made-up world of {} states and {} armed groups\n", size_.states, size_.groups);
    put("description: Drawn to measure and test with; nothing in it is of this world.\n"
        "clock: {{start: 2030-01-01, days: {}, step: 1 day}}\n",
        size_.days);
  }

  void regions() {
    put("regions:\n");
    for (std::size_t r = 0; r < size_.regions; ++r) {
      const std::size_t owner = map_.owner[r];
      put("  region_{}: {{owner: state_{}, population: {}, area: {:.0f}, at: [{:.3f}, {:.3f}],\n"
          "    value: {}, grievance: {:.3f}, terrain: {:.3f}",
          r, owner, people_.population[r], std::max(1.0, map_.area[r]), map_.latitude[r],
          map_.longitude[r], map_.capital[owner] == r ? 3 : 1, people_.grievance[r],
          draw_.between("terrain", r, 0, 0.05, 0.95));
      // Each border once, at the region of the smaller number.
      const char* before = ",\n    neighbours: {";
      const char* after = "}\n";
      for (std::size_t i = map_.borders.begin[r]; i < map_.borders.begin[r + 1]; ++i) {
        if (map_.borders.to[i] < r) continue;
        put("{}region_{}: {:.1f}", before, map_.borders.to[i], std::max(0.1, map_.borders.km[i]));
        before = ", ";
        after = "}}\n";
      }
      out_ += after;
    }
  }

  void actors() {
    static constexpr const char* regimes[] = {"democracy", "anocracy", "autocracy", "junta"};
    std::vector<double> placed(size_.states, 0.0);
    for (std::size_t r = 0; r < size_.regions; ++r) placed[map_.owner[r]] += people_.garrison[r];
    put("actors:\n");
    for (std::size_t s = 0; s < size_.states; ++s) {
      const double forces = placed[s] * draw_.between("army", s, 0, 1.2, 2.0);
      const auto regime = static_cast<std::size_t>(4.0 * draw_("regime", s));
      put("  state_{}: {{kind: state, capital: region_{}, forces: {:.0f}, income: {:.1f},\n"
          "    regime: {}, legitimacy: {:.2f}, appetite: {:.2f}}}\n",
          s, map_.capital[s], forces, forces * soldier_income, regimes[regime],
          draw_.between("legitimacy", s, 0, 0.3, 0.9), draw_.between("appetite", s, 0, 0.2, 0.8));
    }
    for (std::size_t g = 0; g < size_.groups; ++g) {
      const auto& group = people_.groups[g];
      double forces = 0.0;
      for (const auto& stand : group.stands) forces += stand.fighters;
      put("  group_{}: {{kind: armed_group, forces: {:.0f}, income: {:.3f}, cohesion: {:.2f}", g,
          forces, forces * fighter_income, draw_.between("cohesion", g, 0, 0.4, 0.9));
      if (group.loyal)
        put(", pro_state: true, sponsor: state_{}, sponsor_evidence: 0.5", group.state);
      out_ += "}\n";
    }
  }

  void presence() {
    std::vector<std::vector<std::pair<std::uint32_t, std::uint32_t>>> here(size_.regions);
    for (std::uint32_t g = 0; g < size_.groups; ++g) {
      for (const auto& stand : people_.groups[g].stands) {
        here[stand.region].emplace_back(g, stand.fighters);
      }
    }
    put("presence:\n");
    for (std::size_t r = 0; r < size_.regions; ++r) {
      put("  region_{}: {{state_{}: {}", r, map_.owner[r], people_.garrison[r]);
      for (const auto& [group, fighters] : here[r]) put(", group_{}: {}", group, fighters);
      out_ += "}\n";
    }
  }

  /// How neighbours of different alliances see each other; the same both ways.
  double view(std::size_t a, std::size_t b) const {
    return draw_.between("view", a, b, other_low, other_high);
  }

  /// Calls `f` with each pair of neighbours of different alliances.
  template <class F>
  void each_frontier(F&& f) {
    for (std::size_t a = 0; a < size_.states; ++a) {
      for (const std::uint32_t b : map_.adjacency.neighbours(a)) {
        if (a < b && map_.alliance[a] != map_.alliance[b]) f(a, std::size_t{b});
      }
    }
  }

  std::vector<std::vector<std::size_t>> alliances() const {
    std::vector<std::vector<std::size_t>> all(map_.alliances);
    for (std::size_t s = 0; s < size_.states; ++s) all[map_.alliance[s]].push_back(s);
    std::erase_if(all, [](const auto& members) { return members.size() < 2; });
    return all;
  }

  void list(const std::vector<std::size_t>& states) {
    for (std::size_t i = 0; i < states.size(); ++i)
      put("{}state_{}", i == 0 ? "" : ", ", states[i]);
  }

  void relations() {
    if (size_.states < 2 && size_.groups == 0) return;
    put("relations:\n");
    for (const auto& members : alliances()) {
      put("  - {{among: [");
      list(members);
      put("], affinity: {:.2f}}}\n",
          draw_.between("allies", members.front(), 0, ally_low, ally_high));
    }
    each_frontier([&](std::size_t a, std::size_t b) {
      const double x = view(a, b);
      put("  - {{between: [state_{}, state_{}], affinity: {:.2f}{}}}\n", a, b, x,
          x < rival_from ? ", rivalry: true" : "");
    });
    for (std::size_t g = 0; g < size_.groups; ++g) {
      const auto& group = people_.groups[g];
      put("  - {{between: [group_{}, state_{}], affinity: {}}}\n", g, group.state,
          group.loyal ? "0.6" : "-0.7");
    }
    for (const auto& tie : people_.ties) {
      put("  - {{between: [group_{}, group_{}], affinity: {}}}\n", tie.a, tie.b,
          tie.rivals ? "-0.5, rivalry: true" : "0.4");
    }
  }

  void conflicts() {
    std::string wars;
    std::string crises;
    each_frontier([&](std::size_t a, std::size_t b) {
      if (view(a, b) >= rival_from) return;
      const double u = draw_("conflict", a, b);
      if (u < war_share) {
        wars += fmt::format("  war_{}_{}: {{sides: [[state_{}], [state_{}]], since: 2029-06-01}}\n",
                            a, b, a, b);
      } else if (u < war_share + crisis_share) {
        crises += fmt::format(
            "  crisis_{}_{}: {{challenger: state_{}, target: state_{}, issue: territory, "
            "stake: {:.2f}, since: 2029-10-01}}\n",
            a, b, a, b, draw_.between("stake", a, b, 0.2, 0.8));
      }
    });
    if (!wars.empty()) out_ += "wars:\n" + wars;
    if (!crises.empty()) out_ += "crises:\n" + crises;
  }

  void pact(const std::string& name, const std::vector<std::size_t>& members, bool organised) {
    put("  {}:\n    in_force: {:.0f}-01-01\n    members: [", name,
        2000.0 + 29.0 * draw_("signed", members.front(), members.back()));
    list(members);
    put("]\n    depth: {{military_institutions: {}, formality: {}}}\n", organised ? 1 : 0,
        organised ? 2 : 1);
    put("    articles:\n"
        "      \"1\": {{when: {{act: [invasion, strike, occupation]}}, where: members,\n"
        "        then: {{assist: [consult, aid, troops, war]}}}}\n"
        "      \"2\": {{then: {{abstain: [force]}}}}\n");
  }

  void pacts() {
    const std::size_t before = out_.size();
    put("pacts:\n");
    const std::size_t start = out_.size();
    std::size_t number = 0;
    for (const auto& members : alliances())
      pact(fmt::format("alliance_{}", number++), members, true);
    each_frontier([&](std::size_t a, std::size_t b) {
      if (view(a, b) > partner_from) pact(fmt::format("treaty_{}_{}", a, b), {a, b}, false);
    });
    if (out_.size() == start) out_.resize(before);
  }

  void outcomes() {
    put("outcomes:\n"
        "  war: {{title: A war between states begins, ever: war_begins, at_least: 1}}\n"
        "  attacks: {{title: Attacks by armed groups, sum: attacks}}\n"
        "  deaths: {{title: Deaths by violence, sum: deaths}}\n"
        "  control: {{title: Ground held by the states, final: control}}\n"
        "  honoured: {{title: Share of obligations honoured, share: honour, "
        "of: [honour, breach]}}\n");
  }

  const SyntheticSize& size_;
  SyntheticDraws draw_;
  SyntheticMap map_;
  SyntheticPeople people_;
  std::string out_;
};

}  // namespace

std::string misfit(const SyntheticSize& size) {
  constexpr std::size_t million = 1'000'000;
  if (size.regions < 1 || size.regions > million) {
    return fmt::format("there are 1 to {} regions, not {}", million, size.regions);
  }
  if (size.states < 1 || size.states > size.regions) {
    return fmt::format("{} regions take 1 to {} states, not {}", size.regions, size.regions,
                       size.states);
  }
  if (size.groups > million) {
    return fmt::format("there are at most {} groups, not {}", million, size.groups);
  }
  const std::size_t least = size.regions + size.groups;
  const std::size_t most = std::min(10 * million, size.regions + size.groups * size.regions);
  if (size.presences < least || size.presences > most) {
    return fmt::format("{} regions and {} groups take {} to {} presences, not {}", size.regions,
                       size.groups, least, most, size.presences);
  }
  if (size.days < 1 || size.days > 3650) {
    return fmt::format("a run lasts 1 to 3650 days, not {}", size.days);
  }
  return {};
}

std::string synthetic_scenario(const SyntheticSize& size) {
  CASUS_EXPECTS(misfit(size).empty(), misfit(size));
  return Draft(size).text();
}

}  // namespace casus
