#include "text/read_file.h"

#include <filesystem>
#include <fstream>
#include <system_error>
#include <utility>

namespace casus::text {

FileText read_file(const std::string& name, std::uintmax_t most) {
  namespace fs = std::filesystem;
  const auto refuse = [](std::string why, std::uintmax_t bytes = 0) {
    return FileText{std::nullopt, std::move(why), bytes};
  };
  std::error_code error;
  const fs::file_status status = fs::status(name, error);
  if (!fs::exists(status)) return refuse("no such file");
  if (fs::is_directory(status)) return refuse("it is a folder");
  if (!fs::is_regular_file(status)) return refuse("it is not an ordinary file");
  const std::uintmax_t size = fs::file_size(name, error);
  if (error) return refuse(error.message());
  if (size > most) return refuse("it is too large", size);
  std::ifstream stream(name, std::ios::binary);
  std::string text(static_cast<std::size_t>(size), '\0');
  if (!stream || !stream.read(text.data(), static_cast<std::streamsize>(size))) {
    return refuse("it may not be opened");
  }
  return {std::move(text), {}, 0};
}

}  // namespace casus::text
