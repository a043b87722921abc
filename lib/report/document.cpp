#include "casus/report/document.h"

#include <fmt/format.h>

#include <cmath>

#include "casus/report/report.h"
#include "report/parts.h"
#include "report/text.h"

namespace casus {
namespace report {
namespace {

using Kind = DocumentBlock::Kind;

std::string table_html(const DocumentTable& table) {
  std::string text = fmt::format("<table id=\"{}\"><thead><tr>", html(table.id));
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    text += fmt::format("<th scope=\"col\"{}>{}</th>", c < table.texts ? "" : " class=\"n\"",
                        html(table.columns[c]));
  }
  text += "</tr></thead><tbody>\n";
  for (const std::vector<DocumentCell>& row : table.rows) {
    text += "<tr>";
    for (std::size_t c = 0; c < row.size(); ++c) {
      if (c == 0) {
        text += fmt::format("<th scope=\"row\">{}</th>", html(row[c].text));
      } else if (c < table.texts) {
        text += "<td>" + html(row[c].text);
      } else {
        text += number_cell(row[c].value, row[c].text);
      }
    }
    text += "</tr>\n";
  }
  return text + "</tbody></table>";
}

const char* chart_name(DocumentChart::Kind kind) {
  switch (kind) {
    case DocumentChart::Kind::reliability:
      return "reliability";
    case DocumentChart::Kind::transform:
      return "transform";
    case DocumentChart::Kind::marks:
      break;
  }
  return "marks";
}

std::string chart_html(const DocumentChart& chart) {
  return figure(chart_name(chart.kind), chart.id, chart.title, html(chart.note),
                chart.table.columns.empty() ? "" : table_html(chart.table));
}

std::string labelled(const DocumentBlock& block) {
  if (block.label.empty()) return html(block.text);
  return fmt::format("<strong>{}</strong> {}", html(block.label), html(block.text));
}

/// Blocks in their order; lists are opened and closed as items come and go.
class Body {
 public:
  std::string run(const Document& document) {
    for (const DocumentBlock& block : document.blocks) add(block);
    close_lists(0);
    if (in_section_) text_ += "</section>\n";
    return std::move(text_);
  }
  const std::string& contents() const { return contents_; }
  std::size_t sections() const { return sections_; }

 private:
  void close_lists(std::size_t depth) {
    for (; lists_ > depth; --lists_) text_ += "</li></ul>\n";
  }
  void item(const DocumentBlock& block) {
    const std::size_t depth = block.depth + 1U;
    close_lists(depth);
    if (lists_ == depth) text_ += "</li>\n";
    for (; lists_ < depth; ++lists_) text_ += lists_ + 1 < depth ? "<ul><li>" : "<ul>";
    text_ += "<li>" + labelled(block);
  }
  void add(const DocumentBlock& block) {
    if (block.kind == Kind::item) {
      item(block);
      return;
    }
    if (block.kind == Kind::quote && lists_ > 0) {
      text_ += fmt::format("<blockquote>{}</blockquote>", labelled(block));
      return;
    }
    close_lists(0);
    switch (block.kind) {
      case Kind::section:
        if (in_section_) text_ += "</section>\n";
        in_section_ = true;
        ++sections_;
        text_ +=
            fmt::format("<section id=\"part-{}\">\n<h2>{}</h2>\n", sections_, html(block.text));
        contents_ += fmt::format("<a href=\"#part-{}\">{}</a> ", sections_,
                                 html(block.label.empty() ? block.text : block.label));
        break;
      case Kind::heading:
        text_ += fmt::format("<h3>{}</h3>\n", html(block.text));
        break;
      case Kind::minor:
        text_ += fmt::format("<h4>{}</h4>\n", html(block.text));
        break;
      case Kind::paragraph:
        text_ += fmt::format("<p>{}</p>\n", labelled(block));
        break;
      case Kind::lead:
        text_ += fmt::format("<p class=\"lead\">{}</p>\n", labelled(block));
        break;
      case Kind::quote:
        text_ += fmt::format("<blockquote>{}</blockquote>\n", labelled(block));
        break;
      case Kind::warning:
        text_ += fmt::format("<p class=\"warn\">{}</p>\n", labelled(block));
        break;
      case Kind::table:
        text_ += "<div class=\"wide\">" + table_html(block.table) + "</div>\n";
        break;
      case Kind::chart:
        text_ += chart_html(block.chart);
        break;
      case Kind::item:
        break;
    }
  }

  std::string text_, contents_;
  std::size_t lists_ = 0, sections_ = 0;
  bool in_section_ = false;
};

std::string drawing_of(const Document& document) {
  Json j;
  bool any = false;
  j.object().key("arms").array().close().key("figures").object();
  for (const DocumentBlock& block : document.blocks) {
    if (block.kind != Kind::chart) continue;
    any = true;
    const DocumentChart& chart = block.chart;
    j.key(chart.id).object().key("title").text(chart.title).key("unit").text(chart.unit);
    j.key("zero").flag(chart.zero).key("marks").array();
    for (const ChartMark& m : chart.marks) {
      j.object().key("label").text(m.label).key("shown").text(m.shown).key("ours").flag(m.ours);
      j.key("e").array().number(m.value).number(m.low).number(m.high).close().close();
    }
    j.close().key("bins").array();
    for (const ChartBin& b : chart.bins) {
      j.array().number(b.from).number(b.to).number(b.forecast).number(b.happened).number(b.low);
      j.number(b.high).number(static_cast<double>(b.n), 10).close();
    }
    j.close().close();
  }
  j.close().close();
  return any ? j.str() : std::string();
}

}  // namespace
}  // namespace report

std::string document_page(const Document& document) {
  using namespace report;
  Body body;
  const std::string main = body.run(document);
  std::string header = fmt::format("<h1>{}</h1>\n", html(document.title));
  if (!document.question.empty()) {
    header += fmt::format("<p class=\"question\">{}</p>\n", html(document.question));
  }
  if (!document.facts.empty()) {
    header += fmt::format("<p class=\"facts\">{}</p>\n", html(document.facts));
  }
  if (body.sections() > 1) {
    header += "<nav aria-label=\"Parts\">" + body.contents() + "</nav>\n";
  }
  return whole_page(document.title, header, main, drawing_of(document));
}

}  // namespace casus
