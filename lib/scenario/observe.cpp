#include "casus/scenario/observe.h"

#include <array>

namespace casus {
namespace {

using What = ObservedVariable::What;
constexpr unsigned world = observed_bit(Observed::world), states = observed_bit(Observed::states),
                   groups = observed_bit(Observed::armed_groups),
                   externals = observed_bit(Observed::externals),
                   regions = observed_bit(Observed::regions),
                   presences = observed_bit(Observed::presences);

constexpr auto table = std::to_array<ObservedVariable>({
    {What::deaths, "deaths", "people", world | states | regions, "killed so far"},
    {What::civilian_deaths, "civilian_deaths", "people", world | states | regions,
     "civilians killed so far"},
    {What::attacks, "attacks", "", world | states | regions, "attacks of insurgents so far"},
    {What::displaced, "displaced", "people", world | states | regions,
     "people living as displaced at the time"},
    {What::control, "control", "", states | regions,
     "share held by who owns the region at the start; of a state by residents"},
    {What::wars, "wars", "", world, "wars that are being fought"},
    {What::forces, "forces", "people", states | groups, "under arms"},
    {What::abroad, "abroad", "people", states | externals, "of the forces, outside the country"},
    {What::legitimacy, "legitimacy", "", states, "of its government"},
    {What::resources, "resources", "MUSD", states, "money at hand"},
    {What::regions, "regions", "", groups, "regions of which it holds at least half"},
    {What::strength, "strength", "people", presences, "of one actor in one region"},
});

constexpr std::array<std::string_view, 6> words{"world",     "states",  "armed_groups",
                                                "externals", "regions", "presences"};

}  // namespace

std::span<const ObservedVariable> observed_variables() { return table; }
std::span<const std::string_view> observed_words() { return words; }

}  // namespace casus
