#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "../support/same_tree.h"
#include "casus/core/executor.h"

// A text that is cut wherever it can be is read as it is whole.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const std::unique_ptr<casus::Executor> executor = casus::serial_executor();
  const std::string text(data, data + size);
  if (casus::test::read_as(text, {1, 0, executor.get()}).what !=
      casus::test::read_whole(text).what) {
    __builtin_trap();
  }
  return 0;
}
