#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <type_traits>
#include <vector>

#include "casus/core/units.h"

namespace casus {

/// One parameter of the model: the row from which the decoder, the schema, the reference page and
/// the sensitivity analysis are made. `low <= fallback <= high`; a value outside is an error.
struct ParameterInfo {
  std::string name;
  Unit unit = Unit::none;
  double low = 0.0;
  double high = 1.0;
  double fallback = 0.0;  ///< used where the scenario gives no value
  std::string doc;        ///< one sentence
  std::string source;     ///< citation, or "calibrated: ...", "judged: ..." for our own choices
};

/// A parameter's row and the member of `S` it fills: `{{"era", ...}, &S::era}`, or, of a struct
/// within, `{{"era", ...}, inside(&S::honour, &Honour::era)}`.
template <class S>
struct Parameter {
  ParameterInfo info;
  std::function<double&(S&)> member;
};

namespace detail {
inline double& reach(double& at) { return at; }
template <class From, class Step, class... Rest>
double& reach(From& from, Step step, Rest... rest) {
  if constexpr (std::is_member_object_pointer_v<Step>) {
    return reach(from.*step, rest...);
  } else {
    return reach(from[static_cast<std::size_t>(step)], rest...);
  }
}
}  // namespace detail

/// The way to a member of a member: pointers to members from the outside in; of an array the index,
/// a number or an enumerator.
template <class S, class Part, class... Steps>
auto inside(Part S::*first, Steps... steps) {
  return [=](S& s) -> double& { return detail::reach(s, first, steps...); };
}

/// Fills the members of `out` with `values`, in the order of the rows.
template <class S>
void fill(std::span<const Parameter<S>> rows, std::span<const double> values, S& out) {
  for (std::size_t i = 0; i < rows.size(); ++i) rows[i].member(out) = values[i];
}

}  // namespace casus
