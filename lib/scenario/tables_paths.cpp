#include <algorithm>

#include "casus/core/contracts.h"
#include "casus/scenario/paths.h"
#include "scenario/tables.h"

namespace casus {
namespace {

using Table = PathRef::Table;

/// What a scenario says of the start may be set later within the same limits.
template <class S>
PathColumn setting(Table table, std::span<const scenario::Field<S>> fields, std::string_view name,
                   std::string_view doc) {
  const auto f = std::find_if(fields.begin(), fields.end(),
                              [&](const auto& field) { return field.info.name == name; });
  CASUS_EXPECTS(f != fields.end(), "no field of that name: " + std::string(name));
  return {table, name, true, f->info.unit, f->info.low, f->info.high, doc};
}

PathColumn region(std::string_view name, std::string_view doc) {
  return setting(Table::region, scenario::region_fields(), name, doc);
}

PathColumn actor(std::string_view name, std::string_view doc) {
  return setting(Table::actor, scenario::actor_fields(), name, doc);
}

std::vector<PathColumn> make_columns() {
  constexpr double any = scenario::unlimited;
  return {
      region("grievance", "Readiness to side against the state."),
      region("value", "Strategic value."),
      region("terrain", "How much it favours those who hide."),
      {Table::region, "area", false, Unit::km2, 0, any, "Land area."},
      {Table::region, "control", false, Unit::none, 0, 1,
       "Share held by the owner and its friends."},
      {Table::region, "deaths", false, Unit::people, 0, any, "Deaths by violence so far."},
      {Table::region, "civilian_deaths", false, Unit::people, 0, any,
       "Deaths of civilians so far."},
      {Table::region, "attacks", false, Unit::none, 0, any, "Attacks so far."},
      {Table::region, "recent_violence", false, Unit::people, 0, any, "Deaths, fading with time."},
      {Table::region, "residents", false, Unit::people, 0, any, "People living at home."},
      {Table::region, "displaced", false, Unit::people, 0, any, "People living as displaced."},
      actor("forces",
            "People under arms; setting it changes the reserve, and below what is placed takes the "
            "same share away everywhere."),
      actor("quality", "Fighting power of one of them."),
      actor("resources", "Money in hand."),
      actor("income", "Money for war and security."),
      actor("resolve", "Readiness to go on."),
      actor("legitimacy", "Acceptance of its rule."),
      actor("support", "Money from sponsors."),
      actor("recruitment", "Multiplies recruitment."),
      actor("activity", "Attacks per fighter, relative."),
      actor("cohesion", "How well it holds together."),
      actor("appetite", "Readiness to intervene."),
      actor("deployment_ceiling", "Most it keeps abroad."),
      actor("home_power", "Most it can send besides."),
      actor("civilian_targeting", "Share of attacks aimed at civilians."),
      {Table::actor, "reserve", false, Unit::people, 0, any, "People under arms in no region."},
      {Table::actor, "losses", false, Unit::people, 0, any, "People lost so far."},
      {Table::actor, "recent_losses", false, Unit::people, 0, any, "Losses, fading with time."},
      {Table::actor, "threat", false, Unit::none, 0, 1, "Threat it perceives."},
      {Table::actor, "mobilised", false, Unit::none, 0, 1, "How far it has mobilised."},
      {Table::actor, "effort", false, Unit::none, 0, any, "Effort relative to its strength's."},
      {Table::actor, "reputation", false, Unit::none, 0, 1, "Share of obligations honoured."},
      {Table::actor, "arrears", false, Unit::none, 0, 1, "Share of upkeep unpaid."},
      {Table::actor, "gdp_per_capita", false, Unit::usd, 0, any, "Income a head in a year."},
      {Table::actor, "sponsor_evidence", false, Unit::none, 0, 1,
       "Probability that its acts can be laid to its sponsor."},
      {Table::relation, "affinity", true, Unit::none, -1, 1, "How one sees the other."},
  };
}

}  // namespace

std::span<const PathColumn> path_columns() {
  static const std::vector<PathColumn> rows = make_columns();
  return rows;
}

}  // namespace casus
