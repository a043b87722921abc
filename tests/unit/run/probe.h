#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "casus/run/simulation.h"

/// A small scenario, and a mechanism that notes what it is asked to do.
namespace casus::test {

inline const char* const small_land = R"(casus: scenario/1
title: A test
clock: {start: 2030-01-01, days: 120, step: 1 day}
regions:
  plain: {owner: arden, population: 2000000, area: 20000, at: [10, 0],
    neighbours: {hills: 150, coast: 200}}
  hills: {owner: arden, population: 500000, area: 15000, at: [11, 0], grievance: 0.7, terrain: 0.8}
  coast: {owner: belmar, population: 3000000, area: 40000, at: [10, -2]}
actors:
  arden: {kind: state, capital: plain, forces: 10000, income: 200}
  belmar: {kind: state, capital: coast, forces: 15000, income: 300}
  hillmen: {kind: armed_group, forces: {triangular: [800, 1200, 2000]}, income: 3, cohesion: 0.1}
presence:
  plain: {arden: 5000}
  hills: {arden: 2000, hillmen: 1000}
  coast: {belmar: 9000}
relations:
  - {between: [arden, belmar], affinity: -0.6, rivalry: true}
  - {between: [arden, hillmen], affinity: -0.8}
pacts:
  truce:
    in_force: 2025-01-01
    members: [arden, belmar]
    articles:
      "1": {then: {abstain: [force]}}
)";

inline Scenario scenario(const Registry& registry = standard_registry(),
                         const std::string& more = std::string()) {
  return Scenario::parse(small_land + more, "test.yaml", registry.vocabulary());
}

struct ProbeParameters {
  double level = 0.0;
};

/// Notes what it is asked to do, in a place of the test's.
struct Record {
  std::vector<std::string> calls;
  std::vector<double> levels;
  std::vector<std::uint32_t> steps;
};

class Probe final : public MechanismWith<Probe, ProbeParameters> {
 public:
  Probe(std::string name, Record* record, std::function<void(StepContext&)> deed = {},
        std::vector<std::string> writes = {})
      : name_(std::move(name)),
        record_(record),
        deed_(std::move(deed)),
        writes_(std::move(writes)) {}
  static MechanismInfo about() { return {"probe", "A probe.", "none", {}}; }
  static const std::vector<Parameter<ProbeParameters>>& table() {
    static const std::vector<Parameter<ProbeParameters>> rows{
        {{"level", Unit::none, -1.0, 1.0, 0.5, "A level.", "none"}, &ProbeParameters::level}};
    return rows;
  }
  const MechanismInfo& info() const override {
    info_ = MechanismWith::info();
    info_.name = name_;
    info_.writes = writes_;
    return info_;
  }
  void begin(StepContext&) override { record_->calls.push_back(name_ + " begins"); }
  void step(StepContext& context) override {
    record_->calls.push_back(name_);
    record_->levels.push_back(p.level);
    record_->steps.push_back(context.step);
    memory_ = mix(memory_, context.step + 1);
    if (deed_) deed_(context);
  }
  void archive(Archive& a) override { a(memory_); }

 private:
  std::string name_;
  Record* record_;
  std::function<void(StepContext&)> deed_;
  std::vector<std::string> writes_;
  std::uint64_t memory_ = 0;
  mutable MechanismInfo info_;
};

inline Registry with_probe(Record* record, std::string_view before = {},
                           std::function<void(StepContext&)> deed = {}) {
  Registry r = standard_registry();
  r.add([=] { return std::make_unique<Probe>("probe", record, deed); }, before);
  return r;
}

}  // namespace casus::test
