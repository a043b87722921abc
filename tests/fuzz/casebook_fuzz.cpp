#include <cstddef>
#include <cstdint>
#include <string>

#include "casus/casebook/casebook.h"
#include "casus/casebook/opinion.h"
#include "casus/casebook/schema.h"
#include "casus/core/diagnostics.h"
#include "grammar.h"

// Cases that can be read can be decided, and the opinion can be written, whatever the facts are.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(data, data + size);
  try {
    const casus::casebook::Casebook book = casus::casebook::parse(text, "", {.megabytes = 1});
    for (const casus::casebook::LegalCase& c : book.cases) {
      const casus::casebook::Opinion opinion = casus::casebook::decide(c);
      if (opinion.steps.size() != c.steps.size()) __builtin_trap();
      if (casus::casebook::write_opinion(c, opinion).empty()) __builtin_trap();
    }
  } catch (const casus::ScenarioError& e) {
    if (e.diagnostics().empty()) __builtin_trap();
  }
  return 0;
}

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size,
                                               std::size_t most, unsigned seed) {
  static const casus::fuzz::Grammar grammar(casus::casebook_schema());
  return casus::fuzz::mutate(grammar, data, size, most, seed, LLVMFuzzerMutate);
}
