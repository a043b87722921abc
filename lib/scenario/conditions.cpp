#include "scenario/conditions.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>
#include <utility>

namespace casus::scenario {
namespace {

using Term = Condition::Term;

/// Reads the text of a condition from left to right; the column of what is wrong is kept exact, as
/// conditions are long.
class ConditionReader {
 public:
  ConditionReader(Decoder& decoder, const Node& node, const std::string& path)
      : decoder_(decoder), node_(node), path_(path), text_(node.text) {}

  std::optional<Condition> run() {
    Condition condition;
    condition.text = text_;
    bool never = false;
    for (;;) {
      gone_ = false;
      auto term = read_term();
      if (!term) return std::nullopt;
      // What is said of something an edit has taken out is false.
      if (!gone_) {
        condition.terms.push_back(std::move(*term));
      } else if (!term->negated) {
        never = true;
      }
      skip();
      if (at_ == text_.size()) {
        if (never) condition.terms = {impossible()};
        return condition;
      }
      const std::size_t begin = at_;
      if (word() != "and") return complain(begin, "expected 'and' or the end of the condition");
    }
  }

 private:
  /// A comparison that no world fulfils.
  static Term impossible() {
    Term term;
    term.ref.table = PathRef::Table::region;
    term.ref.column = find_path_column(PathRef::Table::region, "grievance")->column;
    term.value = -1.0;
    return term;
  }

  std::nullopt_t complain(std::size_t begin, std::string message, std::string advice = {}) {
    decoder_.fail("E0212", position(begin), path_, std::move(message), std::move(advice));
    return std::nullopt;
  }

  Position position(std::size_t begin) const {
    Position p = node_.at;
    const std::size_t shift = begin + (node_.quoted ? 1 : 0);
    if (shift < p.length) {
      p.column += static_cast<std::uint32_t>(shift);
      p.length = static_cast<std::uint32_t>(at_ > begin ? at_ - begin : 1);
    }
    return p;
  }

  void skip() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\n')) ++at_;
  }
  static bool in_word(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '.';
  }
  std::string word() {
    skip();
    const std::size_t begin = at_;
    while (at_ < text_.size() && in_word(text_[at_])) ++at_;
    return text_.substr(begin, at_ - begin);
  }
  bool take(char c) {
    skip();
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }

  std::optional<Term> read_term() {
    Term term;
    skip();
    std::size_t begin = at_;
    std::string first = word();
    if (first == "not") {
      term.negated = true;
      skip();
      begin = at_;
      first = word();
    }
    if (first.empty()) {
      return complain(begin, "expected a path, war(a, b) or member(actor, pact)");
    }
    skip();
    if (at_ < text_.size() && text_[at_] == '(') return read_call(first, begin, std::move(term));
    return read_comparison(first, begin, std::move(term));
  }

  std::optional<Term> read_call(const std::string& name, std::size_t begin, Term term) {
    if (name != "war" && name != "member") {
      return complain(begin, fmt::format("unknown condition '{}'", name),
                      "use war(a, b) or member(actor, pact)");
    }
    take('(');
    skip();
    const std::size_t a = at_;
    const std::string first = word();
    const bool comma = take(',');
    skip();
    const std::size_t b = at_;
    const std::string second = word();
    if (first.empty() || second.empty() || !comma || !take(')')) {
      return complain(begin, fmt::format("'{}' takes two names in brackets", name),
                      name == "war" ? "war(a, b)" : "member(actor, pact)");
    }
    const bool known_a = name_of(decoder_.actors, "actors", a, first, term.a);
    term.kind = name == "war" ? Term::Kind::war : Term::Kind::member;
    const bool known_b = name == "war" ? name_of(decoder_.actors, "actors", b, second, term.b)
                                       : name_of(decoder_.pacts, "pacts", b, second, term.pact);
    if (!known_a || !known_b) return std::nullopt;
    return term;
  }

  template <class Id>
  bool name_of(const NameTable& table, std::string_view section, std::size_t begin,
               const std::string& name, Id& id) {
    if (decoder_.was_removed(section, name)) return gone_ = true;
    const std::size_t end = std::exchange(at_, begin + name.size());
    const auto row = decoder_.look_up(table, scalar_node(name, position(begin)), path_);
    at_ = end;
    if (!row) return false;
    id = Id(*row);
    return true;
  }

  std::optional<Term> read_comparison(const std::string& name, std::size_t begin, Term term) {
    const std::size_t end = at_;
    at_ = begin + name.size();
    gone_ = leads_to_removed(name);
    std::optional<PathRef> ref;
    if (!gone_) ref = read_path(decoder_, name, position(begin), path_, PathUse::read);
    at_ = end;
    const std::size_t op = at_;
    if (take('<')) {
      term.op = take_equal() ? Term::Op::less_equal : Term::Op::less;
    } else if (take('>')) {
      term.op = take_equal() ? Term::Op::greater_equal : Term::Op::greater;
    } else {
      return complain(op, "expected one of <, <=, >, >= after the path");
    }
    skip();
    const std::size_t number = at_;
    std::size_t stop = text_.find(" and ", at_);
    if (stop == std::string::npos) stop = text_.size();
    std::string value = text_.substr(at_, stop - at_);
    while (!value.empty() && value.back() == ' ') value.pop_back();
    at_ = number + value.size();
    if (const std::size_t other = value.find(" or "); other != std::string::npos) {
      at_ = number + other + 3;
      return complain(number + other + 1, "terms can only be joined by 'and'",
                      "for 'or', give each condition an entry of its own");
    }
    if (value.empty()) return complain(number, "expected a number to compare with");
    if (gone_) return term;
    if (!ref) return std::nullopt;
    FieldInfo field = value_field(decoder_, *ref);
    field.low = -unlimited;
    field.high = unlimited;
    if (!decoder_.read(scalar_node(value, position(number)), field, path_, term.value)) {
      return std::nullopt;
    }
    term.ref = *ref;
    return term;
  }

  /// "actors.wagner.forces" where an edit has taken out the actor.
  bool leads_to_removed(const std::string& path) const {
    const std::size_t first = path.find('.'), second = path.find('.', first + 1);
    if (first == std::string::npos || second == std::string::npos) return false;
    const std::string section = path.substr(0, first);
    const std::string name = path.substr(first + 1, second - first - 1);
    if (section != "relations") return decoder_.was_removed(section, name);
    return decoder_.was_removed("actors", name) ||
           decoder_.was_removed("actors", path.substr(second + 1));
  }

  bool take_equal() {
    if (at_ >= text_.size() || text_[at_] != '=') return false;
    ++at_;
    return true;
  }

  Decoder& decoder_;
  const Node& node_;
  const std::string& path_;
  std::string text_;
  std::size_t at_ = 0;
  bool gone_ = false;  ///< the term names something that was removed
};

}  // namespace

std::optional<Condition> read_condition(Decoder& decoder, const Node& node,
                                        const std::string& path) {
  if (!node.is_scalar()) {
    decoder.fail("E0212", node.at, path,
                 fmt::format("expected a condition, found {}", kind_name(node)));
    return std::nullopt;
  }
  return ConditionReader(decoder, node, path).run();
}

std::string say(const Encoder& e, const Condition& condition) {
  constexpr std::string_view operators[] = {"<", "<=", ">", ">="};
  std::vector<std::string> terms;
  const auto name = [&](auto id) {
    return id.valid() ? e.write(FieldInfo{}, id).text : std::string(Encoder::nobody);
  };
  // What no world fulfils has no path of its own.
  const auto path = [&](const Term& t) {
    const bool impossible = t.ref.path.empty() && !e.regions.empty();
    return impossible ? fmt::format("regions.{}.grievance", e.regions[0]) : t.ref.path;
  };
  for (const Term& t : condition.terms) {
    const std::string a = t.kind == Term::Kind::column ? std::string() : name(t.a);
    std::string term =
        t.kind == Term::Kind::war ? fmt::format("war({}, {})", a, name(t.b))
        : t.kind == Term::Kind::member
            ? fmt::format("member({}, {})", a, name(t.pact))
            : fmt::format("{} {} {}", path(t), operators[static_cast<std::size_t>(t.op)], t.value);
    terms.push_back((t.negated ? "not " : "") + term);
  }
  return terms.empty() ? condition.text : fmt::format("{}", fmt::join(terms, " and "));
}

}  // namespace casus::scenario
