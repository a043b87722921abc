#include "output/tables.h"

#include <fmt/format.h>

#include "casus/core/contracts.h"
#include "casus/law/pact.h"
#include "casus/world/event_kinds.h"

namespace casus {
namespace {

std::string happened_name(const OutcomeSpec& outcome) { return outcome.name + "_happened"; }

std::string outcome_description(const OutcomeSpec& outcome) {
  const std::string title = outcome.title.empty() ? outcome.name : outcome.title;
  switch (outcome.form) {
    case OutcomeSpec::Form::ever:
      return title + " (1: it happened, 0: not)";
    case OutcomeSpec::Form::first:
      return fmt::format(
          "{}: days from the start until it happened, or, where {} is 0, for which "
          "the run was watched without it",
          title, happened_name(outcome));
    case OutcomeSpec::Form::share:
      return title + " (empty: a share of nothing)";
    default:
      return title;
  }
}

std::string outcome_type(OutcomeSpec::Form form) {
  return form == OutcomeSpec::Form::ever || form == OutcomeSpec::Form::count ? "integer" : "number";
}

}  // namespace

std::string hash_text(std::uint64_t hash) { return fmt::format("{:016x}", hash); }

std::string_view form_name(OutcomeSpec::Form form) {
  switch (form) {
    case OutcomeSpec::Form::ever:
      return "ever";
    case OutcomeSpec::Form::count:
      return "count";
    case OutcomeSpec::Form::first:
      return "first";
    case OutcomeSpec::Form::sum:
      return "sum";
    case OutcomeSpec::Form::final:
      return "final";
    case OutcomeSpec::Form::share:
      return "share";
  }
  return "";
}

std::string_view statistic_name(OutcomeSummary::Statistic statistic) {
  switch (statistic) {
    case OutcomeSummary::Statistic::proportion:
      return "proportion";
    case OutcomeSummary::Statistic::mean:
      return "mean";
    case OutcomeSummary::Statistic::median_duration:
      return "median_duration";
  }
  return "";
}

std::vector<CsvField> run_fields(const ScenarioData& scenario) {
  std::vector<CsvField> fields{
      {"run", "integer", "", "number of the run"},
      {"seed", "integer", "", "seed of the ensemble; with the run's number it fixes every draw"},
      {"status", "string", "", "ok, or failed: see failures.jsonl"},
      {"world_hash", "string", "", "digest of the state at the end, hexadecimal"},
      {"events_hash", "string", "", "digest of the event log, hexadecimal"},
      {"events", "integer", "", "events in the log"},
  };
  for (const OutcomeSpec& outcome : scenario.outcomes) {
    fields.push_back(
        {outcome.name, outcome_type(outcome.form), outcome.unit, outcome_description(outcome)});
    if (outcome.form == OutcomeSpec::Form::first) {
      fields.push_back(
          {happened_name(outcome), "integer", "",
           fmt::format("1: {} is a time at which it happened, 0: it is censored", outcome.name)});
    }
  }
  return fields;
}

void write_run(CsvWriter& table, const ScenarioData& scenario, const RunResult& run) {
  table.integer(run.spec.run).integer(run.spec.seed).text(run.failure ? "failed" : "ok");
  if (run.failure) {
    for (std::size_t i = 3; i < table.fields().size(); ++i) table.empty();
    table.end_row();
    return;
  }
  table.text(hash_text(run.world_hash)).text(hash_text(run.events_hash)).integer(run.event_count);
  CASUS_EXPECTS(run.outcomes.size() == scenario.outcomes.size(),
                fmt::format("{} outcomes in a run of a scenario with {}", run.outcomes.size(),
                            scenario.outcomes.size()));
  for (std::size_t i = 0; i < run.outcomes.size(); ++i) {
    const OutcomeValue& value = run.outcomes[i];
    table.number(value.value);
    if (scenario.outcomes[i].form == OutcomeSpec::Form::first) {
      table.integer(value.status == OutcomeValue::Status::known ? 1 : 0);
    }
  }
  table.end_row();
}

std::vector<CsvField> series_fields() {
  return {
      {"run", "integer", "", "number of the run"},
      {"date", "date", "", "of the observation"},
      {"kind", "string", "", "world, state, armed_group or external"},
      {"entity", "string", "", "name of the actor; all: the world; born: groups that split off"},
      {"variable", "string", "",
       "deaths, civilian_deaths (so far), displaced, forces, abroad (people); control, legitimacy "
       "(0 to 1); resources (MUSD); regions, wars (number)"},
      {"value", "number", "", "in the unit of the variable"},
  };
}

void write_series(CsvWriter& table, const ScenarioData& scenario,
                  std::span<const SeriesColumn> columns, const RunResult& run) {
  for (const Observation& row : run.series) {
    CASUS_EXPECTS(row.values.size() == columns.size(),
                  fmt::format("{} values for {} columns", row.values.size(), columns.size()));
    const std::string date = to_string(scenario.clock.date(row.step));
    for (std::size_t i = 0; i < columns.size(); ++i) {
      const SeriesColumn& column = columns[i];
      table.integer(run.spec.run).text(date).text(column.kind).text(column.entity);
      table.text(column.variable).number(row.values[i]).end_row();
    }
  }
}

std::vector<CsvField> event_fields() {
  return {
      {"run", "integer", "", "number of the run"},
      {"id", "integer", "", "of the event in its run; causes name ids"},
      {"step", "integer", "", "of the run"},
      {"date", "date", "", "of the step"},
      {"kind", "string", "", "what happened"},
      {"who", "string", "", "the actor that did it"},
      {"whom", "string", "", "the actor it was done to, or for"},
      {"where", "string", "", "the region"},
      {"pact", "string", "", "under which pact"},
      {"article", "string", "", "the pact's article that decides"},
      {"reason", "string", "", "why, for events of the law"},
      {"war", "integer", "", "number of the war in its run"},
      {"size", "number", "", "by kind: attacks, people, MUSD a year, level of help"},
      {"deaths", "number", "people", "people killed, civilians included"},
      {"civilian_deaths", "number", "people", "civilians killed"},
      {"causes", "string", "", "ids of the events that caused it, separated by ;"},
  };
}

EventText event_text(const ScenarioData& scenario, const KeptEvents& events, const Event& e) {
  const auto actor = [&](ActorId id) {
    return id.valid() ? events.actors.at(id.row()) : std::string();
  };
  EventText text;
  text.date = to_string(scenario.clock.date(e.step));
  text.kind = event_kind_name(e.kind);
  text.who = actor(e.who);
  text.whom = actor(e.whom);
  if (e.where.valid()) text.where = scenario.regions.at(e.where.row()).name;
  if (e.pact.valid()) {
    text.pact = scenario.pact_names.at(e.pact.row());
    const auto& articles = scenario.pacts.at(e.pact.row()).articles;
    if (e.article < articles.size()) text.article = articles[e.article].id;
  }
  if (e.reason != 0) text.reason = law::name(static_cast<law::Reason>(e.reason));
  for (const EventId cause : events.log.causes(e)) {
    text.causes += fmt::format("{}{}", text.causes.empty() ? "" : ";", cause.row());
  }
  return text;
}

void write_event_rows(CsvWriter& table, const ScenarioData& scenario, std::uint32_t run,
                      const KeptEvents& events) {
  for (const Event& e : events.log.all()) {
    const EventText text = event_text(scenario, events, e);
    table.integer(run).integer(e.id.row()).integer(e.step).text(text.date).text(text.kind);
    table.text(text.who).text(text.whom).text(text.where).text(text.pact).text(text.article);
    table.text(text.reason);
    if (e.war.valid()) {
      table.integer(e.war.row());
    } else {
      table.empty();
    }
    table.number(e.size).number(e.deaths).number(e.civilian_deaths).text(text.causes).end_row();
  }
}

std::vector<CsvField> summary_fields() {
  return {
      {"outcome", "string", "", "name of the outcome"},
      {"title", "string", "", "what it is"},
      {"form", "string", "", "ever, count, first, sum, final or share"},
      {"statistic", "string", "",
       "proportion of runs (Wilson's interval), mean over runs (Student's), or median_duration "
       "(Kaplan-Meier)"},
      {"unit", "string", "", "of the estimate"},
      {"estimate", "number", "", "the statistic; empty: no answer, or a median not reached"},
      {"low", "number", "", "lower end of the 95 % interval"},
      {"high", "number", "", "upper end of the 95 % interval; empty: none, or not reached"},
      {"n", "integer", "", "runs with an answer, censored ones included"},
      {"happened", "integer", "", "runs in which it came about; for ever and first"},
      {"censored", "integer", "", "runs that ended before it came"},
      {"undefined", "integer", "", "runs without an answer"},
      {"sd", "number", "", "standard deviation over runs"},
      {"min", "number", "", "smallest value"},
      {"q05", "number", "", "5 % quantile"},
      {"median", "number", "", "50 % quantile"},
      {"q95", "number", "", "95 % quantile"},
      {"max", "number", "", "largest value"},
  };
}

void write_summary(CsvWriter& table, const OutcomeSummary& s) {
  table.text(s.name).text(s.title).text(form_name(s.form)).text(statistic_name(s.statistic));
  table.text(s.unit).number(s.estimate.value).number(s.estimate.low).number(s.estimate.high);
  table.integer(s.estimate.n);
  if (s.statistic == OutcomeSummary::Statistic::mean) {
    table.empty();
  } else {
    table.integer(s.happened);
  }
  table.integer(s.censored).integer(s.undefined);
  for (const double v : {s.standard_deviation, s.minimum, s.q05, s.q50, s.q95, s.maximum}) {
    table.number(v);
  }
  table.end_row();
}

}  // namespace casus
