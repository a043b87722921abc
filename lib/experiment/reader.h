#pragma once

#include <fmt/format.h>

#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "casus/experiment/experiment.h"
#include "text/decoder.h"
#include "text/fields.h"
#include "text/tree.h"

namespace casus::experiment {

using namespace text;

/// A file beside the experiment's, unless it is not there.
std::string beside(const std::string& experiment, const std::string& file);
/// The text of a file of ours. Throws ScenarioError if it cannot be read.
std::string text_of(const std::string& file, const ReadLimits& limits);
/// Parses a text and has it read; throws ScenarioError with every problem that was found.
void read_text(const std::string& text, const std::string& name, const ReadLimits& limits,
               const std::function<void(Decoder&, const Sources&, const Node& root)>& read);

/// What one can say in a section: a paragraph a key.
template <class S>
void reference_page(std::string& text, std::string_view title,
                    std::span<const text::Field<S, Decoder>> fields) {
  text += fmt::format("{}\n", title);
  for (const FieldInfo& f : infos(fields)) {
    text += fmt::format("  {}{}\n      {}\n", f.name, f.required ? " (must be there)" : "", f.doc);
    if (!f.example.empty()) text += fmt::format("      {}: {}\n", f.name, f.example);
  }
  text += "\n";
}

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
