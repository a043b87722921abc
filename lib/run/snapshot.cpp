#include <fmt/format.h>

#include <algorithm>
#include <istream>
#include <ostream>

#include "casus/core/archive.h"
#include "casus/core/contracts.h"
#include "casus/core/diagnostics.h"
#include "run/simulation_state.h"

namespace casus {
namespace {

constexpr std::string_view magic = "CASUSRUN";
// Of the format below and of what the state of each type is: one more whenever either changes.
constexpr std::uint32_t version = 6;

std::uint64_t checksum(std::span<const std::uint8_t> bytes) {
  std::uint64_t h = bytes.size();
  std::size_t i = 0;
  while (i < bytes.size()) {
    std::uint64_t word = 0;
    for (std::size_t b = 0; b < 8 && i < bytes.size(); ++b, ++i) {
      word |= static_cast<std::uint64_t>(bytes[i]) << (8 * b);
    }
    h = mix(h, word);
  }
  return h;
}

void put(std::ostream& out, std::span<const std::uint8_t> bytes) {
  out.write(reinterpret_cast<const char*>(bytes.data()),
            static_cast<std::streamsize>(bytes.size()));
}

/// A length that lies costs a block of memory and no more.
std::vector<std::uint8_t> take(std::istream& in, std::uint64_t n) {
  constexpr std::uint64_t block = 1 << 20;
  std::vector<std::uint8_t> bytes;
  while (bytes.size() < n) {
    const std::size_t at = bytes.size();
    const std::size_t more = std::min<std::uint64_t>(block, n - at);
    bytes.resize(at + more);
    in.read(reinterpret_cast<char*>(bytes.data() + at), static_cast<std::streamsize>(more));
    CASUS_EXPECTS(in.gcount() == static_cast<std::streamsize>(more),
                  fmt::format("the snapshot is cut off: {} of {} bytes are there",
                              at + static_cast<std::size_t>(in.gcount()), n));
  }
  return bytes;
}

/// Nobody's state but this one's.
void check_fingerprint(const Fingerprint& saved, const Fingerprint& own) {
  const std::vector<std::string> paths = differences(saved, own);
  CASUS_EXPECTS(paths.empty(),
                "the snapshot is of another scenario or other mechanisms, which "
                "differ in " +
                    phrase(paths));
}

}  // namespace

void write_snapshot(const Simulation::Snapshot& snapshot, std::ostream& out) {
  Writer body;
  auto& whole = const_cast<Simulation::Snapshot&>(snapshot);  // a writer changes nothing
  body(whole.fingerprint, whole.bytes);
  Writer head;
  std::uint32_t format = version;
  std::uint64_t size = body.bytes().size();
  head(format, size);
  Writer tail;
  std::uint64_t sum = checksum(body.bytes());
  tail(sum);
  out.write(magic.data(), static_cast<std::streamsize>(magic.size()));
  put(out, head.bytes());
  put(out, body.bytes());
  put(out, tail.bytes());
  CASUS_EXPECTS(out.good(), "the stream did not take the snapshot");
}

Simulation::Snapshot read_snapshot(std::istream& in) {
  const auto begin = take(in, magic.size());
  CASUS_EXPECTS(std::equal(begin.begin(), begin.end(), magic.begin()),
                "this is no snapshot of a run");
  const auto head = take(in, 12);
  std::uint32_t format = 0;
  std::uint64_t size = 0;
  Reader{head}(format, size);
  CASUS_EXPECTS(
      format == version,
      fmt::format("the snapshot is of format {}, and this build reads format {}", format, version));
  const auto body = take(in, size);
  const auto tail = take(in, 8);
  std::uint64_t sum = 0;
  Reader{tail}(sum);
  CASUS_EXPECTS(sum == checksum(body), "the snapshot is damaged: its checksum does not fit");
  Simulation::Snapshot snapshot;
  Reader reader(body);
  reader(snapshot.fingerprint, snapshot.bytes);
  CASUS_EXPECTS(reader.left() == 0, "the snapshot is damaged: it goes on after its end");
  return snapshot;
}

std::shared_ptr<const Simulation::Snapshot> Simulation::save() const {
  State& s = *state_;
  CASUS_EXPECTS(s.phase != State::Phase::mechanisms, "a state saved inside a step");
  CASUS_EXPECTS(s.broken.empty(), "the run broke off, and there is no whole state: " + s.broken);
  const auto snapshot = std::make_shared<Snapshot>();
  snapshot->fingerprint = s.fingerprint();
  Writer writer;
  s.archive(writer);
  snapshot->bytes = writer.take();
  return snapshot;
}

void Simulation::restore(const Snapshot& snapshot) {
  State& s = *state_;
  CASUS_EXPECTS(s.phase == State::Phase::rest, "a state restored inside a step");
  check_fingerprint(snapshot.fingerprint, s.fingerprint());
  s.broken = "a state was restored in part";
  Reader reader(snapshot.bytes);
  s.archive(reader);
  CASUS_EXPECTS(reader.left() == 0,
                "a mechanism reads less of its memory than it writes (archive)");
  s.check_rows();
  s.broken.clear();
}

void Simulation::save(std::ostream& out) const { write_snapshot(*save(), out); }

Simulation Simulation::load(const Scenario& scenario, const Registry& registry, std::istream& in,
                            RunOptions options) {
  const Snapshot snapshot = read_snapshot(in);
  Simulation simulation(std::make_unique<State>(scenario, registry, options));
  simulation.state_->world.relations = Relations(0, options.dense_relations);
  simulation.restore(snapshot);
  return simulation;
}

}  // namespace casus
