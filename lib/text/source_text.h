#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "casus/core/diagnostics.h"
#include "casus/core/plain_text.h"
#include "casus/text/limits.h"

namespace casus::text {

// Limits of what is read besides ReadLimits, so that hostile input ends in an error and not in a
// full machine.
inline constexpr std::size_t max_bracketed = 250'000;  ///< entries between one pair of brackets
inline constexpr std::size_t max_depth = 64;           ///< of nested lists and mappings
inline constexpr std::size_t max_include_depth = 16;
inline constexpr std::size_t max_problems = 500;  ///< shown; more help nobody

/// A place in one of the files read; line 0 stands for none.
struct Position {
  std::uint32_t file = 0;
  std::uint32_t line = 0;
  std::uint32_t column = 0;
  std::uint32_t length = 1;
  friend bool operator==(const Position&, const Position&) = default;
};

/// The texts read so far, by number: what positions point into.
class Sources {
 public:
  struct File {
    std::string name;
    std::string text;
    std::vector<std::size_t> lines;  ///< where each begins
    /// Of a text that was taken out of another: where it stands there, and that line.
    Location taken_from{};
    std::string taken_line{};
  };
  explicit Sources(const ReadLimits& limits = {}) : limits_(limits) {}
  std::uint32_t add(std::string name, std::string text);
  /// What is complained about in a text that was taken out of another is shown there.
  void show_at(std::uint32_t file, Location where, std::string line);
  const File& operator[](std::uint32_t file) const { return files_[file]; }
  std::size_t size() const { return files_.size(); }
  /// What may be read of all files together.
  std::size_t max_bytes() const { return limits_.megabytes << 20; }
  std::size_t max_entries() const { return limits_.megabytes << 16; }
  /// Where an include is looked up besides.
  const std::string& library() const { return limits_.library; }
  /// What to do about one of the two, for the message.
  std::string how_to_raise() const;
  Location location(const Position& at) const;
  /// The line as read, without its end.
  std::string line(const Position& at) const { return std::string(view(at)); }
  std::size_t line_length(const Position& at) const { return view(at).size(); }
  /// "sahel.yaml:29", for a message.
  std::string place(const Position& at) const;

 private:
  std::string_view view(const Position& at) const;
  std::vector<File> files_;
  ReadLimits limits_;
};

/// Collects what is wrong, so that one pass shows everything.
class Problems {
 public:
  explicit Problems(const Sources& sources) : sources_(&sources) {}
  /// The same complaint about the same place is kept once. The reference is valid until the next.
  Diagnostic& add(std::string_view code, const Position& at, std::string path, std::string message,
                  std::string suggestion = {});
  void note(Diagnostic& diagnostic, const Position& at, std::string message) const;
  /// What stops nothing: a warning of what is legal and odd, or a note. Kept like problems.
  Diagnostic& remark(Severity severity, std::string_view code, const Position& at, std::string path,
                     std::string message, std::string suggestion = {});
  const std::vector<Diagnostic>& remarks() const { return remarks_; }
  bool empty() const { return found_.empty(); }
  bool full() const { return found_.size() >= max_problems; }
  std::size_t size() const { return found_.size(); }
  const Sources& sources() const { return *sources_; }
  /// Throws ScenarioError with everything found, if anything was.
  void throw_if_any();

 private:
  Diagnostic& add_to(std::vector<Diagnostic>& list, Severity severity, std::string_view code,
                     const Position& at, std::string path, std::string message,
                     std::string suggestion);

  const Sources* sources_;
  std::vector<Diagnostic> found_, remarks_;
  Diagnostic repeated_;  ///< where a repeated complaint goes
};

/// Looks at a text before the YAML parser does: UTF-8 without control characters, not nested or
/// filled beyond the limits. The parser recurses and keeps every token of a flow list in memory, so
/// it must not see such input. Adds at most one problem; true if the text may be parsed.
bool acceptable(const Sources& sources, std::uint32_t file, Problems& problems);

}  // namespace casus::text
