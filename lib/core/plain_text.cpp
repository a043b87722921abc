#include "casus/core/plain_text.h"

#include <algorithm>
#include <cstdint>

namespace casus {
namespace {

/// Of a well-formed character of `length` bytes.
std::uint32_t code_point(std::string_view text, std::size_t i, std::size_t length) {
  const auto byte = [&](std::size_t k) {
    return static_cast<std::uint32_t>(static_cast<unsigned char>(text[i + k]));
  };
  if (length == 1) return byte(0);
  std::uint32_t code = byte(0) & (0xffU >> (length + 1));
  for (std::size_t k = 1; k < length; ++k) code = code << 6U | (byte(k) & 0x3fU);
  return code;
}

bool may_be_shown(std::uint32_t c) {
  if (c < 0x20) return c == '\n' || c == '\t';
  if (c < 0x7f) return true;
  if (c <= 0x9f) return false;                   // DEL and C1
  if (c >= 0x2028 && c <= 0x202e) return false;  // separators, embeddings and overrides
  if (c >= 0x2066 && c <= 0x2069) return false;  // isolates
  if (c == 0xfeff) return false;                 // byte order mark
  if (c >= 0xfff9 && c <= 0xfffb) return false;  // interlinear annotation
  return !(c >= 0xe0000 && c <= 0xe007f);        // tags
}

/// The bytes from `i` on that are one character, and whether it may be shown.
struct Character {
  std::size_t length;
  bool good;
};
Character character_at(std::string_view text, std::size_t i) {
  const std::size_t length = character_length(text, i);
  if (length == 0) return {1, false};
  return {length, may_be_shown(code_point(text, i, length))};
}

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n'; }

}  // namespace

std::size_t character_length(std::string_view text, std::size_t i) {
  const auto byte = [&](std::size_t k) -> unsigned {
    return k < text.size() ? static_cast<unsigned char>(text[k]) : 0U;
  };
  const auto tail = [&](std::size_t k) { return (byte(k) & 0xc0U) == 0x80U; };
  const unsigned c = byte(i);
  if (c < 0x80U) return 1;
  if (c >= 0xc2U && c <= 0xdfU) return tail(i + 1) ? 2 : 0;
  if (c >= 0xe0U && c <= 0xefU) {
    const bool overlong = c == 0xe0U && byte(i + 1) < 0xa0U;
    const bool surrogate = c == 0xedU && byte(i + 1) > 0x9fU;
    return tail(i + 1) && tail(i + 2) && !overlong && !surrogate ? 3 : 0;
  }
  if (c >= 0xf0U && c <= 0xf4U) {
    const bool overlong = c == 0xf0U && byte(i + 1) < 0x90U;
    const bool beyond = c == 0xf4U && byte(i + 1) > 0x8fU;
    return tail(i + 1) && tail(i + 2) && tail(i + 3) && !overlong && !beyond ? 4 : 0;
  }
  return 0;
}

bool is_plain_text(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const auto u = static_cast<unsigned char>(text[i]);
    if (u >= 0x20 && u < 0x7f) {
      ++i;
      continue;
    }
    const Character c = character_at(text, i);
    if (!c.good) return false;
    i += c.length;
  }
  return true;
}

std::string plain_text(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    const Character c = character_at(text, i);
    if (c.good) {
      out += text.substr(i, c.length);
    } else {
      out += '?';
    }
    i += c.length;
  }
  return out;
}

std::string plain_line(std::string_view text) {
  std::string line = plain_text(text);
  for (std::size_t end = 0; (end = line.find('\n', end)) != std::string::npos;) {
    std::size_t begin = end;
    while (begin > 0 && is_blank(line[begin - 1])) --begin;
    while (end < line.size() && is_blank(line[end])) ++end;
    const bool inside = begin > 0 && end < line.size();
    line.replace(begin, end - begin, inside ? 1 : 0, ' ');
    end = begin;
  }
  return line;
}

}  // namespace casus
