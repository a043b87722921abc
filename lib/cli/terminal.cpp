#include "cli/terminal.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <system_error>

#include "casus/core/plain_text.h"
#include "casus/output/files.h"

namespace casus::cli {
namespace {

std::string_view variable(const char* name) {
  const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): nobody sets variables
  return value == nullptr ? std::string_view() : std::string_view(value);
}

/// The sequences that the program itself writes.
constexpr std::array<std::string_view, 6> own_colors{"\x1b[0m",    "\x1b[1m",    "\x1b[2m",
                                                     "\x1b[1;31m", "\x1b[1;35m", "\x1b[1;36m"};
constexpr std::string_view cleared_line = "\r\x1b[K";

/// Of the standard output and the standard error: whether the program colours what it says there.
std::array<bool, 3> colored{};

std::size_t own_sequence(std::string_view text, bool color, bool redraw) {
  if (redraw && text.starts_with(cleared_line)) return cleared_line.size();
  if (!color) return 0;
  const auto found =
      std::find_if(own_colors.begin(), own_colors.end(),
                   [text](std::string_view sequence) { return text.starts_with(sequence); });
  return found == own_colors.end() ? 0 : found->size();
}

}  // namespace

std::string as_said(std::string_view text, bool color, bool redraw) {
  if (is_plain_text(text)) return std::string(text);
  std::string out;
  while (!text.empty()) {
    const std::size_t sequence = own_sequence(text, color, redraw);
    if (sequence > 0) {
      out += text.substr(0, sequence);
      text.remove_prefix(sequence);
      continue;
    }
    const std::size_t end = std::min(text.find_first_of("\x1b\r", 1), text.size());
    out += plain_text(text.substr(0, end));
    text.remove_prefix(end);
  }
  return out;
}

bool is_terminal(int descriptor) { return isatty(descriptor) != 0; }

bool can_redraw(int descriptor) {
  return is_terminal(descriptor) && !variable("TERM").empty() && variable("TERM") != "dumb";
}

bool use_color(ColorMode mode, int descriptor) {
  const bool use = mode == ColorMode::automatic
                       ? variable("NO_COLOR").empty() && can_redraw(descriptor)
                       : mode == ColorMode::always;
  if (descriptor >= 0 && descriptor < static_cast<int>(colored.size())) {
    colored[static_cast<std::size_t>(descriptor)] = use;
  }
  return use;
}

unsigned terminal_width(int descriptor) {
  winsize size{};
  if (ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
  return 80;
}

void say_result(std::string_view text) {
  const std::string said = as_said(text, colored[STDOUT_FILENO], false);
  errno = 0;
  if (std::fwrite(said.data(), 1, said.size(), stdout) != said.size() || std::fflush(stdout) != 0) {
    throw OutputError("E0602", "standard output",
                      "cannot be written: " + std::generic_category().message(errno));
  }
}

void say(std::string_view text) {
  const std::string said = as_said(text, colored[STDERR_FILENO], can_redraw(STDERR_FILENO));
  // Nobody is left to tell if this fails.
  static_cast<void>(std::fwrite(said.data(), 1, said.size(), stderr));
  static_cast<void>(std::fflush(stderr));
}

}  // namespace casus::cli
