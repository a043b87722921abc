#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "casus/core/diagnostics.h"
#include "casus/core/export.h"
#include "casus/experiment/comparison.h"
#include "casus/scenario/scenario.h"
#include "casus/text/number.h"

namespace casus {

/// How the values of uncertain things are chosen.
enum class DesignMethod : std::uint8_t {
  random,    ///< each world draws its own from the priors
  grid,      ///< all combinations of a few levels
  lhs,       ///< Latin hypercube
  sobol,     ///< Sobol's sequence, evenly spread
  morris,    ///< trajectories that move one at a time, for elementary effects
  saltelli,  ///< two samples and their mixtures, for Sobol's indices
  table,     ///< as listed
};

/// "sobol"
CASUS_API std::string_view design_name(DesignMethod method);

/// Something that is not known: where it stands and what it may be.
struct Uncertainty {
  std::string path;
  Number prior;
  std::string yaml;  ///< the prior as written
};

struct DesignSpec {
  DesignMethod method = DesignMethod::random;
  std::uint32_t points = 64;  ///< of lhs and sobol; base points of saltelli; trajectories of morris
  std::uint32_t levels = 4;   ///< of grid and morris
  std::vector<DesignPoint> table{};
};

struct PolicySpec {
  /// With the place where it is said, as only the scenario knows whether there is such an outcome.
  struct About {
    AboutOutcome what;
    Location where;
    std::string source_line;
  };
  std::string name;
  std::string file;  ///< a scenario of its own; empty: the experiment's
  std::vector<Edit> edits;
  std::string title{};
  std::vector<About> about{};
  std::optional<PolicyStart> from{};  ///< the day from which it holds
};

/// What an experiment file says.
struct ExperimentSpec {
  std::string title, description, file;
  std::string scenario;  ///< a file, found from where the experiment is
  std::optional<std::uint64_t> seed;
  std::uint32_t replicates = 200;  ///< of each point, where there is a design
  std::vector<Uncertainty> uncertainties;
  DesignSpec design;
  std::vector<PolicySpec> policies;
  std::vector<Edit> outcomes;     ///< that it declares
  std::vector<std::string> only;  ///< those that are looked at; empty: all
  std::string baseline;           ///< the policy others are compared with; empty: the first
  double confidence = 0.95;
  std::optional<StopRule> stop;
  std::string text;  ///< as read
};

/// Is it an experiment, by its first key? False for files that cannot be read.
CASUS_API bool is_experiment(const std::string& file);
/// Reads a file of the format experiment/1. Throws ScenarioError with every problem found in it;
/// what is wrong with the scenarios of its policies, make_worlds() says.
CASUS_API ExperimentSpec load_experiment(const std::string& file, const ReadLimits& limits = {});
CASUS_API ExperimentSpec parse_experiment(const std::string& text, const std::string& name,
                                          const ReadLimits& limits = {});

/// The policies' scenarios and the points of the design. Throws ScenarioError with what is wrong
/// with any of them.
CASUS_API Worlds make_worlds(const ExperimentSpec& experiment, const Vocabulary& vocabulary,
                             const ReadLimits& limits = {});

/// Points of a design in the unit cube, a vector a point; `seed` is for those that are drawn.
CASUS_API std::vector<std::vector<double>> design_points(const DesignSpec& design,
                                                         std::size_t dimensions,
                                                         std::uint64_t seed);

/// JSON Schema (draft-07) of experiment files.
CASUS_API std::string experiment_schema();
/// What one can say in an experiment file, a paragraph a key, for `casus docs experiment`.
CASUS_API std::string experiment_reference();

}  // namespace casus
