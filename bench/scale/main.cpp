// A large world over many days: what a run takes as it goes on, and what its mechanisms take of it.
// Prints a line for each stretch of days: times, memory, what the world has grown to, its hash.
//
//   casus_scale [--states N] [--groups N] [--regions N] [--presences N] [--seed N] [--days N]
//               [--every DAYS] [--workers N | --shuffled SEED] [--dense ACTORS] [--keep DAYS]
//               [--mechanisms | --serial]
//
// --keep: the events of so many days stay in the log, and not all.
// --dense: up to so many actors relations are a square. --mechanisms: the processor time of each,
// and how much of all can be handed out to other workers; --serial: of each only what cannot.
// Processor times mean the same on a busy machine.

#include <sys/resource.h>

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <fstream>
#include <memory>
#include <numeric>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "../timed.h"
#include "../worlds.h"
#include "casus/core/executor.h"
#include "casus/run/simulation.h"
#include "casus/scenario/scenario.h"
#include "casus/study/synthetic.h"
#include "casus/text/limits.h"

namespace casus::bench {
namespace {

struct Options {
  SyntheticSize size{200, 100'000, 20'000, 500'000, 1, 365};
  std::uint32_t every = 30;  ///< days a line stands for
  unsigned workers = 1;
  std::uint64_t shuffled = 0;  ///< seed of the executor that shuffles; 0: another one
  std::size_t dense = Relations::usual_dense;
  std::uint32_t keep = 0;   ///< days whose events stay in the log; 0: all
  bool mechanisms = false;  ///< with clocks around them
  bool serial = false;      ///< which stop while work is handed out
};

/// Processor time of all that was handed out.
double handed_out = 0.0;
/// Processor time of the rest.
double serial_time() { return processor_time() - handed_out; }

/// One worker that is given what several would be, and takes down how long that took.
class MeasuringExecutor final : public Executor {
 public:
  void run(std::size_t blocks, BlockTask task) override {
    const double start = processor_time();
    for (std::size_t b = 0; b < blocks; ++b) task(b);
    handed_out += processor_time() - start;
  }
  unsigned workers() const override { return 2; }
  std::size_t few_rows() const override { return like_->few_rows(); }

 private:
  std::unique_ptr<Executor> like_ = tbb_executor(1);
};

/// Seconds of the process so far, by the clock and of its processors.
struct Moment {
  std::chrono::steady_clock::time_point wall = std::chrono::steady_clock::now();
  double user = 0.0, system = 0.0;
};

Moment now() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  Moment m;
  m.user = static_cast<double>(usage.ru_utime.tv_sec) +
           1e-6 * static_cast<double>(usage.ru_utime.tv_usec);
  m.system = static_cast<double>(usage.ru_stime.tv_sec) +
             1e-6 * static_cast<double>(usage.ru_stime.tv_usec);
  return m;
}

/// Mebibytes of the process in memory, now and at most.
struct Memory {
  double now = 0.0, peak = 0.0;
};

Memory memory() {
  Memory m;
  std::ifstream status("/proc/self/status");
  for (std::string key; status >> key;) {
    double* to = key == "VmRSS:" ? &m.now : key == "VmHWM:" ? &m.peak : nullptr;
    if (to != nullptr) {
      status >> *to;
      *to /= 1024.0;
    }
  }
  return m;
}

void line(const Simulation& simulation, const Moment& from, std::uint32_t steps) {
  const Moment to = now();
  const Memory m = memory();
  const double n = steps > 0 ? steps : 1.0;
  const World& w = simulation.world();
  std::printf("%5u  %9.1f %9.1f %7.1f  %7.0f %7.0f  %9zu %9zu %9zu %6zu %9zu  %s\n",
              simulation.steps_done(),
              1e3 * std::chrono::duration<double>(to.wall - from.wall).count() / n,
              1e3 * (to.user - from.user) / n, 1e3 * (to.system - from.system) / n, m.now, m.peak,
              w.presences.size(), w.relations.pairs(), simulation.log().size(), w.wars.size(),
              w.crises.size(), hex(digest(simulation)).c_str());
  std::fflush(stdout);
}

void run(const Options& options) {
  const Moment begun = now();
  ReadLimits limits;
  const std::string text = synthetic_scenario(options.size);
  limits.megabytes = 1 + 4 * text.size() / (1 << 20);
  std::vector<double> seconds;
  MeasuringExecutor measuring;
  const Registry registry =
      options.mechanisms ? timed_registry(seconds, options.serial ? serial_time : processor_time)
                         : standard_registry();
  const auto executor = options.shuffled != 0 ? shuffled_executor(options.shuffled)
                        : options.workers > 1 ? tbb_executor(options.workers)
                                              : serial_executor();
  RunOptions run_options;
  run_options.executor = options.mechanisms && options.workers == 1 ? &measuring : executor.get();
  run_options.dense_relations = options.dense;
  run_options.keep_events = options.keep;
  Simulation simulation(
      Scenario::parse(text, "made up", standard_registry().vocabulary(), {}, limits), registry,
      run_options);
  std::printf(
      "                 milliseconds a day              MiB\n"
      "  day       wall      user  system      now    peak  presences     pairs    events"
      "   wars    crises  state\n");
  line(simulation, begun, 0);
  while (!simulation.done()) {
    const Moment from = now();
    const double begun_at = processor_time();
    handed_out = 0.0;
    seconds.assign(seconds.size(), 0.0);
    std::uint32_t steps = 0;
    for (; steps < options.every && !simulation.done(); ++steps) simulation.step();
    const double all = processor_time() - begun_at;
    line(simulation, from, steps);
    if (!options.mechanisms) continue;
    const Vocabulary names = registry.vocabulary();
    std::printf("      ");
    for (std::size_t i = 0; i < seconds.size(); ++i) {
      std::printf(" %s %.1f", names[i].name.c_str(), 1e3 * seconds[i] / steps);
    }
    std::printf(" between %.1f; all %.1f, of which can be handed out %.1f\n",
                1e3 * (all - std::accumulate(seconds.begin(), seconds.end(), 0.0)) / steps,
                1e3 * all / steps, 1e3 * handed_out / steps);
  }
}

Options parse(int argc, char** argv) {
  Options o;
  for (int i = 1; i < argc; ++i) {
    const std::string_view key = argv[i];
    if (key == "--mechanisms" || key == "--serial") {
      o.mechanisms = true;
      o.serial = o.serial || key == "--serial";
      continue;
    }
    if (++i == argc) throw std::invalid_argument("a number is missing after " + std::string(key));
    const auto value = std::stoull(argv[i]);
    if (key == "--states") {
      o.size.states = value;
    } else if (key == "--groups") {
      o.size.groups = value;
    } else if (key == "--regions") {
      o.size.regions = value;
    } else if (key == "--presences") {
      o.size.presences = value;
    } else if (key == "--seed") {
      o.size.seed = value;
    } else if (key == "--days") {
      o.size.days = value;
    } else if (key == "--every") {
      o.every = static_cast<std::uint32_t>(value);
    } else if (key == "--workers") {
      o.workers = static_cast<unsigned>(value);
    } else if (key == "--shuffled") {
      o.shuffled = value;
    } else if (key == "--dense") {
      o.dense = value;
    } else if (key == "--keep") {
      o.keep = static_cast<std::uint32_t>(value);
    } else {
      throw std::invalid_argument("no option " + std::string(key));
    }
  }
  return o;
}

}  // namespace
}  // namespace casus::bench

int main(int argc, char** argv) try {
  casus::bench::run(casus::bench::parse(argc, argv));
  return EXIT_SUCCESS;
} catch (const std::exception& error) {
  std::fprintf(stderr, "casus_scale: %s\n", error.what());
  return EXIT_FAILURE;
}
