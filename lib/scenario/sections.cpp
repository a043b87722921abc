#include "scenario/sections.h"

#include "scenario/pact_tables.h"
#include "scenario/tables.h"

namespace casus::scenario {

std::vector<SectionInfo> sections(const Tables& tables) {
  return {
      {"casus",
       Layout::value,
       true,
       "The format of the file; always scenario/1.",
       {},
       "scenario/1"},
      {"title",
       Layout::value,
       true,
       "What the scenario is called in tables and reports.",
       {},
       "The Sahel, September 2023"},
      {"description",
       Layout::value,
       true,
       "What it describes, for readers.",
       {},
       "A teaching size."},
      {"limits",
       Layout::value,
       true,
       "What the scenario leaves out and cannot say, for whoever reads its results; reports print "
       "it.",
       {},
       "Elections are not modelled."},
      {"include",
       Layout::special,
       true,
       "Files that are read as well, relative to this one, or else to the folder of the scenarios "
       "that come with Casus. Mappings are merged key by key, lists are joined, and the same value "
       "in two files is an error. Of a treaty, who is no actor here is left out.",
       {},
       "[regions.yaml, treaties/nato.yaml]"},
      {"clock", Layout::map, true, "When a run begins and ends, and how long a step is.",
       infos(clock_fields()), "{start: 2023-09-16, days: 730}"},
      {"observe", Layout::map, true,
       "What is written down during a run: the series of results, which reports draw.",
       infos(tables.observe()), "{every: 30 days, of: [world, states, regions]}"},
      {"map",
       Layout::special,
       true,
       "Where the regions are, for the maps of reports: a GeoJSON file beside this one, or its "
       "content. Each feature is a polygon, or several, and names its region among its "
       "properties: {\"region\": \"gao\"}. Nothing in a run depends on it.",
       {},
       "map.geojson"},
      {"areas",
       Layout::special,
       true,
       "Geographical terms that articles may use though no region has them.",
       {},
       "[north_atlantic]"},
      {"sources",
       Layout::special,
       true,
       "Publications by a short name, which any `source` may use.",
       {},
       "{wdi2023: \"World Bank, World Development Indicators, 2023\"}"},
      {"regions", Layout::entries, true, "The map: regions by name.", infos(tables.regions())},
      {"actors", Layout::entries, true, "States, armed groups and external actors by name.",
       infos(tables.actors())},
      {"presence", Layout::special, true,
       "Who has how many people where: of each region the actors in it, with a strength or a "
       "mapping.",
       infos(tables.presence()),
       "{mopti: {jnim: 1200, wagner: {strength: 500, role: deployment}}}"},
      {"resistance",
       Layout::special,
       true,
       "How much harder than elsewhere it is for a group to take ground from the owner of a "
       "region, "
       "and easier for the owner to take it back, by region and group, as log odds in [-4, 4]: "
       "what "
       "the model cannot explain of the balance there. 'casus balance' finds the numbers that keep "
       "the balance of a scenario; without a number it is kept at the start of each run.",
       {},
       "{mopti: {jnim: -0.4}}"},
      {"relations", Layout::list, true,
       "How actors see each other: `from` and `to`, or `between` two, or `among` several.",
       infos(relation_fields()), "[{between: [mali, niger], affinity: 0.8}]"},
      {"pacts", Layout::entries, true, "Treaties, alliances, organisations and accords by name.",
       infos(pact_fields())},
      {"doctrines", Layout::map, true,
       "How contested questions of the law are read; the usual reading of each where nothing is "
       "said.",
       infos(doctrine_fields()), "{regional_force: council}"},
      {"wars", Layout::entries, true,
       "Wars in progress at the start. Armed groups are at war with the owner of the regions they "
       "are insurgents in without being listed.",
       infos(war_fields())},
      {"crises", Layout::entries, true, "Open confrontations at the start.",
       infos(crisis_fields())},
      {"measures", Layout::list, true, "Sanctions, aid and blockades in force at the start.",
       infos(measure_fields())},
      {"timeline", Layout::list, true, "What is made to happen on a day or under a condition.",
       infos(timeline_fields())},
      {"mechanisms",
       Layout::special,
       true,
       "Settings of the mechanisms of the step. `enabled: false` switches one off.",
       {},
       "{coups: {enabled: false}}"},
      {"outcomes", Layout::entries, true, "What each run reports.", infos(tables.outcomes())},
      {"edits",
       Layout::special,
       true,
       "Changes to what is included, in order: this is how a policy is a patch of a baseline.",
       {},
       "[{set: actors.mali.resolve, to: 0.5}, {remove: pacts.aes}]"},
      {"removed",
       Layout::special,
       true,
       "What edits have taken out; outcomes and conditions may still name it and find nothing.",
       {},
       "[pacts.aes]"},
      {"emit", Layout::map, false, "An act of the timeline.", infos(emit_fields())},
      {"deploy", Layout::map, false, "Forces that go to a region.", infos(deploy_fields())},
      {"withdraw", Layout::map, false, "Forces that leave.", infos(withdraw_fields())},
      {"truce", Layout::map, false, "A ceasefire.", infos(ceasefire_fields())},
      {"withdrawal", Layout::map, false, "How a member leaves a pact.", infos(withdrawal_fields())},
      {"depth", Layout::map, false, "How far a pact goes.", infos(depth_fields())},
      {"suspension", Layout::map, false, "What a suspended member loses.",
       infos(suspension_fields())},
      {"member", Layout::map, false, "What is particular to a member of a pact.",
       infos(member_fields())},
      {"suspended", Layout::map, false, "A suspension of a member.", infos(suspended_fields())},
      {"organ", Layout::map, false, "A body of a pact that decides.", infos(organ_fields())},
      {"force", Layout::map, false, "A force an organ disposes of.", infos(force_fields())},
      {"article", Layout::map, false, "An article of a pact.", infos(article_fields())},
      {"when", Layout::map, false, "What sets an article in motion.", infos(when_fields())},
      {"then", Layout::map, false, "What follows from an article.", infos(then_fields())},
      {"by", Layout::map, false, "Whose acts an article means.", infos(adversary_fields())},
      {"where", Layout::map, false, "Where an article applies.", infos(geography_fields())},
  };
}

const std::vector<SectionInfo>& sections() {
  static const Tables tables{Vocabulary{}};
  static const std::vector<SectionInfo> all = sections(tables);
  return all;
}

FieldInfo parameter_field(const ParameterInfo& p) {
  FieldInfo f;
  f.name = p.name;
  f.type = Type::number;
  f.unit = p.unit;
  f.low = p.low;
  f.high = p.high;
  f.doc = p.doc;
  return f;
}

}  // namespace casus::scenario
