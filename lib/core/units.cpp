#include "casus/core/units.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <limits>
#include <system_error>

#include "casus/core/calendar.h"

namespace casus {
namespace {

enum class Dimension { number, time, people, length, area, money };

struct Word {
  std::string_view text;  ///< lower case, without spaces
  Dimension dimension;
  double factor;  ///< to days, people, km, km2, MUSD
};

constexpr double mile = 1.609344;

constexpr auto words = std::to_array<Word>({
    {"", Dimension::number, 1.0},
    {"1", Dimension::number, 1.0},
    {"%", Dimension::number, 0.01},
    {"percent", Dimension::number, 0.01},
    {"min", Dimension::time, 1.0 / 1440.0},
    {"minute", Dimension::time, 1.0 / 1440.0},
    {"minutes", Dimension::time, 1.0 / 1440.0},
    {"h", Dimension::time, 1.0 / 24.0},
    {"hour", Dimension::time, 1.0 / 24.0},
    {"hours", Dimension::time, 1.0 / 24.0},
    {"d", Dimension::time, 1.0},
    {"day", Dimension::time, 1.0},
    {"days", Dimension::time, 1.0},
    {"w", Dimension::time, 7.0},
    {"week", Dimension::time, 7.0},
    {"weeks", Dimension::time, 7.0},
    {"month", Dimension::time, days_per_month},
    {"months", Dimension::time, days_per_month},
    {"y", Dimension::time, days_per_year},
    {"yr", Dimension::time, days_per_year},
    {"year", Dimension::time, days_per_year},
    {"years", Dimension::time, days_per_year},
    {"people", Dimension::people, 1.0},
    {"person", Dimension::people, 1.0},
    {"persons", Dimension::people, 1.0},
    {"troops", Dimension::people, 1.0},
    {"soldiers", Dimension::people, 1.0},
    {"fighters", Dimension::people, 1.0},
    {"m", Dimension::length, 1e-3},
    {"km", Dimension::length, 1.0},
    {"mi", Dimension::length, mile},
    {"miles", Dimension::length, mile},
    {"nmi", Dimension::length, 1.852},
    {"m2", Dimension::area, 1e-6},
    {"m\xc2\xb2", Dimension::area, 1e-6},
    {"ha", Dimension::area, 0.01},
    {"km2", Dimension::area, 1.0},
    {"km^2", Dimension::area, 1.0},
    {"km\xc2\xb2", Dimension::area, 1.0},
    {"sqkm", Dimension::area, 1.0},
    {"mi2", Dimension::area, mile* mile},
    {"usd", Dimension::money, 1e-6},
    {"kusd", Dimension::money, 1e-3},
    {"musd", Dimension::money, 1.0},
    {"busd", Dimension::money, 1e3},
});

struct Definition {
  Unit unit;
  std::string_view name;
  Dimension dimension;
  double factor;  ///< to days, people, km, km2, MUSD
  double per;     ///< days, for a rate; 0 for what is not a rate
};

constexpr auto definitions = std::to_array<Definition>({
    {Unit::none, "", Dimension::number, 1.0, 0.0},
    {Unit::days, "days", Dimension::time, 1.0, 0.0},
    {Unit::per_day, "1/day", Dimension::number, 1.0, 1.0},
    {Unit::per_year, "1/year", Dimension::number, 1.0, days_per_year},
    {Unit::people, "people", Dimension::people, 1.0, 0.0},
    {Unit::people_per_day, "people/day", Dimension::people, 1.0, 1.0},
    {Unit::km, "km", Dimension::length, 1.0, 0.0},
    {Unit::km2, "km2", Dimension::area, 1.0, 0.0},
    {Unit::musd, "MUSD", Dimension::money, 1.0, 0.0},
    {Unit::musd_per_year, "MUSD/year", Dimension::money, 1.0, days_per_year},
    {Unit::musd_per_day, "MUSD/day", Dimension::money, 1.0, 1.0},
    {Unit::usd, "USD", Dimension::money, 1e-6, 0.0},
    {Unit::usd_per_day, "USD/day", Dimension::money, 1e-6, 1.0},
});

const Definition& definition(Unit unit) {
  return *std::find_if(definitions.begin(), definitions.end(),
                       [unit](const Definition& d) { return d.unit == unit; });
}

bool is_space(char c) { return c == ' ' || c == '\t'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
bool is_letter(char c) { return lower(c) >= 'a' && lower(c) <= 'z'; }

std::string_view trim(std::string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

/// Lower case, "per" as a slash, no spaces: "M USD per Month" becomes "musd/month".
std::string normal_form(std::string_view text) {
  std::string padded = " ";
  for (const char c : trim(text)) padded += is_space(c) ? ' ' : lower(c);
  std::string result;
  for (std::size_t i = 0; i < padded.size(); ++i) {
    if (padded.compare(i, 5, " per ") == 0) {
      result += '/';
      i += 4;
    } else if (padded[i] != ' ') {
      result += padded[i];
    }
  }
  return result;
}

const Word* find_word(std::string_view text) {
  const auto found = std::find_if(words.begin(), words.end(),
                                  [text](const Word& word) { return word.text == text; });
  return found == words.end() ? nullptr : &*found;
}

/// A unit of an amount, which may be counted in thousands, millions or billions of it: "million
/// people". Where the unit is left out it is that of the field, if a field of that dimension has no
/// other: "1.3 million" of people is plain, of money it is not.
std::optional<double> amount_factor(std::string_view form, const Definition& target) {
  struct Multiple {
    std::string_view word;
    double factor;
  };
  static constexpr std::array<Multiple, 3> multiples{
      {{"thousand", 1e3}, {"million", 1e6}, {"billion", 1e9}}};
  double times = 1.0;
  for (const Multiple& m : multiples) {
    if (!form.starts_with(m.word)) continue;
    const bool countable = target.dimension == Dimension::people ||
                           target.dimension == Dimension::area ||
                           target.dimension == Dimension::money;
    if (!countable) return std::nullopt;
    form.remove_prefix(m.word.size());
    times = m.factor;
    if (form.empty() && target.dimension != Dimension::people) return std::nullopt;
    if (form.empty()) return times / target.factor;
  }
  // A million MUSD is for nobody to read.
  if (times > 1.0 && target.dimension == Dimension::money && form != "usd") return std::nullopt;
  const Word* amount = find_word(form);
  if (!amount || amount->dimension != target.dimension) return std::nullopt;
  return times * amount->factor / target.factor;
}

/// A number too large or too small for a double: says which.
double out_of_range_value(std::string_view digits) {
  const std::size_t e = digits.find_first_of("eE");
  if (e != std::string_view::npos) {
    return digits[e + 1] == '-' ? 0.0 : std::numeric_limits<double>::infinity();
  }
  const std::string_view whole = digits.substr(0, digits.find('.'));
  const bool zero = whole.find_first_not_of('0') == std::string_view::npos;
  return zero ? 0.0 : std::numeric_limits<double>::infinity();
}

/// "nan", ".inf" and the like at the front of `text`: the value and the characters read.
std::optional<std::pair<double, std::size_t>> non_finite(std::string_view text) {
  const std::size_t dot = !text.empty() && text.front() == '.' ? 1 : 0;
  std::string word;
  for (std::size_t i = dot; i < text.size() && !is_space(text[i]); ++i) word += lower(text[i]);
  if (word == "nan") return std::pair(std::numeric_limits<double>::quiet_NaN(), dot + word.size());
  if (word == "inf" || word == "infinity") {
    return std::pair(std::numeric_limits<double>::infinity(), dot + word.size());
  }
  return std::nullopt;
}

}  // namespace

std::string_view unit_name(Unit unit) { return definition(unit).name; }

std::optional<double> unit_factor(std::string_view text, Unit unit) {
  const Definition& target = definition(unit);
  const std::string form = normal_form(text);
  if (form.empty()) return 1.0;
  const std::size_t slash = form.find('/');
  const auto factor = amount_factor(std::string_view(form).substr(0, slash), target);
  if (!factor) return std::nullopt;
  if (slash == std::string::npos) return target.per == 0.0 ? factor : std::nullopt;
  const Word* period = find_word(std::string_view(form).substr(slash + 1));
  if (!period || period->dimension != Dimension::time || target.per == 0.0) return std::nullopt;
  return *factor * (target.per / period->factor);
}

std::vector<std::string> unit_spellings(Unit unit) {
  const Definition& d = definition(unit);
  std::vector<std::string> amounts;
  switch (d.dimension) {
    case Dimension::number:
      amounts = {""};
      break;
    case Dimension::time:
      amounts = {"hours", "days", "weeks", "months", "years"};
      break;
    case Dimension::people:
      amounts = {"people", "troops", "fighters"};
      break;
    case Dimension::length:
      amounts = {"m", "km", "mi"};
      break;
    case Dimension::area:
      amounts = {"ha", "km2"};
      break;
    case Dimension::money:
      amounts = {"USD", "MUSD", "BUSD"};
      break;
  }
  if (unit == Unit::none) return {"%"};
  if (d.per == 0.0) return amounts;
  std::vector<std::string> rates;
  for (const std::string& amount : amounts) {
    for (const char* period : {"day", "week", "month", "year"}) {
      rates.push_back(amount + "/" + period);
    }
  }
  return rates;
}

std::optional<std::pair<double, std::string>> split_quantity(std::string_view text) {
  text = trim(text);
  double sign = 1.0;
  if (!text.empty() && (text.front() == '-' || text.front() == '+')) {
    sign = text.front() == '-' ? -1.0 : 1.0;
    text.remove_prefix(1);
  }
  if (const auto special = non_finite(text)) {
    return std::pair(sign * special->first, std::string(trim(text.substr(special->second))));
  }
  // from_chars would also take "infantry" for infinity followed by a unit.
  const bool starts = !text.empty() && (is_digit(text[0]) ||
                                        (text[0] == '.' && text.size() > 1 && is_digit(text[1])));
  if (!starts) return std::nullopt;
  double value = 0.0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const auto length = static_cast<std::size_t>(end - text.data());
  if (error == std::errc::result_out_of_range) value = out_of_range_value(text.substr(0, length));
  const std::string_view rest = text.substr(length);
  const std::string_view unit = trim(rest);
  // "1_000", "1,000", "1.2.3", "2023-09-16", "0x10" are not quantities.
  if (!rest.empty() && rest.front() == unit.front()) {
    const bool hexadecimal = lower(rest.front()) == 'x';
    if (hexadecimal || !(is_letter(rest.front()) || rest.front() == '%' || rest.front() == '/')) {
      return std::nullopt;
    }
  }
  return std::pair(sign * value, std::string(unit));
}

}  // namespace casus
