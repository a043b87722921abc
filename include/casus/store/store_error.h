#pragma once

#include <stdexcept>
#include <string>

#include "casus/core/error.h"
#include "casus/core/export.h"

namespace casus {

/// What went wrong with a store. Whatever was committed before is still in it.
class CASUS_API StoreError : public std::runtime_error, public Error {
 public:
  enum class Kind {
    full,     ///< no room left on the device, or the file may not grow further (E0602)
    io,       ///< it could not be read or written (E0602)
    damaged,  ///< it is no store, or not whole (E0603)
    foreign,  ///< it holds other runs than those asked for (E0605)
  };
  StoreError(Kind kind, const std::string& path, const std::string& message);
  const char* what() const noexcept override { return std::runtime_error::what(); }
  Kind kind() const { return kind_; }
  const std::string& path() const { return path_; }

 private:
  Kind kind_;
  std::string path_;
};

}  // namespace casus
