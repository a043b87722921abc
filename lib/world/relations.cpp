#include "casus/world/relations.h"

#include <algorithm>
#include <atomic>
#include <bit>
#include <utility>

#include "casus/core/column_scan.h"
#include "casus/core/contracts.h"
#include "casus/core/executor.h"

namespace casus {
namespace {

constexpr std::uint32_t missing = ~0U;       // a pair that has no place
constexpr std::uint32_t on_board = ~0U - 1;  // one that needs none but its cell

double moved(double x, double delta) { return x + delta * (delta > 0.0 ? 1.0 - x : 1.0 + x); }

}  // namespace

Relations::Relations(std::size_t actors, std::size_t dense_up_to)
    : n_(actors), dense_up_to_(dense_up_to) {
  if (actors > dense_up_to) {
    rows_.extend(actors);
    viewers_.extend(actors);
    board_ = ViewBoard(actors);
    return;
  }
  affinity_.assign(actors * actors, 0.0);
  baseline_.assign(actors * actors, 0.0);
  flags_.assign(actors * actors, 0);
  hostilities_.assign(actors * actors, 0);
}

std::size_t Relations::search(ActorId from, ActorId to) const {
  const std::span<const Link> row = rows_[from.row()];
  const auto at = std::lower_bound(row.begin(), row.end(), to.row(),
                                   [](const Link& link, std::size_t key) { return link.to < key; });
  return at != row.end() && at->to == to.row() ? at->pair : none;
}

std::size_t Relations::make(ActorId from, ActorId to) {
  const std::size_t there = find(from, to);
  if (there != none) return there;
  const std::size_t pair = affinity_.size();
  append_pair();
  const Link link{static_cast<std::uint32_t>(to.row()), static_cast<std::uint32_t>(pair)};
  const std::span<const Link> row = rows_[from.row()];
  const auto at = std::upper_bound(row.begin(), row.end(), link,
                                   [](const Link& x, const Link& y) { return x.to < y.to; });
  rows_.insert(from.row(), static_cast<std::size_t>(at - row.begin()), link);
  viewers_.add(to.row(), static_cast<std::uint32_t>(from.row()));
  return pair;
}

double& Relations::affinity_of(ActorId from, ActorId to) {
  ++affinity_changes_;
  double* cell = board_.cell(from, to);
  return cell != nullptr ? *cell : affinity_[make(from, to)];
}

void Relations::append_pair() {
  affinity_.push_back(0.0);
  baseline_.push_back(0.0);
  flags_.push_back(0);
  hostilities_.push_back(0);
}

void Relations::move(ActorId from, ActorId to, double delta) {
  double& x = affinity_of(from, to);
  x = moved(x, delta);
}

void Relations::move_baseline(ActorId from, ActorId to, double delta) {
  double& x = baseline_[make(from, to)];
  x = moved(x, delta);
}

void Relations::move(std::span<const Move> moves, Executor& executor) {
  ++affinity_changes_;
  if (dense()) {
    for (const Move& m : moves) {
      const std::size_t pair = find(m.from, m.to);
      affinity_[pair] = moved(affinity_[pair], m.size);
      if (m.lasting != 0.0) baseline_[pair] = moved(baseline_[pair], m.lasting);
    }
    return;
  }
  // Each pair is named once, so each has its slot.
  const auto change = [&](const Move& m, std::size_t pair) {
    double* cell = board_.cell(m.from, m.to);
    double& x = cell != nullptr ? *cell : affinity_[pair];
    x = moved(x, m.size);
    if (m.lasting != 0.0) baseline_[pair] = moved(baseline_[pair], m.lasting);
  };
  places_.resize(moves.size());
  for_rows(
      executor, moves.size(),
      [&](std::size_t i) {
        const Move& m = moves[i];
        if (m.lasting == 0.0 && board_.cell(m.from, m.to) != nullptr) {
          places_[i] = on_board;
          return;
        }
        const std::size_t pair = search(m.from, m.to);
        places_[i] = pair == none ? missing : static_cast<std::uint32_t>(pair);
      },
      block_size, n_);
  // What is missing is made row by row: a long row is gone through once, and not for each.
  const auto each_row_with_missing = [&](auto&& f) {
    for (std::size_t i = 0; i < moves.size();) {
      const std::size_t begin = i;
      bool all = true;
      for (; i < moves.size() && moves[i].from == moves[begin].from; ++i) {
        all = all && places_[i] != missing;
      }
      if (!all) f(begin, i);
    }
  };
  added_.resize(moves.size());
  longer_.clear();
  each_row_with_missing([&](std::size_t begin, std::size_t end) {
    if (board_.has_row(moves[begin].from)) longer_.emplace_back(begin, end);
  });
  for_each(
      executor, longer_.size(),
      [&](std::size_t i) { add_to_board(moves, longer_[i].first, longer_[i].second); }, 4);
  each_row_with_missing([&](std::size_t begin, std::size_t end) {
    make_row(moves.subspan(begin, end - begin), std::span(places_).subspan(begin, end - begin));
  });
  for_rows(
      executor, moves.size(), [&](std::size_t i) { change(moves[i], places_[i]); }, block_size, n_);
}

/// Gives those of one viewer that have no place one on the board, if there is to be no more than an
/// affinity.
void Relations::add_to_board(std::span<const Move> moves, std::size_t begin, std::size_t end) {
  std::size_t n = begin;
  for (std::size_t i = begin; i < end; ++i) {
    if (places_[i] != missing || moves[i].lasting != 0.0) continue;
    places_[i] = on_board;
    added_[n++] = static_cast<std::uint32_t>(moves[i].to.row());
  }
  board_.add(moves[begin].from, std::span(added_).subspan(begin, n - begin));
}

/// Makes those pairs of one row that have no place, and says where they are.
void Relations::make_row(std::span<const Move> moves, std::span<std::uint32_t> places) {
  const std::size_t from = moves.front().from.row();
  std::size_t left = rows_[from].size();
  rows_.lengthen(from, static_cast<std::size_t>(std::count(places.begin(), places.end(), missing)));
  const std::span<Link> row = rows_[from];
  // From the back, so that what is moved makes room.
  std::size_t to = row.size();
  for (std::size_t i = moves.size(); i-- > 0;) {
    if (places[i] != missing) continue;
    const auto key = static_cast<std::uint32_t>(moves[i].to.row());
    while (left > 0 && row[left - 1].to > key) row[--to] = row[--left];
    const auto pair = static_cast<std::uint32_t>(affinity_.size());
    append_pair();
    places[i] = pair;
    row[--to] = {key, pair};
    viewers_.add(key, static_cast<std::uint32_t>(from));
  }
}

/// Puts the pairs of a row side by side, as whoever looks at one looks at all, and rows too. No id
/// of a pair may be kept over it.
void Relations::tidy() {
  put_on_board();
  rows_.pack();
  viewers_.pack();
  std::vector<std::uint32_t> from;
  from.reserve(affinity_.size());
  for (std::size_t a = 0; a < n_; ++a) {
    for (Link& link : rows_[a]) {
      from.push_back(link.pair);
      link.pair = static_cast<std::uint32_t>(from.size() - 1);
    }
  }
  const auto reorder = [&](auto& column) {
    auto ordered = column;
    ordered.resize(from.size());
    for (std::size_t i = 0; i < from.size(); ++i) ordered[i] = column[from[i]];
    ordered.shrink_to_fit();
    column.swap(ordered);
  };
  reorder(affinity_);
  reorder(baseline_);
  reorder(flags_);
  reorder(hostilities_);
  tidied_ = from.size();
}

/// Gives rows of the board to those who see many, and moves the affinities of all who have one
/// there; of whom there is no more to say nothing else is kept. Changes no result.
void Relations::put_on_board() {
  // A row has a bit for everybody, so it is not for everybody; and short rows are the faster.
  const std::size_t many = std::max<std::size_t>(256, n_ / 128);
  std::vector<std::uint32_t> viewers;
  for (std::size_t a = 0; a < n_; ++a) {
    if (rows_[a].size() < many || board_.has_row(ActorId(a))) continue;
    viewers.push_back(static_cast<std::uint32_t>(a));
  }
  board_.add_rows(viewers);
  std::vector<std::uint8_t> left(n_, 0);  // of whom somebody's pair is gone
  for (const std::uint32_t viewer : board_.viewers()) {
    const ActorId from(viewer);
    const std::span<Link> row = rows_[viewer];
    added_.clear();
    for (const Link& link : row) {
      if (board_.cell(from, ActorId(link.to)) == nullptr) added_.push_back(link.to);
    }
    board_.add(from, added_);
    std::size_t kept = 0, a = 0;
    for (const Link& link : row) {
      if (a < added_.size() && added_[a] == link.to) {
        ++a;
        *board_.cell(from, ActorId(link.to)) = affinity_[link.pair];
        affinity_[link.pair] = 0.0;
      }
      if (only_affinity(link.pair)) {
        left[link.to] = 1;
      } else {
        row[kept++] = link;
      }
    }
    rows_.shorten(viewer, kept);
  }
  for (std::size_t to = 0; to < n_; ++to) {
    if (left[to] == 0) continue;
    viewers_.remove_if(to, [&](std::uint32_t viewer) {
      return board_.has_row(ActorId(viewer)) && search(ActorId(viewer), ActorId(to)) == none;
    });
  }
}

void Relations::relax(double kept, Executor& executor) {
  ++affinity_changes_;
  // Once a step, and when an eighth has been added: what is made is soon looked at.
  if (!dense() && affinity_.size() > tidied_ + tidied_ / 8) tidy();
  double* x = affinity_.data();
  const double* base = baseline_.data();
  const auto relaxed = [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) x[i] = base[i] + (x[i] - base[i]) * kept;
  };
  // Two numbers in, one out: many to a block, or handing out costs more than it saves.
  constexpr std::size_t per_block = 1 << 14;
  const std::size_t cells = affinity_.size();
  if (cells < 4 * executor.few_rows()) {
    relaxed(0, cells);
  } else {
    for_each_block(executor, cells, relaxed, per_block);
  }
  for_each(
      executor, board_.viewers().size(), [&](std::size_t row) { relax_board(row, kept); }, 4);
}

/// On the board nobody has a baseline but those with a row of the columns as well.
void Relations::relax_board(std::size_t row, double kept) {
  const ActorId from(board_.viewers()[row]);
  const std::span<const Link> links = rows_[from.row()];
  for (const Link& link : links) {
    const double* x = board_.cell(from, ActorId(link.to));
    const double base = baseline_[link.pair];
    if (x != nullptr) affinity_[link.pair] = base + (*x - base) * kept;
  }
  for (double& x : board_.numbers(from)) x = 0.0 + (x - 0.0) * kept;
  for (const Link& link : links) {
    double* x = board_.cell(from, ActorId(link.to));
    if (x == nullptr) continue;
    *x = affinity_[link.pair];
    affinity_[link.pair] = 0.0;
  }
}

bool Relations::affinities_within(double low, double high, Executor& executor) const {
  std::atomic<bool> within = true;
  const auto look = [&](std::span<const double> values) {
    if (first_outside(values, low, high) < values.size()) within = false;
  };
  // The board and the column in one pass. To read a number is so little work that it takes many
  // before it is worth handing out.
  constexpr std::size_t per_block = 1 << 14, rows_per_block = 4;
  const std::span<const std::uint32_t> viewers = board_.viewers();
  const std::size_t rows = (viewers.size() + rows_per_block - 1) / rows_per_block;
  const std::size_t blocks = rows + (affinity_.size() + per_block - 1) / per_block;
  const auto look_at = [&](std::size_t b) {
    if (b < rows) {
      const std::size_t end = std::min((b + 1) * rows_per_block, viewers.size());
      for (std::size_t i = b * rows_per_block; i < end; ++i) {
        look(board_.numbers(ActorId(viewers[i])));
      }
    } else {
      const std::size_t begin = (b - rows) * per_block;
      look(std::span(affinity_).subspan(begin, std::min(per_block, affinity_.size() - begin)));
    }
  };
  for_rows(executor, blocks, look_at, 1, affinity_.size() / 8);
  return within;
}

std::size_t Relations::viewers_of(ActorId to) const {
  if (dense()) return n_;
  return viewers_[to.row()].size() + board_.viewers().size();
}

std::size_t Relations::pairs() const {
  std::size_t n = affinity_.size();
  for (const std::uint32_t viewer : board_.viewers()) {
    n += board_.numbers(ActorId(viewer)).size();
    for (const Link& link : rows_[viewer]) {
      if (board_.cell(ActorId(viewer), ActorId(link.to)) != nullptr) --n;
    }
  }
  return n;
}

std::size_t Relations::bytes() const {
  const auto of = [](const auto& v) { return v.capacity() * sizeof(v[0]); };
  return of(affinity_) + of(baseline_) + of(flags_) + of(hostilities_) + rows_.bytes() +
         viewers_.bytes() + board_.bytes();
}

void Relations::add_hostility(ActorId a, ActorId b, int change) {
  CASUS_EXPECTS(a != b, "an actor cannot be at war with itself");
  const bool before = at_war(a, b);
  for (const std::size_t i : {make(a, b), make(b, a)}) {
    CASUS_ASSERT(change > 0 || hostilities_[i] > 0);
    hostilities_[i] = static_cast<std::uint16_t>(hostilities_[i] + change);
  }
  for (const ActorId one : {a, b}) changed_sides_.push_back(one);
  if (before != at_war(a, b)) turned_.emplace_back(a, b);
}

void Relations::grow(ActorId like) {
  ++affinity_changes_;
  changed_sides_.emplace_back(n_);
  if (dense() && n_ + 1 > dense_up_to_) to_rows();
  if (dense()) {
    grow_square(like.row());
  } else {
    grow_rows(like);
  }
}

void Relations::grow_square(std::size_t like) {
  const std::size_t n = n_ + 1;
  Relations bigger(n, dense_up_to_);
  bigger.turned_ = std::move(turned_);
  bigger.age_ = age_;
  bigger.changed_sides_ = std::move(changed_sides_);
  bigger.affinity_changes_ = affinity_changes_;
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) {
      const std::size_t from = (i < n_ ? i : like) * n_ + (j < n_ ? j : like);
      bigger.affinity_[i * n + j] = affinity_[from];
      bigger.baseline_[i * n + j] = baseline_[from];
      bigger.flags_[i * n + j] = flags_[from];
      // Hostilities are counted per war; the caller enters the newcomer into its wars.
      if (i < n_ && j < n_) bigger.hostilities_[i * n + j] = hostilities_[from];
    }
  }
  for (std::size_t i = 0; i < n; ++i) {
    if (bigger.flags_[i * n + n_] != 0) bigger.changed_sides_.emplace_back(i);
  }
  *this = std::move(bigger);
}

void Relations::grow_rows(ActorId like) {
  // Taken down first, because the lists of `like` itself grow meanwhile.
  struct Copy {
    ActorId from, to;
    double affinity, baseline;
    std::uint8_t flags;
  };
  const ActorId born(n_);
  std::vector<Copy> copies;
  const auto copy = [&](ActorId from, ActorId to, ActorId as_from, ActorId as_to) {
    copies.push_back(
        {as_from, as_to, affinity(from, to), baseline(from, to), value(flags_, from, to)});
  };
  each_seen_by(like, [&](const View& view) { copy(like, view.other, born, view.other); });
  each_viewer_of(like, [&](ActorId viewer) { copy(viewer, like, viewer, born); });
  if (known(like, like)) copy(like, like, born, born);
  ++n_;
  rows_.extend(n_);
  viewers_.extend(n_);
  board_.grow();
  for (const Copy& c : copies) {
    const std::size_t made = make(c.from, c.to);
    affinity_[made] = c.affinity;
    baseline_[made] = c.baseline;
    flags_[made] = c.flags;
    if (c.flags != 0) changed_sides_.push_back(c.from);
  }
}

void Relations::to_rows() {
  Relations sparse(n_, 0);
  sparse.dense_up_to_ = dense_up_to_;
  sparse.turned_ = std::move(turned_);
  sparse.age_ = age_;
  sparse.changed_sides_ = std::move(changed_sides_);
  sparse.affinity_changes_ = affinity_changes_;
  for (std::size_t i = 0; i < n_; ++i) {
    for (std::size_t j = 0; j < n_; ++j) {
      const std::size_t pair = i * n_ + j;
      if (as_by_default(pair)) continue;
      const std::size_t made = sparse.make(ActorId(i), ActorId(j));
      sparse.affinity_[made] = affinity_[pair];
      sparse.baseline_[made] = baseline_[pair];
      sparse.flags_[made] = flags_[pair];
      sparse.hostilities_[made] = hostilities_[pair];
    }
  }
  *this = std::move(sparse);
}

void Relations::set_flag(ActorId a, ActorId b, std::uint8_t bit, bool value) {
  const std::size_t i = value ? make(a, b) : find(a, b);
  if (i == none) return;
  const auto flags = static_cast<std::uint8_t>(value ? flags_[i] | bit : flags_[i] & ~bit);
  if (flags != flags_[i]) changed_sides_.push_back(a);
  flags_[i] = flags;
}

bool Relations::as_by_default(std::size_t pair) const {
  return std::bit_cast<std::uint64_t>(affinity_[pair]) == 0 && only_affinity(pair);
}

bool Relations::only_affinity(std::size_t pair) const {
  return std::bit_cast<std::uint64_t>(baseline_[pair]) == 0 && flags_[pair] == 0 &&
         hostilities_[pair] == 0;
}

}  // namespace casus
