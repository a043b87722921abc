#include "report/text.h"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <string>
#include <utility>

#include "casus/core/contracts.h"
#include "casus/output/table.h"

namespace casus::report {
namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";

/// The bytes of the character at the beginning, or 0 if there is no proper one; its number in `c`.
std::size_t decode(std::string_view text, std::uint32_t& c) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char first = byte(0);
  if (first < 0x80) {
    c = first;
    return 1;
  }
  const std::size_t n = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first < 0xC2 || first > 0xF4 || text.size() < n) return 0;
  c = first & (0xFFU >> (n + 1));
  for (std::size_t i = 1; i < n; ++i) {
    if ((byte(i) & 0xC0U) != 0x80U) return 0;
    c = (c << 6U) | (byte(i) & 0x3FU);
  }
  constexpr std::array<std::uint32_t, 5> least{0, 0, 0x80, 0x800, 0x10000};
  const bool surrogate = c >= 0xD800 && c <= 0xDFFF;
  return c < least[n] || c > 0x10FFFF || surrogate ? 0 : n;
}

/// Controls, and what turns the direction of writing or marks it.
bool harmful(std::uint32_t c) {
  if (c < 0x20) return c != '\n' && c != '\t';
  return (c >= 0x7F && c < 0xA0) || c == 0x061C || (c >= 0x200E && c <= 0x200F) ||
         (c >= 0x2028 && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF ||
         (c & 0xFFFEU) == 0xFFFE;
}

std::string_view html_escape(std::uint32_t c) {
  switch (c) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '"':
      return "&quot;";
    case '\'':
      return "&#39;";
    default:
      return {};
  }
}

std::string_view json_escape(std::uint32_t c) {
  switch (c) {
    case '"':
      return "\\\"";
    case '\\':
      return "\\\\";
    case '\n':
      return "\\n";
    case '\t':
      return "\\t";
    case '<':
      return "\\u003c";
    case '>':
      return "\\u003e";
    case '&':
      return "\\u0026";
    default:
      return {};
  }
}

}  // namespace

std::string escaped(std::string_view text, Into into) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    std::uint32_t c = 0;
    const std::size_t n = decode(text, c);
    if (n == 0 || harmful(c)) {
      out += replacement;
    } else if (const auto escape = into == Into::html ? html_escape(c) : json_escape(c);
               !escape.empty()) {
      out += escape;
    } else {
      out += text.substr(0, n);
    }
    text.remove_prefix(n == 0 ? 1 : n);
  }
  return out;
}

void Json::separate() {
  if (!first_ && !out_.empty() && out_.back() != ':') out_ += ',';
  first_ = false;
}

Json& Json::open(char bracket) {
  separate();
  out_ += bracket;
  open_ += bracket == '{' ? '}' : ']';
  first_ = true;
  return *this;
}

Json& Json::close() {
  CASUS_EXPECTS(!open_.empty(), "nothing is open");
  out_ += open_.back();
  open_.pop_back();
  first_ = false;
  return *this;
}

Json& Json::key(std::string_view name) {
  text(name);
  out_ += ':';
  return *this;
}

Json& Json::text(std::string_view value) {
  separate();
  out_ += '"' + escaped(value, Into::json) + '"';
  return *this;
}

Json& Json::number(double value, int digits) {
  separate();
  if (!std::isfinite(value)) {
    out_ += "null";
    return *this;
  }
  std::string text = fmt::format("{:.{}g}", value == 0.0 ? 0.0 : value, digits);
  if (text.find("e+") != std::string::npos) {
    // "489000" is shorter than "4.89e+05".
    double rounded = 0.0;
    std::from_chars(text.data(), text.data() + text.size(), rounded);
    std::string plain = fmt::format("{:.0f}", rounded);
    if (plain.size() < text.size()) text = std::move(plain);
  }
  out_ += text;
  return *this;
}

Json& Json::flag(bool value) {
  separate();
  out_ += value ? "true" : "false";
  return *this;
}

std::string number(double value) {
  if (std::isnan(value)) return "–";
  if (std::isinf(value)) return value > 0 ? "∞" : "−∞";
  std::string text = format_number(value);
  // Zeros that say how many digits there are do not read well in a sentence.
  if (text.find('.') != std::string::npos && text.find('e') == std::string::npos) {
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.') text.pop_back();
  }
  if (text.starts_with('-')) text.replace(0, 1, "−");
  return text;
}

std::string percent(double share, double width) {
  if (!std::isfinite(share)) return "–";
  // What was a half before it was a fraction of two stays one, and goes up.
  const double p = std::round(1e8 * share) / 1e6;
  const bool fine = std::abs(p) < 10.0 || (width > 0.0 && width < 0.02);
  const bool whole = std::abs(p - std::round(p)) < 1e-9;
  const double unit = fine && !whole ? 10.0 : 1.0;
  std::string text = fmt::format("{:.{}f}", std::round(p * unit) / unit, unit > 1.0 ? 1 : 0);
  if (text == "-0" || text == "-0.0") text.erase(0, 1);
  if (text.starts_with('-')) text.replace(0, 1, "−");
  return text;
}

std::string range(const std::string& low, const std::string& high) { return low + "–" + high; }

std::string long_date(Date date) {
  constexpr std::array<const char*, 12> months{"January",   "February", "March",    "April",
                                               "May",       "June",     "July",     "August",
                                               "September", "October",  "November", "December"};
  const std::chrono::year_month_day d(date);
  return fmt::format("{} {} {}", static_cast<unsigned>(d.day()),
                     months[static_cast<unsigned>(d.month()) - 1], static_cast<int>(d.year()));
}

std::string count(std::size_t n, std::string_view noun) {
  std::string digits = std::to_string(n);
  for (std::size_t at = digits.size(); at > 3;) {
    at -= 3;
    digits.insert(at, 1, ',');
  }
  return fmt::format("{} {}{}", digits, noun, n == 1 ? "" : "s");
}

}  // namespace casus::report
