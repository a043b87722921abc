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
bool has_own_names(const MechanismInfo& info) {
  return !info.columns.empty() || !info.events.empty();
}

}  // namespace

void Registry::add(Factory factory, std::string_view before) {
  const std::unique_ptr<Mechanism> made = factory();
  const MechanismInfo& info = made->info();
  std::size_t place = entries_.size();
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    CASUS_EXPECTS(entries_[i].name != info.name,
                  "mechanism '" + info.name + "' is registered twice");
    if (entries_[i].name == before) place = i;
  }
  CASUS_EXPECTS(before.empty() || place < entries_.size(),
                "no mechanism '" + std::string(before) + "' to insert '" + info.name + "' before");
  if (has_own_names(info)) {
    Vocabulary after = vocabulary();
    after.push_back(info);
    expect_own_names(after);
  }
  entries_.insert(entries_.begin() + static_cast<std::ptrdiff_t>(place),
                  {info.name, std::move(factory)});
}

std::size_t Registry::place(std::string_view name) const {
  const auto found = std::find_if(entries_.begin(), entries_.end(),
                                  [&](const Entry& entry) { return entry.name == name; });
  CASUS_EXPECTS(found != entries_.end(), "no mechanism '" + std::string(name) + "' is registered");
  return static_cast<std::size_t>(found - entries_.begin());
}

void Registry::replace(Factory factory) {
  const std::unique_ptr<Mechanism> made = factory();
  const MechanismInfo& info = made->info();
  const std::size_t at = place(info.name);
  if (has_own_names(info)) {
    Vocabulary after = vocabulary();
    after[at] = info;
    expect_own_names(after);
  }
  entries_[at].factory = std::move(factory);
}

void Registry::remove(std::string_view name) {
  entries_.erase(entries_.begin() + static_cast<std::ptrdiff_t>(place(name)));
}

std::vector<std::unique_ptr<Mechanism>> Registry::make() const {
  std::vector<std::unique_ptr<Mechanism>> made;
  made.reserve(entries_.size());
  for (const Entry& entry : entries_) made.push_back(entry.factory());
  return made;
}

Vocabulary Registry::vocabulary() const {
  Vocabulary v;
  v.reserve(entries_.size());
  for (const Entry& entry : entries_) v.push_back(entry.factory()->info());
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
