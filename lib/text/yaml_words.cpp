#include "text/yaml_words.h"

#include <algorithm>
#include <array>

namespace casus::text {

std::optional<bool> boolean_to_others(std::string_view word) {
  static constexpr std::array<std::string_view, 10> yes{"y",  "Y",  "yes", "Yes",  "YES",
                                                        "on", "On", "ON",  "True", "TRUE"};
  static constexpr std::array<std::string_view, 10> no{"n",   "N",   "no",  "No",    "NO",
                                                       "off", "Off", "OFF", "False", "FALSE"};
  if (word.size() > 5) return std::nullopt;  // nearly every word
  if (std::find(yes.begin(), yes.end(), word) != yes.end()) return true;
  if (std::find(no.begin(), no.end(), word) != no.end()) return false;
  return std::nullopt;
}

}  // namespace casus::text
