#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>

namespace casus::text {

/// A file as read, or why it was not.
struct FileText {
  std::optional<std::string> text{};
  std::string refusal{};     ///< "no such file"
  std::uintmax_t bytes = 0;  ///< of one that is larger than allowed; 0: it is not
};

/// Reads an ordinary file of at most `most` bytes, or of it the first `beginning` bytes.
FileText read_file(const std::string& name, std::uintmax_t most,
                   std::size_t beginning = std::numeric_limits<std::size_t>::max());

}  // namespace casus::text
