#pragma once

#include <memory>

#include "casus/sim/mechanism.h"

namespace casus {

/// The standard mechanisms, in the order of the step; not yet configured.
std::unique_ptr<Mechanism> make_timeline();
std::unique_ptr<Mechanism> make_perception();
std::unique_ptr<Mechanism> make_insurgency();
std::unique_ptr<Mechanism> make_statecraft();
std::unique_ptr<Mechanism> make_coups();
std::unique_ptr<Mechanism> make_commitments();
std::unique_ptr<Mechanism> make_combat();
std::unique_ptr<Mechanism> make_control();
std::unique_ptr<Mechanism> make_mobilisation();
std::unique_ptr<Mechanism> make_economy();
std::unique_ptr<Mechanism> make_displacement();
std::unique_ptr<Mechanism> make_diplomacy();

}  // namespace casus
