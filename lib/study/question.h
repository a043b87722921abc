#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <vector>

#include "casus/scenario/scenario.h"
#include "casus/world/columns.h"
#include "casus/world/events.h"
#include "casus/world/paths.h"

namespace casus {

/// A set of rows; an empty list of names means that everything passes. Something that was removed
/// from the scenario stays in the list as an id of nothing, so a list of such lets nothing pass.
class Filter {
 public:
  template <class Id>
  Filter(const std::vector<Id>& ids, std::size_t rows) : all_(ids.empty()), rows_(rows, 0) {
    for (const Id id : ids) {
      if (id.valid()) rows_.at(id.row()) = 1;
    }
  }
  bool all() const { return all_; }
  template <class Id>
  bool names(Id id) const {
    return id.valid() && id.row() < rows_.size() && rows_[id.row()] != 0;
  }
  template <class Id>
  bool passes(Id id) const {
    return all_ || names(id);
  }

 private:
  bool all_;
  std::vector<std::uint8_t> rows_;
};

/// An outcome with its names resolved.
struct Question {
  OutcomeSpec::Form form;
  Filter by, under, against, where;
  double within_days;  ///< infinite: the whole run
  double at_least;
  std::vector<EventKind> kinds{};      ///< ever, count, first, share
  std::vector<EventKind> whole{};      ///< share
  const PathColumn* column = nullptr;  ///< sum, final
  const EventSum* events = nullptr;    ///< sum over the events that pass the filters
  std::vector<ActorId> actors{};       ///< final, of a column of actors

  bool counts(EventKind kind) const {
    return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
  }
  bool by_passes(const Event& e) const {
    if (by.all() && under.all()) return true;
    return by.names(e.who) || under.names(e.pact);
  }
  bool passes(const Event& e, double day) const {
    return day < within_days && e.size >= at_least && by_passes(e) && against.passes(e.whom) &&
           where.passes(e.where);
  }
};

/// Throws ContractError for what cannot be asked.
Question make_question(const OutcomeSpec& spec, const ScenarioData& scenario);

}  // namespace casus
