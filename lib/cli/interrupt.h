#pragma once

namespace casus::cli {

/// While one of these lives, the first SIGINT or SIGTERM only asks for an end, and a second one
/// ends the program at once. At most one at a time.
class Interrupt {
 public:
  Interrupt();
  ~Interrupt();
  Interrupt(const Interrupt&) = delete;
  Interrupt& operator=(const Interrupt&) = delete;

  /// The signal that came, or 0.
  static int signal();
};

}  // namespace casus::cli
