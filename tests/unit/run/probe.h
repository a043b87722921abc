#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "casus/run/simulation.h"
#include "small_land.h"

/// A small scenario, and a mechanism that notes what it is asked to do.
namespace casus::test {

inline Scenario scenario(const Registry& registry = standard_registry(),
                         const std::string& more = std::string()) {
  const std::string text = small_land(120, "-0.6, rivalry: true", R"(pacts:
  truce:
    in_force: 2025-01-01
    members: [arden, belmar]
    articles:
      "1": {then: {abstain: [force]}}
)");
  return Scenario::parse(text + more, "test.yaml", registry.vocabulary());
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
