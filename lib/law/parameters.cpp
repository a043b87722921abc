#include "casus/law/parameters.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace casus::law {
namespace {

// What rows say of a single case.
/// A case may make a weight so large that it decides alone.
const SingleCase decisive{-100.0, 100.0, {}, {}};
/// A weight of the logit of honour: unless the case gives it one, it has none.
const SingleCase unweighted{-100.0, 100.0, 0.0,
                            "a case is read with the published estimate of honour alone"};
/// A share that a case may also set to nothing or to all.
const SingleCase any_share{0.0, 1.0, {}, {}};

template <class Member>
LawParameter row(Member member, ParameterInfo info, std::string_view spelt_before = {},
                 std::optional<SingleCase> single_case = {}, bool of_scenarios = true) {
  return {{std::move(info), std::move(member)}, spelt_before, single_case, of_scenarios};
}

std::vector<LawParameter> all() {
  using S = Settings;
  std::vector<LawParameter> rows;
#define CASUS_ROW(member, ...) \
  rows.push_back(row(inside(&S::honour, &HonourSettings::member), __VA_ARGS__));
  CASUS_LAW_HONOUR(CASUS_ROW)
#undef CASUS_ROW
#define CASUS_ROW(level, ...) \
  rows.push_back(             \
      row(inside(&S::honour, &HonourSettings::reluctance, Obligation::level), __VA_ARGS__));
  CASUS_LAW_RELUCTANCE(CASUS_ROW)
#undef CASUS_ROW
#define CASUS_ROW(member, ...) \
  rows.push_back(row(inside(&S::delay, &DelaySettings::member), __VA_ARGS__));
#define CASUS_NO_ROW(member, value)
  CASUS_LAW_DELAY(CASUS_ROW, CASUS_NO_ROW)
#undef CASUS_NO_ROW
#undef CASUS_ROW
#define CASUS_ROW(member, ...) \
  rows.push_back(row(inside(&S::vote, &VoteSettings::member), __VA_ARGS__));
  CASUS_LAW_VOTE(CASUS_ROW)
#undef CASUS_ROW
  const auto rest = std::ssize(rows);
#define CASUS_ROW(member, ...) rows.push_back(row(inside(&S::member), __VA_ARGS__));
  CASUS_LAW_RULES(CASUS_ROW)
#undef CASUS_ROW
  // What has no section of its own is found by its name.
  std::sort(rows.begin() + rest, rows.end(),
            [](const LawParameter& a, const LawParameter& b) { return a.info.name < b.info.name; });
  return rows;
}

}  // namespace

std::span<const LawParameter> parameters() {
  static const std::vector<LawParameter> rows = all();
  return rows;
}

Settings::Settings() {
  for (const LawParameter& row : parameters()) row.member(*this) = row.case_value();
}

}  // namespace casus::law
