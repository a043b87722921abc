#include "casus/core/archive.h"
#include "casus/core/contracts.h"
#include "casus/experiment/comparison.h"

namespace casus {

static void archive(Archive& a, OutcomeValue& x) { a(x.value, x.status); }
static void archive(Archive& a, Observation& x) { a(x.step, x.values); }
static void archive(Archive& a, RunFailure& x) { a(x.what, x.date, x.mechanism, x.subject); }
static void archive(Archive& a, Parting& x) {
  a(x.parted, x.same_outcomes, x.day, x.kind, x.alike);
}

namespace {

/// What is kept of a run of a world.
struct KeptRun {
  RunResult* run;
  void archive(Archive& a) {
    RunResult& r = *run;
    a(r.spec.seed, r.spec.run, r.spec.keep_events, r.outcomes, r.inputs, r.days, r.series,
      r.world_hash);
    std::uint64_t events = r.event_count;
    a(r.events_hash, events, r.failure);
    r.event_count = static_cast<std::size_t>(events);
  }
};

void go_through(Archive& a, WorldResult& world) {
  std::uint64_t point = world.point, runs = world.runs.size();
  a(world.run, point, world.partings, runs);
  if (a.reads()) {
    CASUS_EXPECTS(runs == world.partings.size(), "a world whose runs are not those of its pairs");
    world.point = static_cast<std::size_t>(point);
    world.runs.resize(static_cast<std::size_t>(runs));
  }
  for (RunResult& run : world.runs) KeptRun{&run}.archive(a);
}

}  // namespace

std::vector<std::uint8_t> pack_world(const WorldResult& world) {
  Writer writer;
  // It reads nothing into it.
  go_through(writer, const_cast<WorldResult&>(world));
  return writer.take();
}

WorldResult unpack_world(std::span<const std::uint8_t> bytes) {
  Reader reader(bytes);
  WorldResult world;
  go_through(reader, world);
  CASUS_EXPECTS(reader.left() == 0, "bytes are left behind a world");
  return world;
}

}  // namespace casus
