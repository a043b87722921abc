#include "cli/interrupt.h"

#include <unistd.h>

#include <csignal>
#include <initializer_list>

#include "cli/exit_codes.h"

namespace casus::cli {
namespace {

// The one variable that a signal handler needs.
volatile std::sig_atomic_t caught = 0;

constexpr char notice[] =
    "\ncasus: finishing the runs in flight, then saving; once more to leave at once\n";

void handle(int number) {
  // Only what is safe in a handler: assignment, write, _exit.
  if (caught != 0) _exit(exit_signal + number);
  caught = number;
  const auto written = write(STDERR_FILENO, notice, sizeof notice - 1);
  static_cast<void>(written);
}

void install(void (*handler)(int)) {
  struct sigaction action {};
  action.sa_handler = handler;
  sigemptyset(&action.sa_mask);
  action.sa_flags = SA_RESTART;
  for (const int number : {SIGINT, SIGTERM}) sigaction(number, &action, nullptr);
}

}  // namespace

Interrupt::Interrupt() {
  caught = 0;
  install(handle);
}
Interrupt::~Interrupt() { install(SIG_DFL); }

int Interrupt::signal() { return caught; }

}  // namespace casus::cli
