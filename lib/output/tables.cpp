#include "output/tables.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "casus/core/contracts.h"
#include "casus/law/pact.h"
#include "casus/world/event_kinds.h"

namespace casus {
namespace {

std::string happened_name(const OutcomeSpec& outcome) { return outcome.name + "_happened"; }

std::string outcome_description(const OutcomeSpec& outcome) {
  const std::string_view note = outcome_form(outcome.form).note;
  return (outcome.title.empty() ? outcome.name : outcome.title) +
         fmt::format(fmt::runtime(note), fmt::arg("happened", happened_name(outcome)));
}

/// Columns that a run that failed does not have.
RowSchema<RunResult>::Getter of_success(RowSchema<RunResult>::Getter get) {
  return [get = std::move(get)](const RunResult& run) { return run.failure ? Cell() : get(run); };
}

void add_outcome(RowSchema<RunResult>& schema, const OutcomeSpec& outcome, std::size_t row) {
  const OutcomeForm& form = outcome_form(outcome.form);
  const auto value = [row](const RunResult& run) {
    CASUS_EXPECTS(row < run.outcomes.size(),
                  fmt::format("outcome {} of a run that has {}", row + 1, run.outcomes.size()));
    return run.outcomes[row];
  };
  schema.column(outcome.name, form.whole_number ? "integer" : "number", outcome.unit,
                outcome_description(outcome),
                of_success([value](const RunResult& run) { return value(run).value; }));
  if (form.statistic != Statistic::median_duration) return;
  schema.column(
      happened_name(outcome), "integer", "",
      fmt::format("1: {} is a time at which it happened, 0: it is censored", outcome.name),
      of_success([value](const RunResult& run) {
        const bool known = value(run).status == OutcomeValue::Status::known;
        return std::uint64_t{known ? 1U : 0U};
      }));
}

/// "ever, count or first"
std::string form_names() {
  std::string names;
  const auto forms = outcome_forms();
  for (const OutcomeForm& form : forms) {
    const bool last = &form == &forms.back();
    names += fmt::format("{}{}", names.empty() ? "" : last ? " or " : ", ", form.name);
  }
  return names;
}

/// Columns stand in the order of names, so that a table is the same whatever the order in which a
/// scenario lists its outcomes. What is printed for readers keeps the scenario's.
std::vector<std::size_t> by_name(std::span<const OutcomeSpec> outcomes) {
  std::vector<std::size_t> order(outcomes.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(),
            [&](std::size_t a, std::size_t b) { return outcomes[a].name < outcomes[b].name; });
  return order;
}

}  // namespace

void write_cell(CsvWriter& table, const Cell& cell) {
  std::visit(
      [&](const auto& x) {
        using T = std::remove_cvref_t<decltype(x)>;
        if constexpr (std::is_same_v<T, std::monostate>) {
          table.empty();
        } else if constexpr (std::is_same_v<T, std::uint64_t>) {
          table.integer(x);
        } else if constexpr (std::is_same_v<T, double>) {
          table.number(x);
        } else {
          table.text(x);
        }
      },
      cell);
}

std::string hash_text(std::uint64_t hash) { return fmt::format("{:016x}", hash); }

std::string_view form_name(OutcomeSpec::Form form) { return outcome_form(form).name; }

std::string_view statistic_name(Statistic statistic) {
  switch (statistic) {
    case Statistic::proportion:
      return "proportion";
    case Statistic::mean:
      return "mean";
    case Statistic::median_duration:
      return "median_duration";
  }
  return "";
}

RowSchema<RunResult> run_schema(std::span<const OutcomeSpec> outcomes) {
  using Run = RunResult;
  RowSchema<Run> schema;
  schema
      .column("run", "integer", "", "number of the run",
              [](const Run& r) { return std::uint64_t{r.spec.run}; })
      .column("seed", "integer", "",
              "seed of the ensemble; with the run's number it fixes every draw",
              [](const Run& r) { return r.spec.seed; })
      .column("status", "string", "", "ok, or failed: see failures.jsonl",
              [](const Run& r) { return std::string_view(r.failure ? "failed" : "ok"); })
      .column("world_hash", "string", "",
              "digest of the world at the end, hexadecimal: the same where nothing moved",
              of_success([](const Run& r) { return hash_text(r.world_hash); }))
      .column("events_hash", "string", "", "digest of the event log, hexadecimal",
              of_success([](const Run& r) { return hash_text(r.events_hash); }))
      .column("events", "integer", "", "events in the log",
              of_success([](const Run& r) { return std::uint64_t{r.event_count}; }));
  for (const std::size_t row : by_name(outcomes)) add_outcome(schema, outcomes[row], row);
  return schema;
}

RowSchema<RunResult> input_schema(std::span<const InputInfo> inputs) {
  RowSchema<RunResult> schema;
  schema.column("run", "integer", "", "number of the run",
                [](const RunResult& r) { return std::uint64_t{r.spec.run}; });
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    schema.column(
        inputs[i].path, "number", inputs[i].unit, "drawn once a run from its prior",
        [i](const RunResult& r) { return i < r.inputs.size() ? Cell(r.inputs[i]) : Cell(); });
  }
  return schema;
}

const RowSchema<SeriesRow>& series_schema() {
  using Row = SeriesRow;
  static const RowSchema<Row> schema =
      RowSchema<Row>()
          .column("run", "integer", "", "number of the run",
                  [](const Row& r) { return std::uint64_t{r.run}; })
          .column("date", "date", "", "of the observation", [](const Row& r) { return r.date; })
          .column("kind", "string", "", "world, state, armed_group or external",
                  [](const Row& r) { return std::string_view(r.column->kind); })
          .column("entity", "string", "",
                  "name of the actor; all: the world; born: groups that split off",
                  [](const Row& r) { return std::string_view(r.column->entity); })
          .column("variable", "string", "",
                  "deaths, civilian_deaths (so far), displaced, forces, abroad (people); control, "
                  "legitimacy (0 to 1); resources (MUSD); regions, wars (number); and the columns "
                  "that mechanisms own",
                  [](const Row& r) { return std::string_view(r.column->variable); })
          .column("value", "number", "", "in the unit of the variable",
                  [](const Row& r) { return r.value; });
  return schema;
}

void write_series(CsvWriter& table, const ScenarioData& scenario,
                  std::span<const SeriesColumn> columns, const RunResult& run) {
  for (const Observation& row : run.series) {
    CASUS_EXPECTS(row.values.size() == columns.size(),
                  fmt::format("{} values for {} columns", row.values.size(), columns.size()));
    const std::string date = to_string(scenario.clock.date(row.step));
    for (std::size_t i = 0; i < columns.size(); ++i) {
      series_schema().write(table, {run.spec.run, date, &columns[i], row.values[i]});
    }
  }
}

EventText event_text(const ScenarioData& scenario, const KeptEvents& events, const Event& e) {
  const auto actor = [&](ActorId id) {
    return id.valid() ? events.actors.at(id.row()) : std::string();
  };
  EventText text;
  text.date = to_string(scenario.clock.date(e.step));
  text.kind = scenario.events.name(e.kind);
  text.who = actor(e.who);
  text.whom = actor(e.whom);
  if (e.where.valid()) text.where = scenario.regions.at(e.where.row()).name;
  if (e.pact.valid()) {
    text.pact = scenario.pact_names.at(e.pact.row());
    const auto& articles = scenario.pacts.at(e.pact.row()).articles;
    if (e.article.valid()) text.article = articles.at(e.article.row()).id;
  }
  if (e.reason != 0) text.reason = law::name(static_cast<law::Reason>(e.reason));
  for (const EventId cause : events.log.causes(e)) {
    text.causes += fmt::format("{}{}", text.causes.empty() ? "" : ";", cause.row());
  }
  return text;
}

const RowSchema<EventRow>& event_schema() {
  using Row = EventRow;
  const auto text = [](std::string EventText::*member) {
    return [member](const Row& r) { return std::string_view(r.text.*member); };
  };
  static const RowSchema<Row> schema =
      RowSchema<Row>()
          .column("run", "integer", "", "number of the run",
                  [](const Row& r) { return std::uint64_t{r.run}; })
          .column("id", "integer", "", "of the event in its run; causes name ids",
                  [](const Row& r) { return std::uint64_t{r.event->id.row()}; })
          .column("step", "integer", "", "of the run",
                  [](const Row& r) { return std::uint64_t{r.event->step}; })
          .column("date", "date", "", "of the step", text(&EventText::date))
          .column("kind", "string", "", "what happened", text(&EventText::kind))
          .column("who", "string", "", "the actor that did it", text(&EventText::who))
          .column("whom", "string", "", "the actor it was done to, or for", text(&EventText::whom))
          .column("where", "string", "", "the region", text(&EventText::where))
          .column("pact", "string", "", "under which pact", text(&EventText::pact))
          .column("article", "string", "", "the pact's article that decides",
                  text(&EventText::article))
          .column("reason", "string", "", "why, for events of the law", text(&EventText::reason))
          .column("war", "integer", "", "number of the war in its run",
                  [](const Row& r) {
                    return r.event->war.valid() ? Cell(std::uint64_t{r.event->war.row()}) : Cell();
                  })
          .column("size", "number", "", "by kind: attacks, people, MUSD a year, level of help",
                  [](const Row& r) { return r.event->size; })
          .column("deaths", "number", "people", "people killed, civilians included",
                  [](const Row& r) { return r.event->deaths; })
          .column("civilian_deaths", "number", "people", "civilians killed",
                  [](const Row& r) { return r.event->civilian_deaths; })
          .column("group_deaths", "number", "people", "people of armed groups killed",
                  [](const Row& r) { return r.event->group_deaths; })
          .column("reported", "integer", "",
                  "1: the deaths, or some of them, were heard of from afar",
                  [](const Row& r) { return std::uint64_t{r.event->reported_deaths > 0.0}; })
          .column("reported_deaths", "number", "people",
                  "people killed by those reports; see the mechanism 'reporting'",
                  [](const Row& r) { return r.event->reported_deaths; })
          .column("ground", "number", "", "share of the region that its author took by it",
                  [](const Row& r) { return r.event->ground; })
          .column("causes", "string", "", "ids of the events that caused it, separated by ;",
                  text(&EventText::causes));
  return schema;
}

void write_event_rows(CsvWriter& table, const ScenarioData& scenario, std::uint32_t run,
                      const KeptEvents& events) {
  for (const Event& e : events.log.all()) {
    event_schema().write(table, {run, &e, event_text(scenario, events, e)});
  }
}

const RowSchema<OutcomeSummary>& summary_schema() {
  using Row = OutcomeSummary;
  const auto text = [](std::string Row::*member) {
    return [member](const Row& r) { return std::string_view(r.*member); };
  };
  const auto number = [](double Row::*member) {
    return [member](const Row& r) { return r.*member; };
  };
  const auto count = [](std::size_t Row::*member) {
    return [member](const Row& r) { return std::uint64_t{r.*member}; };
  };
  static const RowSchema<Row> schema =
      RowSchema<Row>()
          .column("outcome", "string", "", "name of the outcome", text(&Row::name))
          .column("title", "string", "", "what it is", text(&Row::title))
          .column("form", "string", "", form_names(),
                  [](const Row& r) { return form_name(r.form); })
          .column("statistic", "string", "",
                  "proportion of runs (Wilson's interval), mean over runs (Student's), or "
                  "median_duration (Kaplan-Meier)",
                  [](const Row& r) { return statistic_name(r.statistic); })
          .column("unit", "string", "", "of the estimate", text(&Row::unit))
          .column("estimate", "number", "",
                  "the statistic; empty: no answer, or a median not reached",
                  [](const Row& r) { return r.estimate.value; })
          .column("low", "number", "", "lower end of the 95 % interval",
                  [](const Row& r) { return r.estimate.low; })
          .column("high", "number", "",
                  "upper end of the 95 % interval; empty: none, or not reached",
                  [](const Row& r) { return r.estimate.high; })
          .column("n", "integer", "", "runs with an answer, censored ones included",
                  [](const Row& r) { return std::uint64_t{r.estimate.n}; })
          .column("happened", "integer", "", "runs in which it came about; for ever and first",
                  [](const Row& r) {
                    return r.statistic == Statistic::mean ? Cell()
                                                          : Cell(std::uint64_t{r.happened});
                  })
          .column("censored", "integer", "", "runs that ended before it came",
                  count(&Row::censored))
          .column("undefined", "integer", "", "runs without an answer", count(&Row::undefined))
          .column("sd", "number", "", "standard deviation over runs",
                  number(&Row::standard_deviation))
          .column("min", "number", "", "smallest value", number(&Row::minimum))
          .column("q05", "number", "", "5 % quantile", number(&Row::q05))
          .column("median", "number", "", "50 % quantile", number(&Row::q50))
          .column("q95", "number", "", "95 % quantile", number(&Row::q95))
          .column("max", "number", "", "largest value", number(&Row::maximum));
  return schema;
}

}  // namespace casus
