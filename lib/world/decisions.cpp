#include "casus/world/decisions.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <utility>

#include "casus/core/archive.h"
#include "casus/core/contracts.h"

namespace casus {
namespace {

// By odds(draw) / odds(probability), without logarithms: this is asked every day.
double miss_of(const Decision& d) { return d.draw * (1.0 - d.probability); }
double room_of(const Decision& d) { return d.probability * (1.0 - d.draw); }

}  // namespace

double shortfall(const Decision& d) {
  if (!d.drawn()) {
    const double lacking = std::log1p(-d.probability) - std::log(d.probability);
    return std::max(0.0, d.yes ? -lacking : lacking);
  }
  return std::abs(std::log(d.draw) - std::log1p(-d.draw) - std::log(d.probability) +
                  std::log1p(-d.probability));
}

void DecisionLog::add(Decision decision, std::span<const Term> terms) {
  decision.term_begin = static_cast<std::uint32_t>(terms_gone_ + terms_.size());
  decision.term_count = static_cast<std::uint32_t>(terms.size());
  terms_.insert(terms_.end(), terms.begin(), terms.end());
  decisions_.push_back(decision);
}

/// Is it a nearer miss than the nearest so far?
bool DecisionLog::Asked::nearer(const Decision& d) const {
  return miss_of(d) * room < miss * room_of(d);
}

DecisionLog::Asked DecisionLog::first(const Decision& d, std::uint64_t question) {
  return {question, miss_of(d), room_of(d), d.times};
}

std::vector<Decision> DecisionLog::nearest() const {
  std::vector<Decision> all = nearest_;
  for (std::size_t i = 0; i < all.size(); ++i) all[i].times = asked_[i].times;
  return all;
}

std::size_t DecisionLog::slot(std::uint64_t question) const {
  const std::size_t mask = table_.size() - 1;
  std::size_t at = question & mask;
  while (table_[at] != 0 && asked_[table_[at] - 1].question != question) at = (at + 1) & mask;
  return at;
}

void DecisionLog::index() {
  table_.assign(std::bit_ceil(std::max<std::size_t>(64, 4 * asked_.size())), 0);
  for (std::size_t i = 0; i < asked_.size(); ++i) {
    std::uint32_t& place = table_[slot(asked_[i].question)];
    if (place == 0) place = static_cast<std::uint32_t>(i + 1);
  }
}

/// Where a question stands; `place` is where it may stand.
bool DecisionLog::find(std::uint64_t question, std::uint32_t& place) const {
  if (place < asked_.size() && asked_[place].question == question) return true;
  if (table_.empty()) return false;
  const std::uint32_t found = table_[slot(question)];
  if (found == 0) return false;
  place = found - 1;
  return true;
}

// The odds that are compared are made of sums and products, and those of rounded numbers grow with
// what they are made of as those of numbers do. So whatever is not nearer at a greater probability
// is not at a smaller one, to the bit.
bool DecisionLog::counted(double draw, double most, std::uint64_t question, std::uint32_t& place) {
  if (draw < most || !find(question, place)) return false;
  Asked& so_far = asked_[place];
  if (so_far.nearer({.probability = most, .draw = draw})) return false;
  ++so_far.times;
  return true;
}

void DecisionLog::declined(const Decision& decision, std::uint64_t question) {
  std::uint32_t place = 0;
  declined(decision, question, place);
}

bool DecisionLog::declined_again(const Decision& decision, std::uint64_t question,
                                 std::uint32_t& place) {
  if (decision.probability <= 0.0) return true;  // it was no question
  if (!find(question, place)) return false;
  Asked& so_far = asked_[place];
  const std::uint32_t times = so_far.times + 1;
  if (so_far.nearer(decision)) {
    nearest_[place] = decision;
    so_far = first(decision, question);
  }
  so_far.times = times;
  return true;
}

void DecisionLog::declined(const Decision& decision, std::uint64_t question, std::uint32_t& place) {
  if (declined_again(decision, question, place)) return;
  if (2 * (asked_.size() + 1) > table_.size()) index();
  place = static_cast<std::uint32_t>(asked_.size());
  table_[slot(question)] = place + 1;
  asked_.push_back(first(decision, question));
  nearest_.push_back(decision);
}

void DecisionLog::let_go(std::uint32_t step) {
  const auto kept = std::partition_point(decisions_.begin(), decisions_.end(),
                                         [&](const Decision& d) { return d.step < step; });
  if (kept == decisions_.begin()) return;
  const Decision& last = *(kept - 1);
  const std::size_t terms = last.term_begin + last.term_count - terms_gone_;
  decisions_.erase(decisions_.begin(), kept);
  terms_.erase(terms_.begin(), terms_.begin() + static_cast<std::ptrdiff_t>(terms));
  terms_gone_ += terms;
}

static void archive(Archive& a, Term& x) {
  auto& [kind, of, value, beside] = x;
  a(kind, of, value, beside);
}

static void archive(Archive& a, Decision& x) {
  auto& [event, about, kind, yes, step, times, who, whom, pact, article, probability, draw,
         term_begin, term_count] = x;
  a(event, about, kind, yes, step, times, who, whom, pact, article, probability, draw, term_begin,
    term_count);
}

void DecisionLog::archive(Archive& a) {
  std::vector<Decision> noes;
  std::vector<std::uint64_t> questions;
  if (!a.reads()) {
    noes = nearest();
    for (const Asked& x : asked_) questions.push_back(x.question);
  }
  a(decisions_, terms_, terms_gone_, noes, questions);
  if (!a.reads()) return;
  CASUS_EXPECTS(noes.size() == questions.size(), "decisions without their questions");
  nearest_ = std::move(noes);
  asked_.clear();
  for (std::size_t i = 0; i < nearest_.size(); ++i) {
    asked_.push_back(first(nearest_[i], questions[i]));
  }
  for (const Decision& d : decisions_) {
    CASUS_EXPECTS(d.term_begin >= terms_gone_ && d.term_begin - terms_gone_ <= terms_.size() &&
                      d.term_count <= terms_.size() - (d.term_begin - terms_gone_),
                  "what a decision weighed is not in the log");
    static_cast<void>(decision_info(d.kind));
  }
  for (const Decision& d : nearest_) static_cast<void>(decision_info(d.kind));
  for (const Term& t : terms_) static_cast<void>(term_info(t.kind));
  index();
}

}  // namespace casus
