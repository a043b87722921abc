#include "cli/interrupt.h"

#include <unistd.h>

#include <csignal>

#include "cli/exit_codes.h"

namespace casus::cli {
namespace {

// The one variable that a signal handler needs.
volatile std::sig_atomic_t caught = 0;

constexpr char notice[] =
    "\ncasus: stopping; runs that are finished are kept, once more to leave at once\n";

void handle(int number) {
  // Only what is safe in a handler: assignment, write, _exit.
  if (caught != 0) _exit(exit_signal + number);
  caught = number;
  const auto written = ::write(STDERR_FILENO, notice, sizeof notice - 1);
  static_cast<void>(written);
}

constexpr int watched[] = {SIGINT, SIGTERM, SIGHUP, SIGXCPU};

void install(int number, void (*handler)(int)) {
  struct sigaction action {};
  struct sigaction before {};
  sigaction(number, nullptr, &before);
  if (before.sa_handler == SIG_IGN && number != SIGXFSZ) return;
  action.sa_handler = handler;
  sigemptyset(&action.sa_mask);
  action.sa_flags = SA_RESTART;
  sigaction(number, &action, nullptr);
}

}  // namespace

Interrupt::Interrupt() {
  caught = 0;
  for (const int number : watched) install(number, handle);
  install(SIGXFSZ, SIG_IGN);
}
Interrupt::~Interrupt() {
  for (const int number : watched) install(number, SIG_DFL);
  install(SIGXFSZ, SIG_DFL);
}

int Interrupt::signal() { return caught; }

}  // namespace casus::cli
