#include <limits>
#include <vector>

#include "casus/world/paths.h"

namespace casus {
namespace {

using Table = PathRef::Table;

// The limits of what may be set are those of the scenario's key of the same name.
std::vector<PathColumn> make_columns() {
  constexpr double any = std::numeric_limits<double>::infinity();
  return {
      {Table::region, "grievance", true, Unit::none, 0, 1, "Readiness to side against the state."},
      {Table::region, "value", true, Unit::none, 0, 1000, "Strategic value."},
      {Table::region, "terrain", true, Unit::none, 0, 1, "How much it favours those who hide."},
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
      {Table::actor, "forces", true, Unit::people, 0, 1e8,
       "People under arms; setting it changes the reserve, and below what is placed takes the "
       "same share away everywhere."},
      {Table::actor, "quality", true, Unit::none, 0.01, 100, "Fighting power of one of them."},
      {Table::actor, "resources", true, Unit::musd, 0, 1e7, "Money in hand."},
      {Table::actor, "income", true, Unit::musd_per_year, 0, 1e7, "Money for war and security."},
      {Table::actor, "resolve", true, Unit::none, 0, 1, "Readiness to go on."},
      {Table::actor, "legitimacy", true, Unit::none, 0, 1, "Acceptance of its rule."},
      {Table::actor, "support", true, Unit::musd_per_year, 0, 1e6, "Money from sponsors."},
      {Table::actor, "recruitment", true, Unit::none, 0, 100, "Multiplies recruitment."},
      {Table::actor, "activity", true, Unit::none, 0, 100, "Attacks per fighter, relative."},
      {Table::actor, "cohesion", true, Unit::none, 0, 1, "How well it holds together."},
      {Table::actor, "appetite", true, Unit::none, 0, 1, "Readiness to intervene."},
      {Table::actor, "deployment_ceiling", true, Unit::people, 0, 1e8, "Most it keeps abroad."},
      {Table::actor, "home_power", true, Unit::people, 0, 1e8, "Most it can send besides."},
      {Table::actor, "civilian_targeting", true, Unit::none, 0, 1,
       "Share of attacks aimed at civilians."},
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

bool settable(const PathRef& ref) {
  if (ref.table == PathRef::Table::parameter) return true;
  const PathColumn* c = find_path_column(ref.table, ref.column);
  return c != nullptr && c->settable;
}

const PathColumn* find_path_column(PathRef::Table table, std::string_view name) {
  for (const PathColumn& c : path_columns()) {
    if (c.table == table && c.name == name) return &c;
  }
  return nullptr;
}

}  // namespace casus
