#include <cmath>
#include <nlohmann/json.hpp>
#include <variant>

#include "casus/output/comparison.h"
#include "output/tables.h"

namespace casus {
namespace {

using Json = nlohmann::ordered_json;

template <class Row>
Json row_json(const RowSchema<Row>& schema, const Row& row) {
  Json json = Json::object();
  for (std::size_t i = 0; i < schema.fields().size(); ++i) {
    const Cell cell = schema.cell(row, i);
    Json value = nullptr;
    if (const auto* n = std::get_if<std::uint64_t>(&cell)) value = *n;
    if (const auto* x = std::get_if<double>(&cell)) {
      if (std::isfinite(*x)) value = *x;
    }
    if (const auto* v = std::get_if<std::string_view>(&cell)) value = *v;
    if (const auto* s = std::get_if<std::string>(&cell)) value = *s;
    json[schema.fields()[i].name] = std::move(value);
  }
  return json;
}

}  // namespace

const RowSchema<ComparisonRow>& comparison_schema() {
  using Row = ComparisonRow;
  const auto own = [](const Row& r) -> const PolicyEffect& {
    return r.outcome->policies[r.policy];
  };
  /// Of the first policy there is no difference.
  const auto effect = [own](double PairedEffect::*member) {
    return [own, member](const Row& r) -> Cell {
      if (r.policy == 0) return {};
      return own(r).effect.*member;
    };
  };
  const auto difference = [own](double Estimate::*member) {
    return [own, member](const Row& r) -> Cell {
      if (r.policy == 0) return {};
      return own(r).effect.difference.*member;
    };
  };
  static const RowSchema<Row> schema =
      RowSchema<Row>()
          .column("outcome", "string", "", "name of the outcome",
                  [](const Row& r) { return std::string_view(r.outcome->outcome.name); })
          .column("title", "string", "", "what it is",
                  [own](const Row& r) { return std::string_view(own(r).summary.title); })
          .column("unit", "string", "", "of the values",
                  [](const Row& r) { return std::string_view(r.outcome->outcome.unit); })
          .column("policy", "string", "", "name of the policy",
                  [](const Row& r) { return std::string_view(r.comparison->policies[r.policy]); })
          .column("baseline", "string", "", "name of the policy it is compared with",
                  [](const Row& r) { return std::string_view(r.comparison->policies.front()); })
          .column(
              "statistic", "string", "",
              "what differs: proportion of runs (Tango's interval for matched pairs), mean over "
              "runs (Student's t over the pairs), or median_duration, where the difference is "
              "of the mean time within `horizon` days",
              [own](const Row& r) { return statistic_name(own(r).summary.statistic); })
          .column("estimate", "number", "", "the statistic under this policy, as in summary.csv",
                  [own](const Row& r) { return own(r).summary.estimate.value; })
          .column("estimate_low", "number", "", "lower limit of its interval",
                  [own](const Row& r) { return own(r).summary.estimate.low; })
          .column("estimate_high", "number", "", "upper limit of its interval",
                  [own](const Row& r) { return own(r).summary.estimate.high; })
          .column("pairs", "integer", "", "worlds in which both policies have an answer",
                  [own](const Row& r) -> Cell {
                    if (r.policy == 0) return {};
                    return std::uint64_t{own(r).effect.difference.n};
                  })
          .column(
              "base", "number", "",
              "under the baseline, over the pairs; of durations, the mean time within `horizon`",
              effect(&PairedEffect::base))
          .column("value", "number", "", "the same under this policy", effect(&PairedEffect::other))
          .column("difference", "number", "", "value - base", difference(&Estimate::value))
          .column("low", "number", "", "lower limit of the difference", difference(&Estimate::low))
          .column("high", "number", "", "upper limit of the difference",
                  difference(&Estimate::high))
          .column("confidence", "number", "",
                  "of this interval; those of one outcome hold together with the confidence asked "
                  "for (Bonferroni)",
                  [](const Row& r) -> Cell {
                    if (r.policy == 0) return {};
                    return r.comparison->each;
                  })
          .column("p", "number", "", "chance of so large a difference by luck alone",
                  effect(&PairedEffect::p_value))
          .column("p_holm", "number", "", "the same, adjusted for the number of policies (Holm)",
                  [own](const Row& r) -> Cell {
                    if (r.policy == 0) return {};
                    return own(r).p_adjusted;
                  })
          .column("lower", "number", "", "share of the pairs in which this policy's is lower",
                  effect(&PairedEffect::lower))
          .column("higher", "number", "", "share of the pairs in which it is higher",
                  effect(&PairedEffect::higher))
          .column("gain", "number", "",
                  "how many times more runs independent seeds would need for the same precision",
                  effect(&PairedEffect::gain))
          .column("horizon", "number", "days", "up to which durations are compared",
                  [own](const Row& r) -> Cell {
                    if (r.policy == 0 || own(r).effect.horizon == 0.0) return {};
                    return own(r).effect.horizon;
                  });
  return schema;
}

const RowSchema<AnswerRow>& answer_schema() {
  using Row = AnswerRow;
  const auto outcome = [](const Row& r) -> const OutcomeComparison& {
    return r.comparison->outcomes[r.answer->outcome];
  };
  const auto effect = [](double PairedEffect::*member) {
    return [member](const Row& r) -> Cell { return r.answer->effect.*member; };
  };
  const auto difference = [](double Estimate::*member) {
    return [member](const Row& r) -> Cell { return r.answer->effect.difference.*member; };
  };
  static const RowSchema<Row> schema =
      RowSchema<Row>()
          .column("policy", "string", "", "name of the policy",
                  [](const Row& r) {
                    return std::string_view(r.comparison->policies[r.answer->policy]);
                  })
          .column(
              "question", "string", "", "what it asks",
              [](const Row& r) { return std::string_view(r.comparison->titles[r.answer->policy]); })
          .column("outcome", "string", "", "name of the outcome",
                  [outcome](const Row& r) { return std::string_view(outcome(r).outcome.name); })
          .column("title", "string", "", "what it is",
                  [outcome](const Row& r) {
                    return std::string_view(outcome(r).policies.front().summary.title);
                  })
          .column("unit", "string", "", "of the values",
                  [outcome](const Row& r) { return std::string_view(outcome(r).outcome.unit); })
          .column("statistic", "string", "", "what differs, as in comparison.csv",
                  [outcome](const Row& r) {
                    return statistic_name(outcome(r).policies.front().summary.statistic);
                  })
          .column("held", "string", "", "which way it was held to move",
                  [](const Row& r) { return way_names()[static_cast<std::size_t>(r.answer->way)]; })
          .column("pairs", "integer", "", "worlds in which both policies have an answer",
                  [](const Row& r) { return std::uint64_t{r.answer->effect.difference.n}; })
          .column("base", "number", "",
                  "under the baseline; of durations, the mean time within `horizon`",
                  effect(&PairedEffect::base))
          .column("value", "number", "", "the same under this policy", effect(&PairedEffect::other))
          .column("difference", "number", "", "value - base", difference(&Estimate::value))
          .column("low", "number", "", "lower limit of the difference", difference(&Estimate::low))
          .column("high", "number", "", "upper limit of the difference",
                  difference(&Estimate::high))
          .column("confidence", "number", "",
                  "of this interval, which is not widened for the other questions",
                  [](const Row& r) { return r.comparison->confidence; })
          .column("p", "number", "", "chance of so large a difference by luck alone",
                  effect(&PairedEffect::p_value))
          .column("lower", "number", "", "share of the pairs in which this policy's is lower",
                  effect(&PairedEffect::lower))
          .column("higher", "number", "", "share of the pairs in which it is higher",
                  effect(&PairedEffect::higher))
          .column("gain", "number", "",
                  "how many times more runs independent seeds would need for the same precision",
                  effect(&PairedEffect::gain))
          .column("horizon", "number", "days", "up to which durations are compared",
                  [](const Row& r) -> Cell {
                    if (r.answer->effect.horizon == 0.0) return {};
                    return r.answer->effect.horizon;
                  })
          .column("verdict", "string", "",
                  "whether the interval leaves out 0, and on which side: moved, as expected, the "
                  "other way, or not shown",
                  [](const Row& r) { return verdict_name(r.answer->verdict()); });
  return schema;
}

const RowSchema<HonestyRow>& honesty_schema() {
  using Row = HonestyRow;
  const auto of = [](const Row& r) -> const PairHonesty& {
    return r.comparison->honesty[r.policy];
  };
  static const RowSchema<Row> schema =
      RowSchema<Row>()
          .column("policy", "string", "", "name of the policy",
                  [](const Row& r) { return std::string_view(r.comparison->policies[r.policy]); })
          .column("baseline", "string", "", "name of the policy it is paired with",
                  [](const Row& r) { return std::string_view(r.comparison->policies.front()); })
          .column("pairs", "integer", "", "in which both runs ended well",
                  [of](const Row& r) { return std::uint64_t{of(r).pairs}; })
          .column("same", "integer", "", "pairs in which every event and every outcome is the same",
                  [of](const Row& r) { return std::uint64_t{of(r).same}; })
          .column("same_events", "integer", "", "pairs in which every event is the same",
                  [of](const Row& r) { return std::uint64_t{of(r).same_events}; })
          .column("parted_day", "number", "days",
                  "median day of the first event that differs, among pairs that part",
                  [of](const Row& r) { return of(r).median_day; })
          .column("parted_at", "string", "", "kind of event at which most pairs part",
                  [of](const Row& r) { return std::string_view(of(r).first_kind); })
          .column("parted_at_pairs", "integer", "", "how many part at that kind",
                  [of](const Row& r) { return std::uint64_t{of(r).first_kind_pairs}; })
          .column("alike", "number", "",
                  "share of the events from that day on that both worlds have: same day, kind, "
                  "author, target, place and pact; mean over pairs that part, 1 where none does",
                  [of](const Row& r) { return of(r).alike; });
  return schema;
}

std::string comparison_json(const Comparison& comparison) {
  Json outcomes = Json::array(), answers = Json::array(), pairs = Json::array();
  for (const Answer& answer : comparison.answers) {
    answers.push_back(row_json(answer_schema(), AnswerRow{&comparison, &answer}));
  }
  for (const OutcomeComparison& o : comparison.outcomes) {
    for (std::size_t p = 0; p < o.policies.size(); ++p) {
      outcomes.push_back(row_json(comparison_schema(), ComparisonRow{&comparison, &o, p}));
    }
  }
  for (std::size_t p = 1; p < comparison.policies.size(); ++p) {
    pairs.push_back(row_json(honesty_schema(), HonestyRow{&comparison, p}));
  }
  const Json json{{"worlds", comparison.worlds},         {"failed", comparison.failed},
                  {"confidence", comparison.confidence}, {"answers", std::move(answers)},
                  {"comparison", std::move(outcomes)},   {"pairs", std::move(pairs)}};
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace casus
