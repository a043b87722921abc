#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "casus/core/calendar.h"
#include "casus/experiment/experiment.h"
#include "text/fields.h"

// The keys of experiment files: read, described and put into the schema by these tables.
namespace casus::experiment {

using namespace text;

template <class S>
using Field = text::Field<S, Decoder>;

/// The whole file. Sections are read when the frame is known.
struct Frame {
  std::string format, title, description, scenario;
  std::uint32_t replicates = 200;
  std::optional<std::uint64_t> seed;
  const Node *uncertainties = nullptr, *design = nullptr, *policies = nullptr, *outcomes = nullptr,
             *compare = nullptr, *stop = nullptr;
};
struct DesignKeys {
  DesignMethod method = DesignMethod::random;
  std::uint32_t points = 64, levels = 4;
  const Node* rows = nullptr;
};
struct PolicyKeys {
  std::string file, title;
  std::optional<Date> from;
  const Node *remove = nullptr, *set = nullptr, *add = nullptr, *timeline = nullptr,
             *about = nullptr;
};
struct CompareKeys {
  std::string baseline;
  double confidence = 0.95;
};
struct StopKeys {
  const Node* when = nullptr;
  std::uint32_t batch = 200, most = 20'000;
};
struct WhenKeys {
  std::string outcome;
  double half_width = 0.0;
};

std::string_view method_name(DesignMethod method);

std::span<const Field<Frame>> frame_fields();
std::span<const Field<DesignKeys>> design_fields();
std::span<const Field<PolicyKeys>> policy_fields();
std::span<const Field<CompareKeys>> compare_fields();
std::span<const Field<StopKeys>> stop_fields();
std::span<const Field<WhenKeys>> when_fields();

}  // namespace casus::experiment
