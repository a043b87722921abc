#pragma once

#include <string>
#include <string_view>

#include "casus/experiment/experiment.h"
#include "text/decoder.h"
#include "text/tree.h"

namespace casus::experiment {

using namespace text;

/// A file beside the experiment's, unless it is not there.
std::string beside(const std::string& experiment, const std::string& file);
[[noreturn]] void unreadable(const std::string& file, std::string_view why);

/// The sections that experiments and calibrations have in common.
class SharedReader {
 public:
  SharedReader(Decoder& decoder, ExperimentSpec& out) : d_(decoder), out_(out) {}

  void uncertainties(const Node& node);
  void design(const Node& node);
  /// A list chooses among the scenario's, a mapping declares its own.
  void outcomes(const Node& node);

 protected:
  /// The edit with its place, as only the scenario knows whether it fits.
  Edit said(Edit edit, const Position& at) const;

  Decoder& d_;
  ExperimentSpec& out_;

 private:
  void rows(const Node& node);
};

}  // namespace casus::experiment
