#pragma once

namespace casus::cli {

/// While one of these lives, the first SIGINT, SIGTERM, SIGHUP or SIGXCPU only asks for an end, and
/// a second one ends the program at once. A file that grows beyond its limit is an error of its
/// writer, and no signal. What the caller had ignored stays so, as under nohup. At most one at a
/// time.
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
