#pragma once

#include <string>
#include <vector>

#include "casus/core/export.h"
#include "casus/core/random.h"
#include "casus/scenario/scenario.h"

namespace casus {

/// Something that differs from run to run because it was put in, and not because of what happened:
/// a prior of the scenario, or a parameter that a design varies.
struct InputInfo {
  std::string path;  ///< "actors.jnim.forces": the address of the draw, and what an edit would set
  std::string unit;  ///< "people"; empty for a pure number
};

/// The priors of a scenario and what each run draws from them. As a draw is addressed by its path,
/// looking it up here gives what the run has, whether the run is made or not. Priors of the
/// timeline are not among them: its entries have no names.
class CASUS_API DrawnInputs {
 public:
  explicit DrawnInputs(const Scenario& scenario);

  /// In the order of paths, whatever the order in which a file lists them.
  const std::vector<InputInfo>& infos() const { return infos_; }
  /// What this run draws, in that order.
  std::vector<double> of(Replicate replicate) const;

 private:
  struct Listing;
  std::vector<InputInfo> infos_;
  std::vector<Number> numbers_;
};

}  // namespace casus
