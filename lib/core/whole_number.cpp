#include "casus/core/whole_number.h"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <system_error>

namespace casus {
namespace {

bool decimal_digit(char c) { return c >= '0' && c <= '9'; }

bool all_digits(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

std::string without_zeros(std::string_view digits) {
  const std::size_t first = digits.find_first_not_of('0');
  return first == std::string_view::npos ? std::string("0") : std::string(digits.substr(first));
}

/// "2e6", "1.5E3": its digits, if it is a whole number of moderate size.
std::string written_out(std::string_view text) {
  double value = 0.0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return {};
  constexpr double most = 9007199254740992.0;  // beyond, doubles are not all the whole numbers
  if (!(value >= 0.0 && value < most) || std::floor(value) != value) return {};
  return fmt::format("{}", static_cast<std::uint64_t>(value));
}

/// "2,000,000", "2 000", "2'000'000", "2_000", "2.000.000": groups of three after the first.
std::string without_separators(std::string_view text) {
  std::string digits;
  char separator = '\0';
  std::size_t group = 0, groups = 0;
  for (const char c : text) {
    if (decimal_digit(c)) {
      digits += c;
      ++group;
      continue;
    }
    if (std::string_view(", '_.").find(c) == std::string_view::npos) return {};
    if (separator != '\0' && c != separator) return {};
    if (groups > 0 ? group != 3 : group == 0 || group > 3) return {};
    separator = c;
    group = 0;
    ++groups;
  }
  // "2.000" may be two; "2,000" is two thousand to whom it is not two.
  if (groups == 0 || group != 3 || (separator == '.' && groups == 1)) return {};
  return without_zeros(digits);
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

}  // namespace

std::string how_to_write_number(std::string_view text) {
  std::string_view bare = trimmed(text);
  if (bare.starts_with('+')) bare.remove_prefix(1);
  std::string meant;
  if (all_digits(bare)) {
    meant = without_zeros(bare);
  } else if (meant = without_separators(bare); meant.empty()) {
    meant = written_out(bare);
  }
  if (meant.empty() || meant == text) return {};
  return "write " + meant;
}

WholeNumber read_whole(std::string_view text) {
  WholeNumber out;
  if (text.empty()) {
    out.problem = "no number is given";
    out.advice = "write a whole number, as in 42";
    return out;
  }
  if (!all_digits(text)) {
    out.problem = fmt::format("'{}' is not a whole number", text);
    out.advice = how_to_write_number(text);
    const std::string_view bare = trimmed(text);
    if (out.advice.empty() && bare.starts_with('-') && all_digits(bare.substr(1))) {
      out.problem = fmt::format("'{}' is below 0", text);
    }
    if (out.advice.empty()) out.advice = "write digits alone, as in 42";
    return out;
  }
  if (text.size() > 1 && text.front() == '0') {
    out.problem = fmt::format("'{}' begins with a zero", text);
    out.advice = how_to_write_number(text);
    return out;
  }
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc()) {
    out.problem = fmt::format("'{}' is too large", text);
    out.advice = "the largest is 18446744073709551615";
    return out;
  }
  out.value = value;
  return out;
}

}  // namespace casus
