#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "casus/core/export.h"

namespace casus {

/// SHA-256 (FIPS 180-4) of text that comes in pieces.
class CASUS_API Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(Sha256&&) noexcept;
  Sha256& operator=(Sha256&&) noexcept;

  void add(std::string_view bytes);
  /// 64 hexadecimal digits. Ends the digest: nothing may be added afterwards.
  std::string finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

CASUS_API std::string sha256(std::string_view bytes);

}  // namespace casus
