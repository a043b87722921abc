#include <algorithm>
#include <optional>
#include <utility>

#include "casus/core/contracts.h"
#include "casus/report/report.h"

namespace casus {
namespace {

/// The row of an outcome, if the report asks the same under its name.
std::optional<std::size_t> row_of(const ReportData& data, const ReportOutcome& outcome) {
  const auto found =
      std::find_if(data.outcomes.begin(), data.outcomes.end(), [&](const ReportOutcome& o) {
        return o.name == outcome.name && o.form == outcome.form && o.unit == outcome.unit;
      });
  if (found == data.outcomes.end()) return std::nullopt;
  return static_cast<std::size_t>(found - data.outcomes.begin());
}

/// Keeps these rows, in this order.
void choose(const std::vector<std::size_t>& rows, ReportArm& arm) {
  ReportArm chosen;
  chosen.summaries.reserve(rows.size());
  chosen.values.reserve(rows.size());
  chosen.times.reserve(rows.size());
  for (const std::size_t row : rows) {
    chosen.summaries.push_back(std::move(arm.summaries.at(row)));
    chosen.values.push_back(std::move(arm.values.at(row)));
    chosen.times.push_back(std::move(arm.times.at(row)));
  }
  arm.summaries = std::move(chosen.summaries);
  arm.values = std::move(chosen.values);
  arm.times = std::move(chosen.times);
}

}  // namespace

ReportData side_by_side(std::vector<std::pair<std::string, ReportData>> policies) {
  CASUS_EXPECTS(!policies.empty(), "a comparison of nothing");
  std::vector<ReportOutcome> outcomes;
  std::vector<std::vector<std::size_t>> rows(policies.size());
  for (const ReportOutcome& o : policies.front().second.outcomes) {
    std::vector<std::size_t> found;
    found.reserve(policies.size());
    for (const auto& [name, data] : policies) {
      if (const auto row = row_of(data, o)) found.push_back(*row);
    }
    if (found.size() < policies.size()) continue;
    outcomes.push_back(o);
    for (std::size_t p = 0; p < policies.size(); ++p) rows[p].push_back(found[p]);
  }
  std::vector<ReportArm> arms;
  arms.reserve(policies.size());
  for (std::size_t p = 0; p < policies.size(); ++p) {
    CASUS_EXPECTS(policies[p].second.arms.size() == 1, "a comparison of comparisons");
    ReportArm& arm = arms.emplace_back(std::move(policies[p].second.arms.front()));
    choose(rows[p], arm);
    arm.name = policies[p].first;
    if (arm.title.empty()) arm.title = arm.name;
  }
  ReportData data = std::move(policies.front().second);
  // What only a policy has is named by its title as well.
  for (std::size_t p = 1; p < policies.size(); ++p) data.titles.merge(policies[p].second.titles);
  data.outcomes = std::move(outcomes);
  data.arms = std::move(arms);
  return data;
}

}  // namespace casus
