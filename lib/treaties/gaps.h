#pragma once

#include <cstddef>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "casus/treaties/gaps.h"
#include "treaties/bench.h"
#include "treaties/phrases.h"

namespace casus::treaties {

/// What the law says of a cell under one article alone, in the most favourable of its frames.
struct Solo {
  bool covered = false, invoked = false, obliged = false;
  law::Reason reason = law::Reason::none;  ///< of the first stage that said no
  std::vector<std::pair<ActorId, law::Reason>> free{};
  Frame frame{};  ///< in which it went that far
};

/// A treaty, every cell of it, and what each article says of each.
class Survey {
 public:
  Survey(const Treaties& treaties, std::size_t pact);

  const Treaties& treaties() const { return t_; }
  const law::Pact& pact() const { return whole_.pacts()[0]; }
  const Bench& whole() const { return whole_; }
  Date date() const { return date_; }
  const std::vector<Cell>& cells() const { return cells_; }
  /// Articles that owe help for acts that are asked about; the greatest help first.
  const std::vector<const law::Clause*>& clauses() const { return clauses_; }
  const Solo& solo(std::size_t clause, std::size_t cell) const { return solo_[clause][cell]; }
  /// Is the cell's act one of the article's?
  bool about(std::size_t clause, std::size_t cell) const {
    return clauses_[clause]->when.acts.contains(cells_[cell].act);
  }
  bool covered(std::size_t cell) const;
  const std::string& id(std::size_t clause) const;
  Solo ask(std::size_t clause, const Cell& cell, const Conduct& conduct) const;

 private:
  const Treaties& t_;
  Date date_;
  Bench whole_;
  std::vector<const law::Clause*> clauses_;
  std::vector<Cell> cells_;
  std::vector<std::unique_ptr<Bench>> alone_;
  std::vector<std::vector<Solo>> solo_;
};

/// "article 3", "articles 3 and 4"; `ids` sorted and said once.
std::string articles_phrase(const std::set<std::string>& ids);
/// "an invasion or a strike".
std::string acts_phrase(law::ActSet acts);
/// "by an armed group".
std::string_view author_phrase(AuthorClass author);

// Each adds what it finds.
void find_between(const Survey& survey, std::vector<Finding>& out);
void find_disagreements(const Survey& survey, std::vector<Finding>& out);
void find_dead(const Survey& survey, std::vector<Finding>& out);
void find_procedures(const Survey& survey, std::vector<Finding>& out);
void find_both_sides(const Treaties& treaties, const std::vector<std::size_t>& pacts,
                     std::vector<Finding>& out);

}  // namespace casus::treaties
