#pragma once

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
/// the standard error. A result that cannot be written ends the command with an OutputError.
void say_result(std::string_view text);
void say(std::string_view text);

}  // namespace casus::cli
