#include <cstddef>
#include <cstdint>
#include <string>

#include "casus/output/files.h"
#include "casus/output/results.h"
#include "casus/output/sha256.h"
#include "folder.h"

// A results folder is read back or refused. "@NAME@" in the manifest stands for the digest of that
// file, so that what is behind the digests is looked at too.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  auto files = casus::fuzz::files_of(std::string(data, data + size));
  std::string& manifest = files["manifest.json"];
  for (const auto& [name, text] : files) {
    const std::string mark = "@" + name + "@";
    const std::size_t at = manifest.find(mark);
    if (name != "manifest.json" && at != std::string::npos) {
      manifest.replace(at, mark.size(), casus::sha256(text));
    }
  }
  const casus::fuzz::Folder folder("results", files);
  try {
    const casus::RecordedResults results = casus::read_results(folder.name());
    if (results.folder != folder.name()) __builtin_trap();
  } catch (const casus::OutputError& e) {
    if (!e.code().starts_with("E06")) __builtin_trap();
  }
  return 0;
}
