#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "casus/core/export.h"

namespace casus {

/// Bytes of the well-formed UTF-8 character at `i`; 0 if there is none (RFC 3629).
CASUS_API std::size_t character_length(std::string_view text, std::size_t i);

/// Nothing in the text is obeyed by a terminal, turns the direction of reading or is not UTF-8: no
/// control characters but tab and line feed, no embeddings, overrides and isolates of bidirectional
/// text, no separators of lines and paragraphs, no tags.
CASUS_API bool is_plain_text(std::string_view text);

/// The text with a '?' for each character and byte that keeps it from being plain. What is printed
/// or put into a table goes through it, whoever wrote it.
CASUS_API std::string plain_text(std::string_view text);

/// The same on one line: line feeds and the blanks around them are one blank, none at the ends.
CASUS_API std::string plain_line(std::string_view text);

}  // namespace casus
