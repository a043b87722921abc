#include "text/builder.h"

#include <yaml-cpp/parser.h>

#include <istream>
#include <streambuf>

namespace casus::text {

namespace {

/// Reads a text where it stands: the parser takes a stream, and a copy of a large text is large.
class TextBuffer : public std::streambuf {
 public:
  explicit TextBuffer(const std::string& text) {
    // The interface asks for characters that may be changed; nothing here changes them.
    char* const begin = const_cast<char*>(text.data());
    setg(begin, begin, begin + text.size());
  }
};

}  // namespace

void parse(const std::string& text, Builder& builder) {
  TextBuffer buffer(text);
  std::istream stream(&buffer);
  YAML::Parser parser(stream);
  while (parser.HandleNextDocument(builder)) {
  }
}

}  // namespace casus::text
