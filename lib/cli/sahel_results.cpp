#include "cli/sahel_results.h"

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "casus/output/csv.h"
#include "casus/output/results_folder.h"
#include "casus/output/version.h"

namespace casus::cli {
namespace {

using Json = nlohmann::ordered_json;

Json finite_or_null(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

std::string_view score_name(Score score) {
  return scores_of_cells()[static_cast<std::size_t>(score)].name;
}

Json scores_json(const ForecasterScores& forecaster) {
  Json out{{"forecaster", forecaster.name}};
  for (std::size_t s = 0; s < score_count; ++s) {
    out[std::string(scores_of_cells()[s].name)] = forecaster.mean(static_cast<Score>(s));
  }
  return out;
}

Json interval_json(const ScoreDifference& d) {
  return {{"low", d.low}, {"high", d.high}, {"share_better", d.share_below}};
}

Json differences_json(const RegionBacktest& b) {
  Json out = Json::array();
  for (const RivalDifference& d : b.differences) {
    out.push_back({{"score", score_name(d.score)},
                   {"rival", d.rival},
                   {"best_rival", d.best_rival},
                   {"difference", d.singly.mean},
                   {"origins_singly", interval_json(d.singly)},
                   {"origins_in_blocks", interval_json(d.in_blocks)}});
  }
  return out;
}

Json months_json(const std::vector<Month>& months) {
  Json out = Json::array();
  for (const Month m : months) out.push_back(month_name(m));
  return out;
}

Json one_json(const RegionBacktest& b) {
  Json scores = Json::array(), facts = Json::array(), totals = Json::array(), fits = Json::array();
  for (const ForecasterScores& f : b.forecasters) scores.push_back(scores_json(f));
  for (const FactRow& f : b.facts) {
    facts.push_back({{"fact", f.name},
                     {"observed", finite_or_null(f.observed)},
                     {"median", finite_or_null(f.median)},
                     {"low", finite_or_null(f.low)},
                     {"high", finite_or_null(f.high)},
                     {"inside", f.inside()}});
  }
  for (const CountryTotal& t : b.totals) {
    totals.push_back({{"origin", month_name(t.origin)},
                      {"country", t.country},
                      {"observed", t.observed},
                      {"median", t.median},
                      {"low", t.low},
                      {"high", t.high}});
  }
  for (const RegionForecast& f : b.forecasts) {
    Json fit{{"origin", month_name(f.origin)}};
    for (const auto& [name, value] : f.parameters) fit[name] = value;
    fits.push_back(std::move(fit));
  }
  return {{"months", b.options.months},
          {"origins", months_json(b.options.origins)},
          {"draws", b.options.draws},
          {"seed", b.options.seed},
          {"block", b.block},
          {"scores", std::move(scores)},
          {"differences", differences_json(b)},
          {"facts_over", months_json(b.apart)},
          {"facts", std::move(facts)},
          {"totals", std::move(totals)},
          {"parameters", std::move(fits)},
          {"notes", b.notes}};
}

std::string json_text(const Json& json) {
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

/// A column of which the header says enough.
CsvField field(const char* name, const char* type, const char* description) {
  return {name, type, "", description};
}

void write_score_row(CsvWriter& table, const RegionBacktest& b, const std::string& forecaster,
                     const std::string& origin, std::span<const CellScores> scores) {
  table.integer(b.options.months).text(forecaster).text(origin);
  for (std::size_t s = 0; s < score_count; ++s) {
    table.number(mean_score(scores, static_cast<Score>(s)));
  }
  table.end_row();
}

FileDigest write_scores(const std::string& path, const std::vector<RegionBacktest>& backtests) {
  std::vector<CsvField> fields = {field("months", "integer", "of the window"),
                                  field("forecaster", "string", "who forecast"),
                                  field("origin", "string", "first month forecast, or all")};
  for (const ScoreInfo& s : scores_of_cells()) {
    fields.push_back({std::string(s.name), "number", "", std::string(s.doc)});
  }
  CsvWriter table(path, std::move(fields));
  for (const RegionBacktest& b : backtests) {
    for (const ForecasterScores& f : b.forecasters) {
      write_score_row(table, b, f.name, "all", f.origins);
      for (std::size_t i = 0; i < f.origins.size(); ++i) {
        write_score_row(table, b, f.name, month_name(b.options.origins[i]),
                        std::span(f.origins).subspan(i, 1));
      }
    }
  }
  return table.close();
}

FileDigest write_differences(const std::string& path,
                             const std::vector<RegionBacktest>& backtests) {
  CsvWriter table(
      path, {field("months", "integer", "of the window"), field("score", "string", "crps or log"),
             field("rival", "string", "whose score is taken off"),
             field("block", "integer", "successive origins drawn together"),
             field("difference", "number", "below 0 the forecast is better"),
             field("low", "number", "of the 95 % interval"),
             field("high", "number", "of the 95 % interval"),
             field("share_better", "number", "of resamples below 0")});
  for (const RegionBacktest& b : backtests) {
    for (const RivalDifference& d : b.differences) {
      for (const auto& [block, interval] :
           {std::pair(std::size_t{1}, d.singly), std::pair(b.block, d.in_blocks)}) {
        table.integer(b.options.months).text(score_name(d.score)).text(d.rival).integer(block);
        table.number(interval.mean).number(interval.low).number(interval.high);
        table.number(interval.share_below).end_row();
      }
    }
  }
  return table.close();
}

FileDigest write_facts(const std::string& path, const std::vector<RegionBacktest>& backtests) {
  CsvWriter table(
      path,
      {field("months", "integer", "of the window"), field("fact", "string", "stylised fact"),
       field("observed", "number", "in the windows"), field("median", "number", "of the draws"),
       field("low", "number", "5 % of the draws are below"),
       field("high", "number", "5 % of the draws are above")});
  for (const RegionBacktest& b : backtests) {
    for (const FactRow& f : b.facts) {
      table.integer(b.options.months).text(f.name).number(f.observed).number(f.median);
      table.number(f.low).number(f.high).end_row();
    }
  }
  return table.close();
}

FileDigest write_totals(const std::string& path, const std::vector<RegionBacktest>& backtests) {
  CsvWriter table(path, {field("months", "integer", "of the window"),
                         field("origin", "string", "first month forecast"),
                         field("country", "string", "ISO code"),
                         field("observed", "number", "deaths in the window"),
                         field("median", "number", "of the draws"),
                         field("low", "number", "5 % of the draws are below"),
                         field("high", "number", "5 % of the draws are above")});
  for (const RegionBacktest& b : backtests) {
    for (const CountryTotal& t : b.totals) {
      table.integer(b.options.months).text(month_name(t.origin)).text(t.country);
      table.number(t.observed).number(t.median).number(t.low).number(t.high).end_row();
    }
  }
  return table.close();
}

FileDigest write_parameters(const std::string& path, const std::vector<RegionBacktest>& backtests) {
  CsvWriter table(path, {field("months", "integer", "of the window"),
                         field("origin", "string", "first month forecast"),
                         field("parameter", "string", "camp and parameter"),
                         field("value", "number", "fitted on what was before the origin")});
  for (const RegionBacktest& b : backtests) {
    for (const RegionForecast& f : b.forecasts) {
      for (const auto& [name, value] : f.parameters) {
        table.integer(b.options.months).text(month_name(f.origin)).text(name).number(value);
        table.end_row();
      }
    }
  }
  return table.close();
}

FileDigest write_forecasts(const std::string& path, const ConflictRecord& record,
                           const RegionBacktest& b) {
  std::vector<CsvField> fields = {
      field("origin", "string", "first month forecast"), field("month", "string", "forecast"),
      field("region", "string", "country and name"), field("run", "integer", "draw"),
      field("deaths", "number", "in the region and month")};
  const bool events = !b.forecasts.front().events.empty();
  if (events) fields.push_back(field("events", "number", "lethal ones"));
  CsvWriter table(path, std::move(fields));
  for (const RegionForecast& f : b.forecasts) {
    const std::string origin = month_name(f.origin);
    for (std::size_t m = 0; m < f.months; ++m) {
      const std::string month = month_name(f.origin + static_cast<Month>(m));
      for (std::size_t r = 0; r < f.regions; ++r) {
        for (std::size_t d = 0; d < f.draws; ++d) {
          table.text(origin).text(month).text(record.regions[r].name).integer(d);
          table.number(f.deaths[f.at(r, m, d)]);
          if (events) table.number(f.events[f.at(r, m, d)]);
          table.end_row();
        }
      }
    }
  }
  return table.close();
}

Json digests(const std::vector<FileDigest>& files) {
  Json out = Json::array();
  for (const FileDigest& f : files) {
    out.push_back({{"path", f.name}, {"bytes", f.bytes}, {"sha256", f.sha256}});
  }
  return out;
}

}  // namespace

std::string sahel_json(const std::vector<RegionBacktest>& backtests) {
  Json out = Json::array();
  for (const RegionBacktest& b : backtests) out.push_back(one_json(b));
  return json_text({{"windows", std::move(out)}});
}

void write_sahel_results(const std::string& folder, const SahelResultsInfo& info,
                         const ConflictRecord& record, const std::vector<RegionBacktest>& backtests,
                         const std::string& page) {
  ResultsFolder to(folder, info.overwrite);
  std::vector<FileDigest> outputs, inputs;
  const auto whole = [&](const char* name, const std::string& text) {
    OutputFile file(to.path(name));
    file.write(text);
    return file.close();
  };
  outputs.push_back(whole("summary.json", sahel_json(backtests)));
  outputs.push_back(write_scores(to.path("scores.csv"), backtests));
  outputs.push_back(write_differences(to.path("differences.csv"), backtests));
  outputs.push_back(write_facts(to.path("facts.csv"), backtests));
  outputs.push_back(write_totals(to.path("totals.csv"), backtests));
  outputs.push_back(write_parameters(to.path("parameters.csv"), backtests));
  for (const RegionBacktest& b : backtests) {
    const std::string name = fmt::format("forecasts-{}.csv", b.options.months);
    outputs.push_back(write_forecasts(to.path(name), record, b));
  }
  outputs.push_back(whole("report.html", page));
  for (const std::string& file : info.inputs) {
    const std::string text = read_file(file);
    inputs.push_back({file, text.size(), sha256(text)});
  }
  whole("manifest.json", json_text({{"format", "casus-backtest-sahel/1"},
                                    {"casus", version()},
                                    {"compiler", compiler()},
                                    {"build_type", build_type()},
                                    {"arguments", info.arguments},
                                    {"inputs", digests(inputs)},
                                    {"outputs", digests(outputs)}}));
  to.publish();
}

}  // namespace casus::cli
