#pragma once

#include <string>
#include <utility>
#include <vector>

#include "scenario/treaties.h"
#include "text/tree.h"

namespace casus::scenario {

using namespace text;

/// The files of one scenario, merged and not yet decoded. Of treaties, titles are apart.
struct Merged {
  Node root;                          ///< one mapping of sections
  std::vector<Node> edits;            ///< those of policy files, in the order in which they apply
  bool complete = true;               ///< false if something could not be read
  std::vector<std::uint32_t> inputs;  ///< the files that were read, by their numbers
  Treaties treaties;
};

/// What a file that is read first may be; what it includes may be a treaty besides.
enum class FileFormat { scenario, treaty };

/// Reads `name` and what it includes into `sources`. `text` is the contents where the caller has
/// them. An empty `name` is a text without a folder: it can include nothing.
Merged read_files(const std::string& name, const std::string* text, Sources& sources,
                  Problems& problems, FileFormat format = FileFormat::scenario);

}  // namespace casus::scenario
