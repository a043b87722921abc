#include <csignal>
#include <cstdio>
#include <exception>

#include "casus/cli/program.h"
#include "mpi/ranks.h"

/// The program `casus` on all ranks of an MPI job. The first is the program; the others make runs
/// for it and read and write nothing.
int main(int argc, char** argv) {
  try {
    casus::mpi::Session session(&argc, &argv);
    const casus::Registry registry = casus::standard_registry();
    if (session.rank() > 0) {
      // The launcher signals every rank; what is to be kept, and when to stop, the first decides.
      std::signal(SIGINT, SIG_IGN);
      std::signal(SIGTERM, SIG_IGN);
      casus::mpi::serve(session, registry);
      return 0;
    }
    casus::mpi::Ranks ranks(session, registry);
    return casus::program(argc, argv, registry, {}, &ranks);
  } catch (const std::exception& e) {
    std::fprintf(stderr, "casus-mpi: %s\n", e.what());
    return 1;
  }
}
