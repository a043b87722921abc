#pragma once

#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "casus/core/calendar.h"
#include "casus/report/report.h"

namespace casus::test {

/// A policy whose runs have these values of the only outcome.
inline ReportArm arm_of(const std::string& name, OutcomeSpec::Form form,
                        const std::vector<double>& values) {
  ReportArm arm;
  arm.name = arm.title = name;
  arm.planned = arm.finished = values.size();
  arm.values.resize(1);
  arm.times.resize(1);
  for (std::size_t i = 0; i < values.size(); ++i) {
    arm.runs.push_back(static_cast<std::uint32_t>(i));
    arm.hashes.push_back(static_cast<std::uint64_t>(std::llround(values[i] * 1000)));
    arm.values[0].push_back(OutcomeValue::of(values[i]));
  }
  OutcomeSpec spec;
  spec.form = form;
  arm.summaries = {summarise(spec, arm.values[0])};
  return arm;
}

/// One outcome, one policy.
inline ReportData data_of(OutcomeSpec::Form form, const std::vector<double>& values) {
  ReportData data;
  data.title = "Two valleys";
  data.start = *parse_date("2023-01-01");
  data.end = *parse_date("2024-01-01");
  data.outcomes = {{"war", "A war begins", "", form, form == OutcomeSpec::Form::share}};
  data.arms = {arm_of("", form, values)};
  data.provenance.version = "1.2.3";
  data.provenance.seed = 42;
  data.provenance.command = "casus run two.yaml";
  return data;
}

}  // namespace casus::test
