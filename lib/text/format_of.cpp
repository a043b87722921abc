#include "text/format_of.h"

#include <yaml-cpp/exceptions.h>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <utility>

#include "text/builder.h"
#include "text/read_file.h"
#include "text/source_text.h"
#include "text/tree.h"

namespace casus::text {

namespace {

/// The value of `casus` in a text, or in the beginning of one: then only if another key of the top
/// level shows that it ends before the cut. Nothing where the text is wrong before it.
std::optional<std::string> format_in(const std::string& file, std::string text, bool cut) {
  Sources sources;
  Problems problems(sources);
  const std::uint32_t id = sources.add(file, std::move(text));
  if (!acceptable(sources, id, problems)) return std::nullopt;
  Builder builder(sources[id].text, 0, id, problems, "casus");
  bool ended = !cut;
  try {
    parse(sources[id].text, builder);
  } catch (const YAML::Exception&) {  // what is wrong is said where the file is read
  } catch (const Stop&) {
    ended = true;
  }
  const Node root = builder.take();
  const Entry* format = root.find("casus");
  if (format == nullptr || !ended) return std::nullopt;
  return format->value.text;
}

}  // namespace

std::string format_of(const std::string& file) {
  // A world of many thousand actors says in its first line what it is, and is asked several times.
  constexpr std::size_t beginning = 16U << 10;
  FileText read = read_file(file, std::numeric_limits<std::uintmax_t>::max(), beginning);
  if (!read.text) return {};
  const bool cut = read.text->size() == beginning;
  if (cut) read.text->resize(read.text->find_last_of('\n') + 1);  // all of one line: nothing
  std::optional<std::string> format = format_in(file, std::move(*read.text), cut);
  if (format || !cut) return std::move(format).value_or("");
  read = read_file(file, Sources().max_bytes());
  if (!read.text) return {};
  return format_in(file, std::move(*read.text), false).value_or("");
}

}  // namespace casus::text
