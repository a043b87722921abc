#pragma once

#include <string>

#include "casus/report/report.h"

namespace casus::report {

// The parts of a page, in its order: HTML that says everything by itself. What draws finds its
// place by the figures' `data-chart`.

std::string answer_part(const ReportData& data);
std::string outcomes_part(const ReportData& data);
std::string time_part(const ReportData& data);
std::string map_part(const ReportData& data);
std::string promises_part(const ReportData& data);
std::string why_part(const ReportData& data);
std::string matters_part(const ReportData& data);
std::string trust_part(const ReportData& data);

/// All that is drawn, as JSON.
std::string drawing_data(const ReportData& data);

/// A page around its header and what it says; with what draws, if there is something to draw.
std::string whole_page(const std::string& title, const std::string& header, const std::string& main,
                       const std::string& drawing);

/// A place to draw in, with the table behind it: without a script the table stands there alone.
/// `of` is for the script.
std::string figure(const std::string& chart, const std::string& id, const std::string& title,
                   const std::string& note, const std::string& table);

/// The outcome's estimate and interval as a reader takes them, units included: "6.2 of 100 worlds".
std::string estimate_words(const ReportOutcome& outcome, const OutcomeSummary& summary);
std::string interval_words(const ReportOutcome& outcome, const OutcomeSummary& summary);

/// A cell with the number as it is shown and as it is.
std::string number_cell(double value, const std::string& shown);
inline std::string unit_of(const ReportOutcome& o) { return o.unit.empty() ? "" : " " + o.unit; }

/// A title for readers of an actor, region or pact.
std::string title_of(const ReportData& data, const std::string& name);
/// The places that have an outline, or would be in the frame of those that have one.
std::vector<std::size_t> mapped_places(const ReportData& data);

}  // namespace casus::report
