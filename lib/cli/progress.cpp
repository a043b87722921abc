#include "cli/progress.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>

namespace casus::cli {
namespace {

using namespace std::chrono_literals;
constexpr auto live_interval = 100ms;
constexpr auto plain_interval = 10s;

std::string clock_text(double seconds) {
  const auto whole = static_cast<long long>(std::ceil(seconds));
  if (whole >= 3600) {
    return fmt::format("{}:{:02}:{:02}", whole / 3600, whole / 60 % 60, whole % 60);
  }
  return fmt::format("{}:{:02}", whole / 60, whole % 60);
}

}  // namespace

std::string progress_text(const EnsembleProgress& p, double seconds, unsigned bar_width) {
  std::string text;
  if (bar_width > 0) {
    const auto done =
        p.planned == 0 ? bar_width : static_cast<unsigned>(bar_width * p.finished / p.planned);
    text = "[" + std::string(done, '#') + std::string(bar_width - done, '-') + "] ";
  }
  text += fmt::format("{}/{} runs", p.finished, p.planned);
  if (p.failed > 0) text += fmt::format(", {} failed", p.failed);
  if (p.finished == 0 || seconds <= 0.0) return text;
  const double rate = static_cast<double>(p.finished) / seconds;
  text += rate >= 10.0  ? fmt::format("  {:.0f}/s", rate)
          : rate >= 1.0 ? fmt::format("  {:.1f}/s", rate)
                        : fmt::format("  {:.1f}/min", 60.0 * rate);
  if (p.finished < p.planned) {
    text += "  ETA " + clock_text(static_cast<double>(p.planned - p.finished) / rate);
  }
  return text;
}

ProgressLine::ProgressLine(ProgressMode mode, bool quiet)
    : start_(std::chrono::steady_clock::now()), shown_(start_) {
  if (quiet || mode == ProgressMode::none) {
    style_ = Style::none;
  } else {
    style_ =
        mode == ProgressMode::automatic && can_redraw(STDERR_FILENO) ? Style::live : Style::plain;
  }
}

void ProgressLine::update(const EnsembleProgress& progress) {
  if (style_ == Style::none) return;
  const Time now = std::chrono::steady_clock::now();
  const double seconds = std::chrono::duration<double>(now - start_).count();
  if (style_ == Style::plain) {
    if (now - shown_ < plain_interval) return;
    shown_ = now;
    say(progress_text(progress, seconds, 0) + "\n");
    return;
  }
  if (drawn_ && now - shown_ < live_interval && progress.finished < progress.planned) return;
  shown_ = now;
  const unsigned width = terminal_width(STDERR_FILENO);
  std::string text = progress_text(progress, seconds, width >= 60 ? 20 : 0);
  // A line that wraps cannot be redrawn.
  if (text.size() >= width) text.resize(width - 1);
  say("\r\x1b[K" + text);
  drawn_ = true;
}

void ProgressLine::message(const std::string& text) {
  end();
  say(text + "\n");
}

void ProgressLine::end() {
  if (!drawn_) return;
  say("\r\x1b[K");
  drawn_ = false;
}

}  // namespace casus::cli
