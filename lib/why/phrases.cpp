#include "why/phrases.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>

namespace casus::why {

std::string listing(const std::vector<std::string>& items) {
  std::string out;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (i > 0) out += i + 1 == items.size() ? " and " : ", ";
    out += items[i];
  }
  return out;
}

std::string_view level_phrase(law::Obligation level) {
  constexpr auto words =
      std::to_array<std::string_view>({"nothing", "consultation", "a statement", "mediation",
                                       "sanctions", "aid", "bases or transit", "troops", "war"});
  static_assert(words.size() == static_cast<std::size_t>(law::Obligation::war) + 1);
  return words[static_cast<std::size_t>(level)];
}

std::string number_phrase(double x) {
  if (std::abs(x) < 10.0 && x != std::floor(x)) return fmt::format("{:.2f}", x);
  std::string digits = fmt::format("{:.0f}", std::abs(x));
  for (std::size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, 1, ',');
  return x < 0.0 ? "-" + digits : digits;
}

std::string chance_phrase(double p) {
  if (p >= 0.9995 && p < 1.0) return fmt::format("1 - {:.1g}", 1.0 - p);
  return p == 0.0 || p >= 0.01 ? fmt::format("{:.3g}", p) : fmt::format("{:.2g}", p);
}

namespace {

/// Columns that a text takes: code points, as names here have no wide ones.
std::size_t columns(std::string_view text) {
  std::size_t n = 0;
  for (const char c : text) n += (static_cast<unsigned char>(c) & 0xc0U) != 0x80U ? 1 : 0;
  return n;
}

}  // namespace

std::string wrapped(std::string_view text, std::size_t indent, std::size_t width) {
  std::string out;
  std::size_t used = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find_first_of(" \n", at), text.size());
    const std::string_view word = text.substr(at, end - at);
    at = end + 1;
    if (word.empty()) continue;
    const std::size_t n = columns(word);
    if (used > 0 && used + 1 + n > width) {
      out += '\n';
      used = 0;
    }
    if (used == 0) {
      out += std::string(indent, ' ');
      used = indent + n;
    } else {
      out += ' ';
      used += 1 + n;
    }
    out += word;
  }
  return out;
}

std::string sentence_case(std::string text) {
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') {
    text[0] = static_cast<char>(text[0] - 'a' + 'A');
  }
  return text;
}

}  // namespace casus::why
