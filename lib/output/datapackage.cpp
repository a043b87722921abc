#include <nlohmann/json.hpp>

#include "casus/output/version.h"
#include "output/tables.h"

namespace casus {

using Json = nlohmann::ordered_json;

std::string datapackage(const ScenarioData& scenario, std::span<const WrittenTable> tables) {
  Json resources = Json::array();
  for (const WrittenTable& table : tables) {
    Json fields = Json::array();
    for (const CsvField& field : table.fields) {
      Json entry{{"name", field.name}, {"type", field.type}, {"description", field.description}};
      if (!field.unit.empty()) entry["unit"] = field.unit;
      fields.push_back(std::move(entry));
    }
    const std::string name = table.file.name.substr(0, table.file.name.find('.'));
    resources.push_back({{"name", name},
                         {"title", table.title},
                         {"path", table.file.name},
                         {"profile", "tabular-data-resource"},
                         {"format", "csv"},
                         {"mediatype", "text/csv"},
                         {"encoding", "utf-8"},
                         {"bytes", table.file.bytes},
                         {"hash", "sha256:" + table.file.sha256},
                         {"schema", {{"fields", std::move(fields)}, {"missingValues", {""}}}}});
  }
  Json sources = Json::array();
  for (const auto& [key, title] : scenario.sources) {
    sources.push_back({{"name", key}, {"title", title}});
  }
  Json package{{"profile", "tabular-data-package"},
               {"name", "casus-results"},
               {"title", scenario.title},
               {"description", scenario.description},
               {"generator", "casus " + version()}};
  if (!sources.empty()) package["sources"] = std::move(sources);
  package["resources"] = std::move(resources);
  // Text of a scenario is valid UTF-8; should a title not be, the table is still worth having.
  return package.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace casus
