#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <stdexcept>

#include "casus/core/diagnostics.h"
#include "casus/experiment/comparison.h"

namespace casus {
namespace {

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

double number(std::string_view text, const std::string& whole) {
  double value = 0.0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) {
    throw std::invalid_argument(fmt::format("'{}': '{}' is not a number", whole, text));
  }
  return value;
}

[[noreturn]] void unknown(const std::string& whole, std::string_view what, std::string_view name,
                          const std::vector<std::string>& names) {
  const std::string near = nearest(name, names);
  throw std::invalid_argument(
      fmt::format("'{}': there is no {} '{}'{}", whole, what, name,
                  near.empty() ? "" : fmt::format("; did you mean '{}'?", near)));
}

/// "0.05", "baseline", "0.9*baseline", "baseline*0.9".
void read_bound(std::string_view text, const std::string& base, const std::string& whole,
                Assertion& out) {
  const std::size_t star = text.find('*');
  const auto names_base = [&](std::string_view t) { return t == base || t == "baseline"; };
  if (star == std::string_view::npos) {
    if (names_base(text)) {
      out.factor = 1.0;
    } else {
      out.offset = number(text, whole);
    }
    return;
  }
  std::string_view a = trimmed(text.substr(0, star)), b = trimmed(text.substr(star + 1));
  if (names_base(a)) std::swap(a, b);
  if (!names_base(b)) {
    throw std::invalid_argument(fmt::format(
        "'{}': write a number, {} or a number times it, as in 0.9*baseline", whole, base));
  }
  out.factor = number(a, whole);
}

}  // namespace

Assertion parse_assertion(const std::string& text, const ComparedRuns& runs) {
  using Op = Assertion::Op;
  constexpr std::array<std::pair<std::string_view, Op>, 4> operators{
      {{"<=", Op::less_equal}, {">=", Op::greater_equal}, {"<", Op::less}, {">", Op::greater}}};
  Assertion out;
  out.text = text;
  std::size_t at = std::string::npos, length = 0;
  for (const auto& [sign, op] : operators) {
    at = text.find(sign);
    length = sign.size();
    out.op = op;
    if (at != std::string::npos) break;
  }
  if (at == std::string::npos) {
    throw std::invalid_argument(
        fmt::format("'{}': write a comparison, as in deaths < 0.9*baseline", text));
  }
  std::vector<std::string> names;
  names.reserve(runs.outcomes.size());
  for (const OutcomeSpec& o : runs.outcomes) names.push_back(o.name);
  const auto known = [](const std::vector<std::string>& list, std::string_view name) {
    return std::find(list.begin(), list.end(), name) != list.end();
  };
  std::string_view left = trimmed(std::string_view(text).substr(0, at));
  if (!known(names, left)) {
    const std::size_t dot = left.find('.');
    if (dot == std::string_view::npos) unknown(text, "outcome", left, names);
    out.policy = trimmed(left.substr(0, dot));
    if (!known(runs.policies, out.policy)) unknown(text, "policy", out.policy, runs.policies);
    left = trimmed(left.substr(dot + 1));
    if (!known(names, left)) unknown(text, "outcome", left, names);
  }
  out.outcome = left;
  read_bound(trimmed(std::string_view(text).substr(at + length)), runs.policies.front(), text, out);
  return out;
}

std::vector<AssertionResult> check(const Assertion& assertion, const Comparison& comparison) {
  using Op = Assertion::Op;
  std::vector<AssertionResult> results;
  for (const OutcomeComparison& o : comparison.outcomes) {
    if (o.outcome.name != assertion.outcome) continue;
    const bool single = o.policies.size() == 1;
    // Durations are compared as means up to a horizon: medians are often not reached.
    for (std::size_t p = 0; p < o.policies.size(); ++p) {
      const bool asked =
          assertion.policy.empty() ? p > 0 || single : comparison.policies[p] == assertion.policy;
      if (!asked) continue;
      const PolicyEffect& effect = o.policies[p];
      const bool pair = p > 0;
      AssertionResult r;
      r.policy = comparison.policies[p];
      r.found = pair ? effect.effect.other : effect.summary.estimate.value;
      const double base = pair ? effect.effect.base : r.found;
      r.bound = assertion.factor == 0.0 ? assertion.offset : assertion.factor * base;
      switch (assertion.op) {
        case Op::less:
          r.met = r.found < r.bound;
          break;
        case Op::less_equal:
          r.met = r.found <= r.bound;
          break;
        case Op::greater:
          r.met = r.found > r.bound;
          break;
        case Op::greater_equal:
          r.met = r.found >= r.bound;
          break;
      }
      results.push_back(std::move(r));
    }
  }
  return results;
}

}  // namespace casus
