#include "casus/study/run_places.h"

#include "casus/core/archive.h"
#include "casus/core/contracts.h"

namespace casus {

// Of what the result of a run is made. Said here and not beside the types, as nothing but the way
// from one process to another asks for them as bytes.
static void archive(Archive& a, RunSpec& x) { a(x.seed, x.run, x.keep_events); }
static void archive(Archive& a, OutcomeValue& x) { a(x.value, x.status); }
static void archive(Archive& a, Observation& x) { a(x.step, x.values); }
static void archive(Archive& a, RunFailure& x) { a(x.what, x.date, x.mechanism, x.subject); }
static void archive(Archive& a, PromiseCount& x) {
  a(x.pact, x.member, x.article, x.obliged, x.able, x.honoured, x.broken, x.conflicts);
}
static void archive(Archive& a, RunWay& x) { a(x.outcome, x.came, x.steps); }
static void archive(Archive& a, RunResult& x) {
  a(x.spec, x.inputs, x.outcomes, x.days, x.promises, x.ways, x.series, x.world_hash, x.events_hash,
    x.event_count, x.events, x.failure);
}

RunPlaces::~RunPlaces() = default;

std::vector<std::uint8_t> bytes_of(const RunResult& result) {
  Writer writer;
  // It reads nothing into the result.
  writer(const_cast<RunResult&>(result));
  return writer.take();
}

RunResult result_from(std::span<const std::uint8_t> bytes) {
  Reader reader(bytes);
  RunResult result;
  reader(result);
  CASUS_EXPECTS(reader.left() == 0, "bytes behind the result of a run");
  return result;
}

}  // namespace casus
