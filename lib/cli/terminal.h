#pragma once

#include <string>
#include <string_view>

namespace casus::cli {

enum class ColorMode { automatic, always, never };
enum class ProgressMode { automatic, plain, none };

bool is_terminal(int descriptor);
/// A terminal that can move its cursor: not TERM=dumb.
bool can_redraw(int descriptor);
/// The mode asked for, or else what the environment says: NO_COLOR, TERM=dumb and whether the
/// descriptor is a terminal.
bool use_color(ColorMode mode, int descriptor);
/// Columns of the terminal at `descriptor`; 80 where it does not say.
unsigned terminal_width(int descriptor);

/// Everything the program says goes through these two: results to the standard output, the rest to
/// the standard error. Both are plain text (casus/core/plain_text.h) but for the program's own
/// colours, where use_color() has allowed them, and the line that progress draws anew. A result
/// that cannot be written ends the command with an OutputError.
void say_result(std::string_view text);
void say(std::string_view text);

/// `text` as it is said: with the program's own colours (`color`) and the return to the beginning
/// of a line that is cleared (`redraw`), and otherwise plain.
std::string as_said(std::string_view text, bool color, bool redraw);

}  // namespace casus::cli
