#pragma once

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "casus/sim/mechanism.h"

namespace casus {

/// Columns of numbers of the world, by their row in the table of guards.
using ColumnSet = std::bitset<256>;

ColumnSet every_column(const Columns& columns = {});
/// The names of all of them ("regions.control"), in the order of the table; those that mechanisms
/// own are the last.
std::vector<std::string> guarded_columns(const Columns& columns = {});
/// Those of the given names; none given: every one. Throws ContractError for an unknown name.
ColumnSet columns_named(std::span<const std::string> names, const Columns& columns = {});
/// Those that a mechanism may write in any of their rows: what it names, and what it owns.
ColumnSet columns_written(const MechanismInfo& mechanism, const Columns& columns);
/// Those of which it writes rows that it notes.
ColumnSet columns_noted(const MechanismInfo& mechanism, const Columns& columns);

/// Their rows, which are gone through faster.
using ColumnRows = std::vector<std::uint8_t>;
ColumnRows rows_of(const ColumnSet& columns, const Columns& all);

/// Stops the run with date, mechanism and subject if any number of these columns is not finite or
/// left its range: nothing is clamped in silence.
void check_world(const StepView& context, std::string_view mechanism,
                 std::span<const std::uint8_t> columns);
/// The same for who looks again and again. `looked_at`: as many changes of affinities there had
/// been (Relations::affinity_changes) when they were looked at last. They are the longest column,
/// and most mechanisms that may write it have written nothing.
void check_world(const StepView& context, std::string_view mechanism,
                 std::span<const std::uint8_t> columns, std::uint64_t& looked_at);
inline constexpr std::uint64_t never_looked = ~std::uint64_t{0};
void check_world(const StepView& context, std::string_view mechanism);  ///< all of them

/// The same for rows of columns that were noted, and for those that were added since there were
/// `old_presences` and `old_actors`.
void check_noted(const StepView& context, std::string_view mechanism,
                 std::span<const std::uint8_t> columns, std::size_t old_presences,
                 std::size_t old_actors);

/// Stops the run if an event since `mark` is of a kind that nobody has declared.
void check_kinds(const StepView& context, std::string_view mechanism, std::size_t mark);

/// Stops the run when it has logged more than `max_events`.
void check_log(const StepView& context, std::size_t max_events);

}  // namespace casus
