#pragma once

#include <string>
#include <utility>

#include "casus/core/export.h"

namespace casus {

/// What every exception of the library is, besides an exception of the standard library: a text and
/// a code that keeps its meaning, explained by explain_code() and `casus docs CODE`.
class CASUS_API Error {
 public:
  virtual ~Error() = default;
  virtual const char* what() const noexcept = 0;
  /// "E0203".
  const std::string& code() const { return code_; }

 protected:
  explicit Error(std::string code) : code_(std::move(code)) {}
  Error(const Error&) = default;
  Error& operator=(const Error&) = default;

 private:
  std::string code_;
};

}  // namespace casus
