#pragma once

#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

#include "casus/core/diagnostics.h"
#include "casus/core/export.h"
#include "casus/output/sha256.h"

namespace casus {

/// A file or folder could not be written (E0602), would be overwritten (E0601), or is not what it
/// should be (E0603). what() is the rendered diagnostic.
class CASUS_API OutputError : public std::runtime_error, public Error {
 public:
  OutputError(std::string code, const std::string& path, const std::string& message);
  const char* what() const noexcept override { return std::runtime_error::what(); }
  const Diagnostic& diagnostic() const { return diagnostic_; }

 private:
  Diagnostic diagnostic_;
};

/// What a file holds, for a manifest.
struct FileDigest {
  std::string name;  ///< relative to the folder of the manifest
  std::uint64_t bytes = 0;
  std::string sha256;
};

/// A file that is digested while it is written. Errors are thrown as OutputError, the late ones (a
/// full disk) by close(); a file that is closed is on the disk, and one that is not is not
/// complete.
class CASUS_API OutputFile {
 public:
  enum class Packing { none, gzip };
  explicit OutputFile(const std::string& path, Packing packing = Packing::none);
  ~OutputFile();
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;

  void write(std::string_view text);
  FileDigest close();  ///< flushed, checked and synchronised; `name` is the last part of the path

 private:
  struct Gzip;
  void flush();
  void put(std::string_view bytes);

  std::string path_;
  int file_ = -1;
  std::unique_ptr<Gzip> gzip_;
  std::string buffer_;
  std::uint64_t bytes_ = 0;
  Sha256 digest_;
};

/// Writes a whole file under another name first, so that nobody ever sees half of it; it is on the
/// disk when this returns. Replaces a file that is there.
CASUS_API void write_atomically(const std::string& path, std::string_view text);

/// Gives a complete file its name, which no file may have yet: E0601 otherwise. If that fails, the
/// file is removed.
CASUS_API void publish_new(const std::string& temporary, const std::string& path);

/// What is in the folder, and under which names, is on the disk when this returns.
CASUS_API void sync_folder(const std::string& folder);

/// The digest of a file that is there. Throws OutputError E0603 if it cannot be read.
CASUS_API FileDigest digest_file(const std::string& path);

/// A whole file. Throws OutputError E0603 if it cannot be read.
CASUS_API std::string read_file(const std::string& path);
/// The same of one that gzip has packed. Throws OutputError E0603 for one that is damaged.
CASUS_API std::string read_packed_file(const std::string& path);

}  // namespace casus
