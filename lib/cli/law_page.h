#pragma once

#include <string>
#include <vector>

#include "casus/casebook/opinion.h"
#include "casus/report/document.h"
#include "casus/treaties/sheet.h"

namespace CLI {
class App;
}

namespace casus::cli {

// Opinions and treaties as pages: the sentences that the terminal prints, in the dress of reports.

/// Adds a case and what was decided.
void add_opinion(const casebook::LegalCase& c, const casebook::Opinion& opinion, Document& page);

/// Adds a treaty.
void add_sheet(const treaties::Sheet& sheet, Document& page);

/// --html FILE
void add_html_option(CLI::App& command, std::string& path, const std::string& what);
/// Writes a page, and says where it is unless it is to be quiet.
void write_page(const std::string& path, const Document& page, bool quiet);

}  // namespace casus::cli
