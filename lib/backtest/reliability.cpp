#include "casus/backtest/reliability.h"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <limits>

#include "backtest/promises.h"
#include "casus/rules/willingness.h"
#include "casus/study/statistics.h"

namespace casus {
namespace {

PromisesKept& of(PromisesByCoding& counts, Reliability coding) {
  return counts[static_cast<std::size_t>(coding)];
}

bool forbids_force(const law::Pact& pact) {
  return std::any_of(pact.articles.begin(), pact.articles.end(), [](const law::Article& a) {
    return a.then.abstain.contains(law::Abstention::force);
  });
}

ReliabilityRate rate_of(std::span<const std::vector<PromisesByCoding>> wars, Reliability coding) {
  ReliabilityRate rate;
  std::vector<double> shares;
  const std::size_t runs = wars.empty() ? 0 : wars.front().size();
  shares.reserve(runs);
  for (std::size_t r = 0; r < runs; ++r) {
    PromisesKept history;
    for (const std::vector<PromisesByCoding>& war : wars) {
      const PromisesKept& c = war[r][static_cast<std::size_t>(coding)];
      history.cases += c.cases;
      history.kept += c.kept;
    }
    rate.cases += history.cases / static_cast<double>(runs);
    if (history.cases > 0.0) shares.push_back(history.kept / history.cases);
  }
  if (shares.empty()) {
    rate.rate = rate.low = rate.high = std::numeric_limits<double>::quiet_NaN();
    return rate;
  }
  std::sort(shares.begin(), shares.end());
  for (const double s : shares) rate.rate += s / static_cast<double>(shares.size());
  rate.low = quantile(shares, 0.05);
  rate.high = quantile(shares, 0.95);
  return rate;
}

}  // namespace

const std::array<ReliabilityCoding, reliability_codings>& reliability_coding() {
  static const std::array<ReliabilityCoding, reliability_codings> rows{{
      {"terms apply", "pacts whose terms apply: honoured as the law has it",
       "Leeds, Long & Mitchell 2000", 0.745, 0.745},
      {"any ally", "allies of an attacked state by any kind of pact: fought beside it",
       "Sabrosky 1980", 0.25, 0.27},
      {"member by member, to 1945",
       "members whose promises apply: all of them kept by what they did",
       "Berkemeier & Fuhrmann 2018", 0.663, 0.663},
      {"member by member, after 1945",
       "those of them that were not at war from the start, as if after 1945",
       "Berkemeier & Fuhrmann 2018", 0.222, 0.222},
  }};
  return rows;
}

namespace {

/// Those who fought from the start, which is what happened and nothing that is simulated: an ally
/// beside its ally has kept its word, one that attacks its ally has not. Who would have fought from
/// the start of a war after 1945 nobody knows.
void count_originals(const WarSituation& s, bool after, PromisesByCoding& counts) {
  for (std::size_t o = 0; o < s.original_ties.size(); ++o) {
    const bool attacks = s.parties[s.candidates + o].side == 1;
    const bool broken = attacks && s.original_ties[o].against;
    const bool beside = s.original_ties[o].beside;
    const auto add = [&](Reliability coding, bool kept) {
      of(counts, coding).cases += 1.0;
      of(counts, coding).kept += kept ? 1.0 : 0.0;
    };
    if (beside) add(Reliability::terms_apply, true);
    if (broken) add(Reliability::terms_apply, false);
    if (broken) add(Reliability::any_ally, false);
    if (beside && !attacks) add(Reliability::any_ally, true);
    if (!after && (beside || broken)) add(Reliability::member_before, !broken);
  }
}

}  // namespace

PromisesByCoding count_promises(const WarSituation& s, std::span<const PromiseAnswer> answers,
                                std::span<const int> sides, bool after) {
  PromisesByCoding counts{};
  const Reliability by_member = after ? Reliability::member_after : Reliability::member_before;
  count_originals(s, after, counts);
  struct Member {
    bool bound = false, kept = true;
  };
  std::vector<Member> members(s.candidates);
  for (std::size_t p = 0; p < s.pacts.size(); ++p) {
    const std::size_t member = s.pacts[p].members[0].actor.row();
    const int side = sides[member];
    // What puts a promise of peace to the test is a war between those who gave it.
    const bool peace_kept = side != 3 - s.pact_side[p] || !forbids_force(s.pacts[p]);
    if (!answers[p].help_owed && peace_kept) continue;
    const bool help_kept = !answers[p].help_owed || answers[p].help_given;
    PromisesKept& terms = of(counts, Reliability::terms_apply);
    terms.cases += 1.0;
    terms.kept += peace_kept && help_kept ? 1.0 : 0.0;
    members[member].bound = true;
    const bool fought = !answers[p].help_owed || side == s.pact_side[p];
    members[member].kept = members[member].kept && peace_kept && fought;
  }
  for (std::size_t i = 0; i < s.candidates; ++i) {
    if (s.tie[i][1] > 0.0) {
      of(counts, Reliability::any_ally).cases += 1.0;
      of(counts, Reliability::any_ally).kept += sides[i] == 2 ? 1.0 : 0.0;
    }
    if (!members[i].bound) continue;
    PromisesKept& one = of(counts, by_member);
    one.cases += 1.0;
    one.kept += members[i].kept ? 1.0 : 0.0;
  }
  return counts;
}

/// One step more of either than pacts are taken to have until then. By the rules of Leeds & Anac
/// 2005 the shipped treaties (scenarios/treaties) have .5 and .7 in the mean of six up to 1945, and
/// 1.4 and 1.8 in that of fourteen from 1946 to 2003, where the published rate ends.
constexpr int military_institutions_after_1945 = 1;
constexpr int formality_after_1945 = 2;

WarSituation after_1945(const WarSituation& situation) {
  WarSituation s = situation;
  const int year = static_cast<int>(std::chrono::year_month_day(s.date).year());
  if (year > rules::last_year_without_era) return s;
  const auto moved =
      [years = std::chrono::years(2 * (rules::last_year_without_era - year) + 1)](Date date) {
        const std::chrono::year_month_day day(date);
        // Days of the tables are the first of a month, which every year has.
        return Date((day.year() + years) / day.month() / day.day());
      };
  s.date = moved(s.date);
  for (law::Act& act : s.acts) act.date = moved(act.date);
  for (law::Pact& pact : s.pacts) {
    pact.in_force = moved(pact.in_force);
    pact.military_institutions = military_institutions_after_1945;
    pact.formality = formality_after_1945;
  }
  return s;
}

ReliabilityTable reliability_table(std::span<const std::vector<PromisesByCoding>> before,
                                   std::span<const std::vector<PromisesByCoding>> after) {
  return {rate_of(before, Reliability::terms_apply), rate_of(before, Reliability::any_ally),
          rate_of(before, Reliability::member_before), rate_of(after, Reliability::member_after)};
}

}  // namespace casus
