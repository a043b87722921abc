#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>
#include <cmath>
#include <cstdint>
#include <utility>

#include "casus/core/whole_number.h"
#include "text/decoder.h"

// How numbers are read: plain, with a unit, or as a prior.
namespace casus::text {
namespace {

struct ShapeName {
  std::string_view name;
  Number::Shape shape;
  std::size_t parameters;
  std::string_view form;
};
constexpr std::array<ShapeName, 5> shapes{{
    {"uniform", Number::Shape::uniform, 2, "[low, high]"},
    {"triangular", Number::Shape::triangular, 3, "[low, mode, high]"},
    {"normal", Number::Shape::normal, 2, "[mean, standard deviation]"},
    {"lognormal", Number::Shape::lognormal, 2, "[median, standard deviation of the log]"},
    {"beta", Number::Shape::beta, 2, "[a, b]"},
}};

/// "012" would be ten to a reader of octal and twelve to another.
bool has_leading_zero(std::string_view text) {
  if (!text.empty() && (text.front() == '-' || text.front() == '+')) text.remove_prefix(1);
  return text.size() > 1 && text[0] == '0' && text[1] >= '0' && text[1] <= '9';
}

std::string with_unit(double value, Unit unit) {
  const std::string_view name = unit_name(unit);
  return name.empty() ? fmt::format("{}", value) : fmt::format("{} {}", value, name);
}

std::string expected(const FieldInfo& f) {
  if (f.type == Type::duration) return "a length of time";
  return "a number";
}

/// A length of time in the unit in which one would say it: "1 hour", not "0.0416 days".
std::string in_words(double days) {
  const auto counted = [](double n, const char* unit) {
    return fmt::format("{} {}{}", n, unit, n == 1.0 ? "" : "s");
  };
  const double hours = days * 24.0, minutes = hours * 60.0;
  const auto whole = [](double x) { return x >= 1.0 && std::abs(x - std::round(x)) < 1e-9; };
  if (days < 1.0 && whole(hours)) return counted(std::round(hours), "hour");
  if (days < 1.0 && whole(minutes)) return counted(std::round(minutes), "minute");
  return counted(days, "day");
}

/// What is meant by a unit that is none: "1.3 million" of money, "40k", "5M", "2 000 000".
std::string mend_unit(std::string_view text, double value, const std::string& unit, Unit target) {
  struct Multiple {
    std::string_view written, word;
    double factor;
  };
  static constexpr std::array<Multiple, 11> multiples{{{"k", "thousand", 1e3},
                                                       {"K", "thousand", 1e3},
                                                       {"M", "million", 1e6},
                                                       {"mn", "million", 1e6},
                                                       {"mio", "million", 1e6},
                                                       {"mil", "million", 1e6},
                                                       {"bn", "billion", 1e9},
                                                       {"B", "billion", 1e9},
                                                       {"thousand", "thousand", 1e3},
                                                       {"million", "million", 1e6},
                                                       {"billion", "billion", 1e9}}};
  if (std::string plain = how_to_write_number(text); !plain.empty()) return plain;
  for (const char* period : {"/year", "/day"}) {  // "850 MUSD" of a rate, which is one of a year
    if (unit_factor(unit + period, target) && unit_name(target).ends_with(period)) {
      return fmt::format("write {} {}{}", value, unit, period);
    }
  }
  for (const Multiple& m : multiples) {
    if (m.written != unit) continue;
    const std::string_view name = unit_name(target);
    const std::size_t slash = name.find('/');
    const std::string period(slash == std::string_view::npos ? "" : name.substr(slash));
    if (name.starts_with("people") || name.starts_with("km2")) {
      return fmt::format("write {} {} {}", value, m.word, name);
    }
    if (name.find("USD") != std::string_view::npos) {
      return fmt::format("write {} {} USD{}", value, m.word, period);
    }
    return fmt::format("write {}", value * m.factor);
  }
  return {};
}

}  // namespace

std::optional<double> Decoder::read_value(const Node& node, const FieldInfo& f,
                                          const std::string& path) {
  const bool duration = f.type == Type::duration;
  const std::string_view code = duration ? "E0211" : "E0201";
  const auto complain = [&](std::string_view c, std::string message, std::string advice = {}) {
    fail(c, node.at, path, std::move(message), std::move(advice));
    return std::nullopt;
  };
  if (!node.is_scalar()) {
    return complain(code, fmt::format("expected {}, found {}", expected(f), kind_name(node)));
  }
  const auto quantity = split_quantity(node.text);
  if (!quantity) {
    return complain(
        code, fmt::format("expected {}, found '{}'", expected(f), node.text),
        duration ? "write a number and a unit, as in 30 days" : how_to_write_number(node.text));
  }
  if (has_leading_zero(node.text)) {
    return complain("E0201", fmt::format("the number '{}' begins with a zero", node.text),
                    "leave the leading zeros out");
  }
  const auto& [value, unit] = *quantity;
  if (!std::isfinite(value)) {
    return complain("E0205", fmt::format("'{}' is not a finite number", node.text));
  }
  if (unit.empty() && node.quoted) {
    return complain("E0201", fmt::format("expected a number, found the text '{}'", node.text),
                    "remove the quotes");
  }
  if (unit.empty() && duration) {
    return complain("E0211", fmt::format("'{}' has no unit of time", node.text),
                    fmt::format("for example {} days", node.text));
  }
  const Unit target = duration ? Unit::days : f.unit;
  const auto factor = unit_factor(unit, target);
  if (!factor) {
    const std::string spellings = fmt::format("{}", fmt::join(unit_spellings(target), ", "));
    const std::string mended = mend_unit(node.text, value, unit, target);
    if (target == Unit::none && mended.empty()) {
      return complain("E0206", fmt::format("'{}' takes a pure number, not '{}'", f.name, unit),
                      "leave the unit out, or use %");
    }
    return complain("E0206", fmt::format("'{}' is not a unit of '{}'", unit, f.name),
                    mended.empty() ? fmt::format("use one of {}", spellings) : mended);
  }
  const double scaled = value * *factor;
  if (!std::isfinite(scaled)) {
    return complain("E0205", fmt::format("'{}' is not a finite number", node.text));
  }
  return scaled;
}

bool Decoder::check_range(double value, const FieldInfo& f, const Node& node,
                          const std::string& path, std::string_view prefix) {
  const Unit unit = f.type == Type::duration ? Unit::days : f.unit;
  const auto out = [&](std::string_view side, double limit) {
    return fail("E0204", node.at, path,
                fmt::format("{}{} is {} the limit {}", prefix, with_unit(value, unit), side,
                            unit == Unit::days ? in_words(limit) : with_unit(limit, unit)));
  };
  if (value < f.low) return out("below", f.low);
  if (value > f.high) return out("above", f.high);
  return true;
}

bool Decoder::read(const Node& node, const FieldInfo& f, const std::string& path, double& out) {
  const auto value = read_value(node, f, path);
  if (!value || !check_range(*value, f, node, path, "")) return false;
  out = *value;
  return true;
}

bool Decoder::read(const Node& node, const FieldInfo& f, const std::string& path, Number& out) {
  if (node.is_map() && f.type != Type::real) return read_prior(node, f, path, out);
  double value = 0.0;
  if (!read(node, f, path, value)) return false;
  out = Number(value);
  return true;
}

bool Decoder::read_prior(const Node& node, const FieldInfo& f, const std::string& path,
                         Number& out) {
  std::vector<std::string> known;
  known.reserve(std::size(shapes) + 1);
  for (const ShapeName& s : shapes) known.emplace_back(s.name);
  known.emplace_back("rows");
  if (node.entries.size() != 1) {
    return fail("E0209", node.at, path,
                fmt::format("expected one distribution of {}", fmt::join(known, ", ")));
  }
  const Entry& entry = node.entries.front();
  if (entry.key == "rows") return read_rows(entry, f, path, out);
  const ShapeName* shape = nullptr;
  for (const ShapeName& s : shapes) {
    if (s.name == entry.key) shape = &s;
  }
  if (shape == nullptr) {
    const std::string near = nearest(entry.key, known);
    return fail("E0209", entry.key_at, path, fmt::format("unknown distribution '{}'", entry.key),
                near.empty() ? fmt::format("use one of {}", fmt::join(known, ", "))
                             : fmt::format("did you mean '{}'?", near));
  }
  const Node& list = entry.value;
  if (!list.is_list() || list.items.size() != shape->parameters) {
    return fail("E0209", entry.key_at, path,
                fmt::format("'{}' takes {} numbers", shape->name, shape->parameters),
                fmt::format("write {}: {}", shape->name, shape->form));
  }
  // Spreads of logs and shapes are pure numbers, whatever the field's unit.
  FieldInfo in_unit = f, pure = f;
  pure.unit = Unit::none;
  pure.type = in_unit.type = Type::number;
  std::array<double, 3> p{};
  bool good = true;
  for (std::size_t i = 0; i < list.items.size(); ++i) {
    const bool is_pure =
        shape->shape == Number::Shape::beta || (shape->shape == Number::Shape::lognormal && i == 1);
    const auto value = read_value(list.items[i], is_pure ? pure : in_unit, path);
    good = good && value.has_value();
    p[i] = value.value_or(0.0);
  }
  if (!good) return false;
  const auto misfit = [&](std::string message) {
    return fail("E0209", list.at, path, std::move(message));
  };
  Number number(shape->shape, p[0], p[1], p[2]);
  switch (shape->shape) {
    case Number::Shape::uniform:
      if (p[0] > p[1])
        return misfit(fmt::format("the low end {} is above the high end {}", p[0], p[1]));
      good = check_range(p[0], f, list, path, "the prior reaches down to ") &&
             check_range(p[1], f, list, path, "the prior reaches up to ");
      break;
    case Number::Shape::triangular:
      if (p[0] > p[1] || p[1] > p[2]) {
        return misfit(
            fmt::format("low {}, mode {} and high {} are not in order", p[0], p[1], p[2]));
      }
      good = check_range(p[0], f, list, path, "the prior reaches down to ") &&
             check_range(p[2], f, list, path, "the prior reaches up to ");
      break;
    case Number::Shape::normal:
    case Number::Shape::lognormal:
      if (p[1] < 0.0) return misfit(fmt::format("the spread {} is negative", p[1]));
      if (shape->shape == Number::Shape::lognormal && p[0] <= 0.0) {
        return misfit(fmt::format("the median {} is not above 0", p[0]));
      }
      good = check_range(p[0], f, list, path, "the middle of the prior, ");
      // The tails are cut where the field ends, and the draw is made within.
      number.low = f.low;
      number.high = f.high;
      break;
    case Number::Shape::beta:
      if (p[0] <= 0.0 || p[1] <= 0.0) {
        return misfit(fmt::format("the shapes {} and {} are not above 0", p[0], p[1]));
      }
      good = check_range(0.0, f, list, path, "the prior reaches down to ") &&
             check_range(1.0, f, list, path, "the prior reaches up to ");
      break;
    case Number::Shape::rows:
    case Number::Shape::constant:
      break;
  }
  if (good) out = number;
  return good;
}

bool Decoder::read_rows(const Entry& entry, const FieldInfo& f, const std::string& path,
                        Number& out) {
  const Entry* of = entry.value.find("of");
  const Entry* list = entry.value.find("values");
  if (of == nullptr || list == nullptr || entry.value.entries.size() != 2 ||
      !of->value.is_scalar() || of->value.text.empty() || !list->value.is_list() ||
      list->value.items.empty()) {
    return fail("E0209", entry.key_at, path, "'rows' takes a name and values",
                "write rows: {of: name, values: [1, 2, ...]}");
  }
  FieldInfo each = f;
  each.type = Type::number;
  NumberRows rows{of->value.text, {}};
  rows.values.reserve(list->value.items.size());
  bool good = true;
  for (const Node& item : list->value.items) {
    const auto value = read_value(item, each, path);
    good = good && value && check_range(*value, f, item, path, "the row's ");
    rows.values.push_back(value.value_or(0.0));
  }
  if (!good) return false;
  const std::size_t n = row_counts.emplace(rows.of, rows.values.size()).first->second;
  if (n != rows.values.size()) {
    return fail("E0209", list->value.at, path,
                fmt::format("{} values where another number of '{}' has {}", rows.values.size(),
                            rows.of, n),
                "numbers of one name are drawn by the row: give each as many");
  }
  out = Number(std::move(rows));
  return true;
}

}  // namespace casus::text
