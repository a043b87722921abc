#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "casus/core/calendar.h"
#include "casus/study/statistics.h"

namespace casus::report {

/// Where a text goes: between tags or into an attribute in quotes, or into a JSON string.
enum class Into { html, json };

/// The only way by which a text that is not ours gets into a page. What could end its place becomes
/// an escape; what is no UTF-8, controls the terminal or turns the direction of writing becomes
/// U+FFFD.
std::string escaped(std::string_view text, Into into);
inline std::string html(std::string_view text) { return escaped(text, Into::html); }

/// JSON made piece by piece; commas are set where they belong.
class Json {
 public:
  Json& object() { return open('{'); }
  Json& array() { return open('['); }
  Json& close();  ///< the innermost object or array
  Json& key(std::string_view name);
  Json& text(std::string_view value);
  /// To so many significant digits; null for what is not finite.
  Json& number(double value, int digits = 6);
  Json& flag(bool value);
  const std::string& str() const { return out_; }

 private:
  Json& open(char bracket);
  void separate();

  std::string out_, open_;
  bool first_ = true;
};

// Numbers as readers take them.

/// "8,412", "0.071"; an en dash for none.
std::string number(double value);
/// "6.2": of a share, in per cent, with the digits that an interval of this width bears.
std::string percent(double share, double width = 0.0);
/// "4–11", two numbers.
std::string range(const std::string& low, const std::string& high);
/// "16 September 2023"
std::string long_date(Date date);
/// "1 run", "1,000 runs"
std::string count(std::size_t n, std::string_view noun);

}  // namespace casus::report
