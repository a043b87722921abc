#include <cstddef>
#include <cstdint>
#include <string>

#include "casus/scenario/scenario.h"

// Any text gets an answer: a scenario, or an error with a place. The text has no name, so that it
// can include no file. What loads must also be written out as text that loads.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const casus::Vocabulary vocabulary{
      {"insurgency",
       "",
       "",
       {{"attack_rate", casus::Unit::per_year, 0.0, 10.0, 0.4, "", ""},
        {"memory", casus::Unit::days, 1.0, 365.0, 12.0, "", ""}}}};
  const std::string text(data, data + size);
  try {
    const casus::Scenario scenario = casus::Scenario::parse(text, "", vocabulary);
    const std::string resolved = scenario.resolved();
    if (casus::Scenario::parse(resolved, "", vocabulary).resolved() != resolved) __builtin_trap();
  } catch (const casus::ScenarioError& e) {
    if (e.diagnostics().empty()) __builtin_trap();
  }
  return 0;
}
