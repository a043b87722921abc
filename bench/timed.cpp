#include "timed.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>

namespace casus::bench {
namespace {

class Timed final : public Mechanism {
 public:
  Timed(std::unique_ptr<Mechanism> inner, double& seconds)
      : inner_(std::move(inner)), seconds_(&seconds) {}

  const MechanismInfo& info() const override { return inner_->info(); }
  void configure(std::span<const double> values) override { inner_->configure(values); }
  void begin(StepContext& context) override { inner_->begin(context); }
  void step(StepContext& context) override {
    const auto start = std::chrono::steady_clock::now();
    inner_->step(context);
    *seconds_ += std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  }
  void archive(Archive& a) override { inner_->archive(a); }
  std::uint64_t hash() const override { return inner_->hash(); }

 private:
  std::unique_ptr<Mechanism> inner_;
  double* seconds_;
};

}  // namespace

Registry timed_registry(std::vector<double>& seconds) {
  seconds.assign(standard_registry().vocabulary().size(), 0.0);
  Registry registry;
  for (std::size_t m = 0; m < seconds.size(); ++m) {
    registry.add([m, &seconds] {
      return std::make_unique<Timed>(std::move(standard_registry().make()[m]), seconds[m]);
    });
  }
  return registry;
}

}  // namespace casus::bench
