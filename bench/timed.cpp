#include "timed.h"

#include <chrono>
#include <cstddef>
#include <ctime>
#include <span>
#include <utility>

namespace casus::bench {
namespace {

class Timed final : public Mechanism {
 public:
  Timed(std::unique_ptr<Mechanism> inner, double& seconds, double (*clock)())
      : inner_(std::move(inner)), seconds_(&seconds), clock_(clock) {}

  const MechanismInfo& info() const override { return inner_->info(); }
  void configure(std::span<const double> values) override { inner_->configure(values); }
  void begin(StepContext& context) override { inner_->begin(context); }
  void step(StepContext& context) override {
    const double start = clock_();
    inner_->step(context);
    *seconds_ += clock_() - start;
  }
  void archive(Archive& a) override { inner_->archive(a); }

 private:
  std::unique_ptr<Mechanism> inner_;
  double* seconds_;
  double (*clock_)();
};

}  // namespace

double real_time() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

double processor_time() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

Registry timed_registry(std::vector<double>& seconds, double (*clock)()) {
  seconds.assign(standard_registry().vocabulary().size(), 0.0);
  Registry registry;
  for (std::size_t m = 0; m < seconds.size(); ++m) {
    registry.add([m, &seconds, clock] {
      return std::make_unique<Timed>(std::move(standard_registry().make()[m]), seconds[m], clock);
    });
  }
  return registry;
}

}  // namespace casus::bench
