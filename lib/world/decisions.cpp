#include "casus/world/decisions.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>

#include "casus/core/archive.h"
#include "casus/core/contracts.h"

namespace casus {
namespace {

/// Is `a` a nearer miss than `b`? By odds(draw) / odds(probability), without logarithms: this is
/// asked every day.
bool nearer(const Decision& a, const Decision& b) {
  const auto miss = [](const Decision& d) { return d.draw * (1.0 - d.probability); };
  const auto room = [](const Decision& d) { return d.probability * (1.0 - d.draw); };
  return miss(a) * room(b) < miss(b) * room(a);
}

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

std::size_t DecisionLog::slot(std::uint64_t question) const {
  const std::size_t mask = table_.size() - 1;
  std::size_t at = question & mask;
  while (table_[at] != 0 && questions_[table_[at] - 1] != question) at = (at + 1) & mask;
  return at;
}

void DecisionLog::index() {
  table_.assign(std::bit_ceil(std::max<std::size_t>(64, 4 * questions_.size())), 0);
  for (std::size_t i = 0; i < questions_.size(); ++i) {
    std::uint32_t& place = table_[slot(questions_[i])];
    if (place == 0) place = static_cast<std::uint32_t>(i + 1);
  }
}

/// Where a question stands; `place` is where it may stand.
bool DecisionLog::find(std::uint64_t question, std::uint32_t& place) const {
  if (place < questions_.size() && questions_[place] == question) return true;
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
  Decision& so_far = nearest_[place];
  if (nearer({.probability = most, .draw = draw}, so_far)) return false;
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
  Decision& so_far = nearest_[place];
  const std::uint32_t times = so_far.times + 1;
  if (nearer(decision, so_far)) so_far = decision;
  so_far.times = times;
  return true;
}

void DecisionLog::declined(const Decision& decision, std::uint64_t question, std::uint32_t& place) {
  if (declined_again(decision, question, place)) return;
  if (2 * (questions_.size() + 1) > table_.size()) index();
  place = static_cast<std::uint32_t>(questions_.size());
  table_[slot(question)] = place + 1;
  questions_.push_back(question);
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
  a(decisions_, terms_, terms_gone_, nearest_, questions_);
  if (!a.reads()) return;
  CASUS_EXPECTS(nearest_.size() == questions_.size(), "decisions without their questions");
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
