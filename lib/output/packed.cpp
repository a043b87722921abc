#include <zlib.h>

#include <array>
#include <memory>

#include "casus/output/files.h"

namespace casus {

std::string read_packed_file(const std::string& path) {
  constexpr std::size_t most = std::size_t{1} << 30U;
  const std::unique_ptr<gzFile_s, int (*)(gzFile)> file(gzopen(path.c_str(), "rb"), gzclose);
  if (!file) throw OutputError("E0603", path, "cannot be read");
  std::string text;
  std::array<char, 1U << 16U> part{};
  for (int n = 0; (n = gzread(file.get(), part.data(), part.size())) != 0;) {
    if (n < 0) throw OutputError("E0603", path, "is damaged");
    text.append(part.data(), static_cast<std::size_t>(n));
    if (text.size() > most) throw OutputError("E0603", path, "is larger than any table of ours");
  }
  return text;
}

}  // namespace casus
