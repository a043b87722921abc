#pragma once

#include <stdexcept>
#include <string>

#include "casus/core/error.h"
#include "casus/core/export.h"

namespace casus {

/// The caller broke a documented precondition. The text names the value and the limit.
class CASUS_API ContractError : public std::logic_error, public Error {
 public:
  explicit ContractError(const std::string& what) : std::logic_error(what), Error("E0901") {}
  const char* what() const noexcept override { return std::logic_error::what(); }
};

namespace detail {
[[noreturn]] CASUS_API void contract_failed(const char* condition, const std::string& what,
                                            const char* file, int line);
}

}  // namespace casus

/// Checks a caller's precondition in every build; throws ContractError. `what` names the value.
#define CASUS_EXPECTS(condition, what)                                          \
  do {                                                                          \
    if (!(condition)) {                                                         \
      ::casus::detail::contract_failed(#condition, (what), __FILE__, __LINE__); \
    }                                                                           \
  } while (false)

/// Checks our own reasoning, in dev and sanitizer builds.
#ifdef CASUS_ENABLE_ASSERTS
#define CASUS_ASSERT(condition) CASUS_EXPECTS(condition, "internal invariant")
#else
#define CASUS_ASSERT(condition) static_cast<void>(0)
#endif
