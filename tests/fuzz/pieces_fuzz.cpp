#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "../support/same_tree.h"
#include "casus/core/executor.h"

// A text is read as the parser reads it whole: cut wherever it can be, and in the usual forms
// without the parser.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const std::unique_ptr<casus::Executor> executor = casus::serial_executor();
  const std::string text(data, data + size);
  const std::string whole = casus::test::read_whole(text).what;
  if (casus::test::read_as(text, {}).what != whole ||
      casus::test::read_as(text, {1, 0, executor.get()}).what != whole) {
    __builtin_trap();
  }
  return 0;
}
