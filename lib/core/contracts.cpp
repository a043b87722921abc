#include "casus/core/contracts.h"

#include <fmt/format.h>

#include <string_view>

namespace casus::detail {

void contract_failed(const char* condition, const std::string& what, const char* file, int line) {
  // The folder of the build machine tells a reader nothing.
  std::string_view name(file);
  if (const auto slash = name.find_last_of('/'); slash != std::string_view::npos) {
    name.remove_prefix(slash + 1);
  }
  throw ContractError(
      fmt::format("{} (broken precondition: {}, {}:{})", what, condition, name, line));
}

}  // namespace casus::detail
