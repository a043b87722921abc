#include "text/pieces.h"

#include <algorithm>
#include <iterator>
#include <string_view>
#include <utility>

#include "casus/core/ids.h"

namespace casus::text {
namespace {

/// The key under which a piece's document has the section that it goes on with.
constexpr std::string_view stand_in = "_";

/// Whether nothing but blanks and a comment follow to the end of the line.
bool blank_to_end(std::string_view rest) {
  const std::size_t at = rest.find_first_not_of(' ');
  if (at == std::string_view::npos || rest[at] == '\n') return true;
  return rest.substr(at) == "\r\n" || (at > 0 && rest[at] == '#');
}

/// Bytes of a plain key with its colon at the beginning of `rest`, which must end there or be
/// followed by a blank; 0 if there is none. The words for nothing are no such keys: where no value
/// is written, the parser's place of it is that of the next key, and they would be taken for it.
std::size_t plain_key(std::string_view rest) {
  const auto letter = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  };
  std::size_t n = 0;
  while (n < rest.size() && (letter(rest[n]) || (n > 0 && rest[n] >= '0' && rest[n] <= '9'))) ++n;
  if (n == 0 || n >= rest.size() || rest[n] != ':') return 0;
  const std::string_view key = rest.substr(0, n);
  if (key == "null" || key == "Null" || key == "NULL") return 0;
  const std::string_view after = rest.substr(n + 1);
  const bool ends =
      after.empty() || after.front() == ' ' || after.front() == '\n' || after.starts_with("\r\n");
  return ends ? n + 1 : 0;
}

/// The section that a line is in, as far as its indentation tells.
struct Section {
  std::uint32_t line = 0;
  bool begun = false;  ///< its first entry has been seen
  bool list = false;
  std::size_t indent = 0;
};

class Cutter {
 public:
  Cutter(const Sources::File& file, std::size_t bytes) : file_(file), bytes_(bytes) {
    pieces_.push_back({0, file.text.size()});
  }

  std::vector<Piece> run() {
    const std::string_view text = file_.text;
    for (std::size_t n = 0; n < file_.lines.size(); ++n) {
      const std::size_t begin = file_.lines[n];
      const std::size_t end = n + 1 < file_.lines.size() ? file_.lines[n + 1] : text.size();
      if (!look_at(static_cast<std::uint32_t>(n + 1), text.substr(begin, end - begin))) {
        return {Piece{0, text.size()}};
      }
    }
    return std::move(pieces_);
  }

 private:
  /// False if the text is better left whole: it has directives or marks of documents, which hold
  /// for more than a line, or is indented with tabs.
  bool look_at(std::uint32_t line, std::string_view text) {
    const std::size_t indent = text.find_first_not_of(' ');
    if (indent == std::string_view::npos) return true;
    const std::string_view rest = text.substr(indent);
    if (rest.front() == '\n' || rest == "\r\n" || rest.front() == '#') return true;
    if (rest.front() == '\t') return false;
    const bool item = rest.starts_with("- ");
    if (indent == 0 && !item) {
      if (rest.front() == '%' || rest.starts_with("---") || rest.starts_with("...")) return false;
      const std::size_t key = plain_key(rest);
      section_ = {};
      if (key > 0 && blank_to_end(rest.substr(key))) section_.line = line;
    } else if (section_.line > 0 && !section_.begun) {
      section_.begun = true;
      section_.list = item;
      section_.indent = indent;
      if (!item && plain_key(rest) == 0) section_ = {};
    } else if (section_.line > 0 && indent == section_.indent && item == section_.list) {
      const std::size_t begin = file_.lines[line - 1];
      if (begin - pieces_.back().begin >= bytes_ && (item || plain_key(rest) > 0)) {
        pieces_.back().end = begin;
        pieces_.push_back({begin, file_.text.size(), line, section_.line,
                           static_cast<std::uint32_t>(indent + 1), item});
      }
    }
    return true;
  }

  const Sources::File& file_;
  std::size_t bytes_;
  std::vector<Piece> pieces_;
  Section section_;
};

/// Whether the parser is done with everything in `section` where its text ends, so that an entry
/// below it is one more entry of the section and nothing else.
bool ends_with_its_text(const Sources::File& file, const Node& section) {
  const Node* node = &section;
  // What is between brackets ends with them.
  while (!node->flow && (!node->entries.empty() || !node->items.empty())) {
    const Node& last = node->is_map() ? node->entries.back().value : node->items.back();
    if (last.is_null() && last.text.empty()) {
      // An item that is not written stands where the next begins: not known here. A key without a
      // value may be a plain text, which the parser took for a key at the end of the piece.
      if (!node->is_map()) return false;
      const Position& at = node->entries.back().key_at;
      const std::size_t begin = file.lines[at.line - 1] + at.column - 1;
      return plain_key(std::string_view(file.text).substr(begin)) > 0;
    }
    // A plain text that begins no further in than the mapping it is in is taken for a key still to
    // come, until the parser is told otherwise by what follows.
    if ((last.is_scalar() && !last.quoted) || last.is_null()) {
      return last.at.column > node->at.column;
    }
    node = &last;
  }
  return true;
}

bool goes_on_with(const Node& section, const Piece& piece) {
  return (piece.list ? section.is_list() : section.is_map()) && section.at.column == piece.column;
}

/// Whether a key occurs twice, or two that hash alike, which comes to the same: the parse of the
/// whole text will say which.
bool any_twice(const Children<Entry>& entries) {
  std::vector<std::uint64_t> keys;
  keys.reserve(entries.size());
  for (const Entry& e : entries) keys.push_back(name_hash(e.key));
  std::sort(keys.begin(), keys.end());
  return std::adjacent_find(keys.begin(), keys.end()) != keys.end();
}

/// Room for what the pieces from `first` on hold of a section, so that all of it is moved once.
void make_room(Node& section, const std::vector<Piece>& pieces, const std::vector<Node>& trees,
               std::size_t first) {
  std::size_t entries = section.entries.size(), items = section.items.size();
  const std::uint32_t line = pieces[first].section_line;
  for (std::size_t i = first; i < pieces.size() && pieces[i].section_line == line; ++i) {
    if (trees[i].entries.empty()) continue;
    entries += trees[i].entries.front().value.entries.size();
    items += trees[i].entries.front().value.items.size();
  }
  section.entries.reserve(entries);
  section.items.reserve(items);
}

template <class T>
void append(Children<T>& to, T* begin, T* end) {
  to.append(std::make_move_iterator(begin), std::make_move_iterator(end));
}

}  // namespace

std::string Piece::document(const Sources::File& file) const {
  std::string text;
  text.reserve(end - begin + stand_in.size() + 2);
  if (section_line > 0) text.append(stand_in).append(":\n");
  return text.append(file.text, begin, end - begin);
}

std::vector<Piece> cut(const Sources::File& file, std::size_t bytes) {
  return Cutter(file, bytes).run();
}

std::optional<Node> join(const Sources::File& file, const std::vector<Piece>& pieces,
                         std::vector<Node>& trees) {
  Node root = std::move(trees.front());
  if (!root.is_map()) return std::nullopt;
  for (std::size_t i = 1; i < pieces.size(); ++i) {
    const Piece& piece = pieces[i];
    Children<Entry>& rest = trees[i].entries;
    if (root.entries.empty() || rest.empty() || rest.front().key != stand_in) return std::nullopt;
    Entry& section = root.entries.back();
    Node& more = rest.front().value;
    const bool same_section =
        section.key_at.line == piece.section_line && section.key_at.column == 1;
    if (!same_section || !goes_on_with(section.value, piece) || !goes_on_with(more, piece) ||
        more.at.line != piece.line || !ends_with_its_text(file, section.value)) {
      return std::nullopt;
    }
    if (piece.section_line != pieces[i - 1].section_line)
      make_room(section.value, pieces, trees, i);
    append(section.value.entries, more.entries.begin(), more.entries.end());
    append(section.value.items, more.items.begin(), more.items.end());
    more = {};
    if (rest.size() == 1 && i + 1 < pieces.size()) continue;
    // The section ends in this piece.
    if (any_twice(section.value.entries)) return std::nullopt;
    section.value.entries.shrink_to_fit();
    section.value.items.shrink_to_fit();
    append(root.entries, rest.begin() + 1, rest.end());
  }
  if (any_twice(root.entries)) return std::nullopt;
  return root;
}

}  // namespace casus::text
