#include <algorithm>

#include "casus/core/contracts.h"
#include "casus/sim/mechanism.h"
#include "sim/mechanisms.h"

namespace casus {
namespace {

/// Names of columns and events are one mechanism's alone; says whose they are otherwise.
void expect_own_names(const Vocabulary& vocabulary) {
  columns_of(vocabulary);
  event_kinds_of(vocabulary);
}

}  // namespace

void Registry::add(Factory factory, std::string_view before) {
  const std::string name = factory()->info().name;
  std::size_t place = factories_.size();
  for (std::size_t i = 0; i < factories_.size(); ++i) {
    const std::string other = factories_[i]()->info().name;
    CASUS_EXPECTS(other != name, "mechanism '" + name + "' is registered twice");
    if (other == before) place = i;
  }
  CASUS_EXPECTS(before.empty() || place < factories_.size(),
                "no mechanism '" + std::string(before) + "' to insert '" + name + "' before");
  Vocabulary after = vocabulary();
  after.push_back(factory()->info());
  expect_own_names(after);
  factories_.insert(factories_.begin() + static_cast<std::ptrdiff_t>(place), std::move(factory));
}

std::size_t Registry::place(std::string_view name) const {
  for (std::size_t i = 0; i < factories_.size(); ++i) {
    if (factories_[i]()->info().name == name) return i;
  }
  CASUS_EXPECTS(false, "no mechanism '" + std::string(name) + "' is registered");
  return factories_.size();
}

void Registry::replace(Factory factory) {
  const std::size_t at = place(factory()->info().name);
  Vocabulary after = vocabulary();
  after[at] = factory()->info();
  expect_own_names(after);
  factories_[at] = std::move(factory);
}

void Registry::remove(std::string_view name) {
  factories_.erase(factories_.begin() + static_cast<std::ptrdiff_t>(place(name)));
}

std::vector<std::unique_ptr<Mechanism>> Registry::make() const {
  std::vector<std::unique_ptr<Mechanism>> made;
  made.reserve(factories_.size());
  for (const auto& factory : factories_) made.push_back(factory());
  return made;
}

Vocabulary Registry::vocabulary() const {
  Vocabulary v;
  for (const auto& factory : factories_) v.push_back(factory()->info());
  return v;
}

Registry standard_registry() {
  Registry r;
#define CASUS_ADD(name) r.add(make_##name);
  CASUS_MECHANISMS(CASUS_ADD)
#undef CASUS_ADD
  return r;
}

bool is_standard_mechanism(std::string_view name) {
#define CASUS_NAME(mechanism) #mechanism,
  constexpr std::string_view names[] = {CASUS_MECHANISMS(CASUS_NAME)};
#undef CASUS_NAME
  return std::find(std::begin(names), std::end(names), name) != std::end(names);
}

}  // namespace casus
