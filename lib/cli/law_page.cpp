#include "cli/law_page.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <utility>

#include "casus/output/files.h"
#include "cli/commands.h"

namespace casus::cli {
namespace {

using Block = DocumentBlock::Kind;
using casebook::OpinionLine;

/// The stages of an act in a list, as deep as they are indented.
unsigned depth_of(const OpinionLine& line) { return line.indent < 6 ? 0 : (line.indent - 4) / 2; }

void add_line(const OpinionLine& line, Document& page) {
  using Kind = OpinionLine::Kind;
  switch (line.kind) {
    case Kind::title:
      page.add(Block::section, line.text, line.text.substr(0, line.text.find(':')));
      return;
    case Kind::step:
      page.add(Block::heading, line.text);
      return;
    case Kind::act:
      page.add(Block::minor, line.text);
      return;
    case Kind::pact:
    case Kind::member:
      page.add(Block::item, line.text, {}, depth_of(line));
      return;
    case Kind::verdict:
      page.add(Block::item, line.text, line.contested ? "!" : line.yes ? "✓" : "✗", depth_of(line));
      return;
    case Kind::words:
    case Kind::why:
      page.add(Block::quote, line.text);
      return;
    case Kind::answer:
      page.add(Block::lead, line.text);
      return;
    case Kind::difference:
      page.add(Block::warning, line.text);
      return;
    case Kind::instrument:
    case Kind::situation:
    case Kind::change:
    case Kind::conflict:
    case Kind::breach:
    case Kind::at_war:
    case Kind::expected:
      page.add(Block::paragraph, line.text);
      return;
  }
}

}  // namespace

void add_opinion(const casebook::LegalCase& c, const casebook::Opinion& opinion, Document& page) {
  std::vector<OpinionLine> lines = casebook::opinion_lines(c, opinion);
  // A reader of a page wants the answer first: of each step the sentence that gives it goes before
  // the acts it is about.
  for (auto step = lines.begin(); step != lines.end();) {
    const auto is = [](OpinionLine::Kind kind) {
      return [kind](const OpinionLine& l) { return l.kind == kind; };
    };
    // Where a term has run out and nothing is done nobody asks for an answer.
    const auto end = std::find_if(step + 1, lines.end(), is(OpinionLine::Kind::step));
    const auto first = std::find_if(step, end, is(OpinionLine::Kind::act));
    const auto answer = std::find_if(first, end, is(OpinionLine::Kind::answer));
    if (answer != end) std::rotate(first, answer, answer + 1);
    step = end;
  }
  for (const OpinionLine& line : lines) add_line(line, page);
}

void add_sheet(const treaties::Sheet& sheet, Document& page) {
  page.add(Block::section,
           sheet.title == sheet.id ? sheet.title : fmt::format("{} ({})", sheet.title, sheet.id),
           sheet.id);
  using Kind = treaties::Part::Kind;
  constexpr std::array<std::pair<Kind, const char*>, 4> parts{{{Kind::whole, ""},
                                                               {Kind::member, "Members"},
                                                               {Kind::organ, "Organs"},
                                                               {Kind::article, "Articles"}}};
  for (const auto& [kind, heading] : parts) {
    bool first = true;
    for (const treaties::Part& part : sheet.parts) {
      if (part.kind != kind) continue;
      if (first && *heading != '\0') page.add(Block::heading, heading);
      first = false;
      if (kind == Kind::whole) {
        page.add(Block::paragraph, treaties::said(part));
      } else if (kind == Kind::article) {
        page.add(Block::minor, treaties::heading(part));
        if (!part.words.empty()) page.add(Block::quote, part.words);
        page.add(Block::paragraph, treaties::said(part));
      } else {
        page.add(Block::item, treaties::said(part), part.title + ":");
      }
    }
  }
  DocumentTable table{"t-" + sheet.id, {"Sentence of the treaty", "Articles here"}, 2, {}};
  for (const treaties::Line& line : treaties::concordance(sheet)) {
    const std::string sentence = line.key.empty() ? std::string(treaties::no_sentence) : line.key;
    table.rows.push_back({{sentence}, {line.text}});
  }
  if (table.rows.empty()) return;
  page.add(Block::heading, "Which sentence became which article");
  page.add(std::move(table));
}

void add_html_option(CLI::App& command, std::string& path, const std::string& what) {
  command.add_option("--html", path, what)->type_name("FILE");
}

void write_page(const std::string& path, const Document& page, bool quiet) {
  write_atomically(path, document_page(page));
  if (!quiet) say(fmt::format("Page: {}\n", path));
}

}  // namespace casus::cli
