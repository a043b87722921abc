#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "text/source_text.h"
#include "text/tree.h"
#include "text/usual_yaml.h"

namespace casus::text {

/// Thrown where going on with a text is pointless; the problem has been added.
struct StopReading {};

/// Makes nodes of what is told of a text, and adds what is wrong with it.
class TreeBuilder : public TreeEvents {
 public:
  /// `text` is what is read, `lines` how many lines of the file stand before it.
  TreeBuilder(std::string_view text, std::uint32_t lines, std::uint32_t file, Problems& problems)
      : text_(text), lines_(lines), file_(file), problems_(problems) {}

  /// What was told so far.
  Node take();

  void nothing(const Spot& spot) override;
  void scalar(const Spot& spot, bool quoted, std::string_view text) override;
  void open(const Spot& spot, Node::Kind kind, bool flow) override;
  void close() override;
  /// A key or a value that was refused: as a value it takes its key with it; as a key, its value.
  void left_out();

  Position position(const Spot& spot) const {
    return {file_, lines_ + spot.lines + 1, spot.columns + 1, 1};
  }
  std::size_t size() const { return text_.size(); }
  /// The parser's tag of what is quoted is one that may be written too.
  bool is_tagged(const Spot& spot) const {
    return spot.bytes < text_.size() && text_[spot.bytes] == '!';
  }

 private:
  struct Container {
    Node::Kind kind;
    bool flow;
    Position at;
    std::size_t first;  ///< of its children, on their stack
    bool has_key = false;
    bool bad_key = false;  ///< the value that follows has nowhere to go
    std::string key{};
    Position key_at{};
    /// Of a large mapping, its entries by their keys: open addressing, number of the entry + 1, 0
    /// where a slot is free, at most half full.
    std::vector<std::uint32_t> slots{};
    /// Where a key is first given that no entry shows.
    std::map<std::string, Position, std::less<>> seen{};

    bool is_list() const { return kind == Node::Kind::list; }
  };

  std::uint32_t on_one_line(std::size_t begin, std::size_t bytes) const;
  std::uint32_t quoted_length(const Spot& spot);
  void show_plainly(Node& node);
  void value(Node node);
  std::uint32_t& slot(Container& top, std::string_view key) const;
  const Position* first_given(Container& top, std::string_view key) const;
  bool is_group_of_digits(const Container& top) const;
  void key(Container& top, Node node);

  std::string_view text_;
  std::uint32_t lines_;
  std::uint32_t file_;
  Problems& problems_;
  std::vector<Container> open_;
  std::vector<Node> items_;     ///< those of the lists that are open
  std::vector<Entry> entries_;  ///< those of the mappings that are open
  Node root_;
};

}  // namespace casus::text
