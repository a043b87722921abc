#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "casus/core/export.h"

namespace casus {

// Pages that are no report of runs, in the dress of reports: opinions, treaties, backtests. One
// file each, with the same style and policy, and complete without its scripts.

/// A cell of a table: a text, or a number as it is shown and as it is.
struct DocumentCell {
  std::string text;
  double value = std::numeric_limits<double>::quiet_NaN();  ///< of a number
};

struct DocumentTable {
  std::string id;
  std::vector<std::string> columns;
  std::size_t texts = 1;  ///< so many columns from the left hold texts, the others numbers
  std::vector<std::vector<DocumentCell>> rows;
};

/// One of several values on a scale: a dot with its interval. NaN where there is none.
struct ChartMark {
  std::string label, shown;  ///< the value as it is said
  double value = 0.0, low = 0.0, high = 0.0;
  bool ours = false;  ///< set apart from what it is compared with
};
/// What was forecast with such a probability, and how often it came; or a class of a histogram.
struct ChartBin {
  double from = 0.0, to = 1.0;
  double forecast = 0.0, happened = 0.0, low = 0.0, high = 0.0;
  std::size_t n = 0;
};

/// A drawing with its table behind it. Without a script the table stands there alone.
struct DocumentChart {
  enum class Kind : std::uint8_t {
    marks,        ///< dots with intervals on one scale
    reliability,  ///< forecast against what happened, with how many forecasts there were
    transform     ///< a histogram of the probability integral transform; flat is right
  };
  Kind kind = Kind::marks;
  std::string id, title, note;
  std::string unit;   ///< of marks
  bool zero = false;  ///< of marks: nought is where nothing differs
  std::vector<ChartMark> marks;
  std::vector<ChartBin> bins;
  DocumentTable table;
};

/// A piece of a page.
struct DocumentBlock {
  enum class Kind : std::uint8_t {
    section,    ///< a heading that the contents name
    heading,    ///< under it
    minor,      ///< under that
    paragraph,  ///< with `label` before it, if there is one
    lead,       ///< the sentence that answers
    quote,      ///< words of somebody else, of an article
    item,       ///< of a list, as deep as `depth`
    warning,
    table,
    chart
  };
  Kind kind = Kind::paragraph;
  std::string text;
  std::string label{};  ///< "yes", "Article 5"
  unsigned depth = 0;
  DocumentTable table{};
  DocumentChart chart{};
};

struct Document {
  std::string title, question, facts;
  std::vector<DocumentBlock> blocks;

  void add(DocumentBlock::Kind kind, std::string text, std::string label = {}, unsigned depth = 0) {
    blocks.push_back({kind, std::move(text), std::move(label), depth, {}, {}});
  }
  void add(DocumentTable table) {
    blocks.push_back({DocumentBlock::Kind::table, {}, {}, 0, std::move(table), {}});
  }
  void add(DocumentChart chart) {
    blocks.push_back({DocumentBlock::Kind::chart, {}, {}, 0, {}, std::move(chart)});
  }
};

/// The page, complete in itself.
CASUS_API std::string document_page(const Document& document);

}  // namespace casus
