#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <utility>
#include <vector>

#include "casus/core/export.h"
#include "casus/core/ids.h"
#include "casus/world/block_lists.h"
#include "casus/world/row_lists.h"
#include "casus/world/view_board.h"

namespace casus {

class Archive;
class Executor;

/// Who thinks what of whom, who hosts whom, who is at war with whom: for each ordered pair of
/// actors. Most pairs of a large world are as by default (affinity and baseline 0, no flag, no
/// war). Up to `dense_up_to` actors every pair is stored, in a square; above it only those that
/// differ, in sorted rows, and the affinities of those who see many on a board. What is stored how
/// changes memory and speed and nothing else, the hash included.
class CASUS_API Relations {
 public:
  /// Beyond a few hundred actors the square costs more than searching rows.
  static constexpr std::size_t usual_dense = 256;

  Relations() = default;
  explicit Relations(std::size_t actors, std::size_t dense_up_to = usual_dense);

  std::size_t size() const { return n_; }
  /// How `from` sees `to`, in [-1, 1].
  double affinity(ActorId from, ActorId to) const {
    if (dense()) return affinity_[from.row() * n_ + to.row()];  // which has nothing on the board
    const double* cell = board_.cell(from, to);
    return cell != nullptr ? *cell : value(affinity_, from, to);
  }
  /// How `from` sees each, by row; empty where not every pair is stored.
  std::span<const double> square_row(ActorId from) const {
    return dense() ? std::span(affinity_).subspan(from.row() * n_, n_) : std::span<const double>();
  }
  /// The value affinity decays to: the scenario's, moved by lasting events.
  double baseline(ActorId from, ActorId to) const { return value(baseline_, from, to); }
  bool rivalry(ActorId a, ActorId b) const { return (value(flags_, a, b) & rival) != 0; }
  /// Does `host` let `guest` stay on its soil?
  bool hosts(ActorId host, ActorId guest) const {
    return (value(flags_, host, guest) & host_flag) != 0;
  }
  /// Is there anything to say of the pair: a view, a rivalry, a guest, a war?
  bool known(ActorId from, ActorId to) const {
    const double* cell = dense() ? nullptr : board_.cell(from, to);
    if (cell != nullptr && ViewBoard::says(*cell)) return true;
    const std::size_t i = find(from, to);
    return i != none && !as_by_default(i);
  }
  /// Number of open wars in which `a` and `b` stand on opposite sides.
  bool at_war(ActorId a, ActorId b) const { return value(hostilities_, a, b) > 0; }

  void set_affinity(ActorId from, ActorId to, double value) { affinity_of(from, to) = value; }
  void set_baseline(ActorId from, ActorId to, double value) { baseline_[make(from, to)] = value; }
  /// Moves affinity by `delta` towards +1 or -1 by a share of the room left, so that it stays in
  /// [-1, 1] without clamping and repeated shocks matter less and less.
  void move(ActorId from, ActorId to, double delta);
  /// The same for what affinity returns to.
  void move_baseline(ActorId from, ActorId to, double delta);
  /// What happens to a view: `size` moves the affinity, `lasting` what it returns to, if not zero.
  struct Move {
    ActorId from, to;
    double size = 0.0, lasting = 0.0;
  };
  /// Both for many pairs, sorted by `from` and `to`, each of which is named once.
  void move(std::span<const Move> moves, Executor& executor);
  /// Brings every affinity towards its baseline, leaving the share `kept` of the difference.
  void relax(double kept, Executor& executor);
  void set_rivalry(ActorId a, ActorId b, bool value) { set_flag(a, b, rival, value); }
  void set_hosting(ActorId host, ActorId guest, bool value) {
    set_flag(host, guest, host_flag, value);
  }
  /// Opens (+1) or closes (-1) hostilities between `a` and `b`, in both directions.
  void add_hostility(ActorId a, ActorId b, int change);
  /// Pairs that went from peace to hostilities or back, in the order of time, and the age of the
  /// list, which is begun anew when relations are read: for who keeps what follows from at_war().
  const std::vector<std::pair<ActorId, ActorId>>& turned() const { return turned_; }
  std::uint64_t age() const { return age_; }
  /// Those for whom it has changed whom they set apart (each_set_apart_by), in the order of time
  /// and with the same age: for who keeps what follows from that.
  const std::vector<ActorId>& changed_sides() const { return changed_sides_; }
  /// How often affinities have been, or may have been, changed: for who need not look at them again
  /// where they stand as they did.
  std::uint64_t affinity_changes() const { return affinity_changes_; }
  /// Makes room for one more actor that sees and is seen as `like` is.
  void grow(ActorId like);

  /// A pair as one of the two sees it.
  struct View {
    ActorId other;
    double affinity = 0.0;
    bool rivalry = false, hosts = false, at_war = false;
  };
  /// Calls f(View) for those that `from` sees otherwise than by default, and perhaps for others, in
  /// the order of rows. `f` must not change relations.
  template <class F>
  void each_seen_by(ActorId from, F&& f) const;
  /// The same for those of whom there may be more to say than an affinity: rivals, guests, enemies.
  template <class F>
  void each_set_apart_by(ActorId from, F&& f) const;
  /// Calls f(ActorId) for those that see `to` otherwise than by default, and perhaps for others, in
  /// the order of rows. `f` must not change relations.
  template <class F>
  void each_viewer_of(ActorId to, F&& f) const;
  /// How many that calls `f` for, at most.
  std::size_t viewers_of(ActorId to) const;

  /// Calls f(span) with the affinities of all that is stored, in no order that means anything, but
  /// that pairs which are made come last.
  template <class F>
  void each_run_of_affinities(F&& f) const;
  /// Are all of them within these limits?
  bool affinities_within(double low, double high, Executor& executor) const;
  /// How many pairs are stored; in rows: those of which there is something to say, or once was.
  std::size_t pairs() const;
  /// Bytes of all that is stored.
  std::size_t bytes() const;
  /// The pairs that are not as by default, however they are stored.
  void archive(Archive& a);

 private:
  static constexpr std::uint8_t rival = 1, host_flag = 2;
  static constexpr std::size_t none = ~std::size_t{0};
  struct Link {
    std::uint32_t to = 0;
    std::uint32_t pair = 0;  ///< row of the columns
  };

  // Of what is saved.
  struct Pair;
  struct SeenBy;

  bool dense() const { return rows_.empty(); }
  template <class F>
  void each_seen_on_board(ActorId from, F& f) const;
  /// Has any of the eight pairs from this one a flag or a war? Of dense relations.
  bool any_of_eight(std::size_t pair) const {
    std::array<std::uint64_t, 3> words;
    std::memcpy(words.data(), flags_.data() + pair, 8);
    std::memcpy(words.data() + 1, hostilities_.data() + pair, 16);
    return (words[0] | words[1] | words[2]) != 0;
  }
  template <class F>
  void each_viewer_in_rows(ActorId to, F& f) const;
  /// Row of the columns; none if the pair is not stored.
  std::size_t find(ActorId from, ActorId to) const {
    return dense() ? from.row() * n_ + to.row() : search(from, to);
  }
  std::size_t search(ActorId from, ActorId to) const;
  template <class T>
  T value(const std::vector<T>& column, ActorId from, ActorId to) const {
    const std::size_t i = find(from, to);
    return i == none ? T{} : column[i];
  }
  /// The same row, made if need be.
  std::size_t make(ActorId from, ActorId to);
  /// Where the affinity of a pair stands; the pair is made if need be.
  double& affinity_of(ActorId from, ActorId to);
  void append_pair();
  void make_row(std::span<const Move> moves, std::span<std::uint32_t> pairs);
  void tidy();
  void put_on_board();
  void add_to_board(std::span<const Move> moves, std::size_t begin, std::size_t end);
  void relax_board(std::size_t row, double kept);
  void set_flag(ActorId a, ActorId b, std::uint8_t bit, bool value);
  bool as_by_default(std::size_t pair) const;
  bool only_affinity(std::size_t pair) const;
  void grow_square(std::size_t like);
  void grow_rows(ActorId like);
  void to_rows();
  View view(std::size_t pair, std::size_t other) const {
    return {ActorId(other), affinity_[pair], (flags_[pair] & rival) != 0,
            (flags_[pair] & host_flag) != 0, hostilities_[pair] > 0};
  }

  std::size_t n_ = 0;
  std::size_t dense_up_to_ = usual_dense;
  std::vector<double> affinity_, baseline_;
  std::vector<std::uint8_t> flags_;
  std::vector<std::uint16_t> hostilities_;
  // Of those who see many, affinities are on the board and nowhere else, but for pairs just made.
  // Of whom there is more to say has a row of the columns too, in which the affinity is 0.
  ViewBoard board_;
  // Of a sparse table; both sorted, and empty in a square.
  BlockLists<Link> rows_;
  RowLists viewers_;
  std::size_t tidied_ = 0;             // pairs that lie in the order of rows
  std::vector<std::uint32_t> places_;  // of the pairs that are being moved
  std::vector<std::uint32_t> added_;   // to the board
  std::vector<std::pair<std::uint32_t, std::uint32_t>> longer_;  // moves by whom it is added
  // Follow from what was done and are no state.
  std::vector<std::pair<ActorId, ActorId>> turned_;
  std::uint64_t age_ = 1;
  std::vector<ActorId> changed_sides_;
  std::uint64_t affinity_changes_ = 0;
};

template <class F>
void Relations::each_seen_by(ActorId from, F&& f) const {
  // Apart, so that each loop is as short as it looks.
  if (dense()) {
    for (std::size_t to = 0; to < n_; ++to) f(view(from.row() * n_ + to, to));
  } else if (board_.has_row(from)) {
    each_seen_on_board(from, f);
  } else {
    for (const Link& link : rows_[from.row()]) f(view(link.pair, link.to));
  }
}

template <class F>
void Relations::each_seen_on_board(ActorId from, F& f) const {
  const std::span<const Link> row = rows_[from.row()];
  std::size_t i = 0;
  board_.each_seen_by(from, [&](std::uint32_t to, double affinity) {
    for (; i < row.size() && row[i].to < to; ++i) f(view(row[i].pair, row[i].to));
    if (i < row.size() && row[i].to == to) {
      View both = view(row[i++].pair, to);
      both.affinity = affinity;
      f(both);
    } else {
      f(View{.other = ActorId(to), .affinity = affinity});
    }
  });
  for (; i < row.size(); ++i) f(view(row[i].pair, row[i].to));
}

template <class F>
void Relations::each_set_apart_by(ActorId from, F&& f) const {
  if (dense()) {
    // Few are: whether one is stands in three bytes, and those of eight are looked at together.
    const std::size_t begin = from.row() * n_;
    const auto look = [&](std::size_t to) {
      const std::size_t pair = begin + to;
      if ((flags_[pair] | hostilities_[pair]) != 0) f(view(pair, to));
    };
    std::size_t to = 0;
    for (; to + 8 <= n_; to += 8) {
      if (!any_of_eight(begin + to)) continue;
      for (std::size_t i = to; i < to + 8; ++i) look(i);
    }
    for (; to < n_; ++to) look(to);
    return;
  }
  for (const Link& link : rows_[from.row()]) {
    View one = view(link.pair, link.to);
    if (const double* cell = board_.cell(from, one.other)) one.affinity = *cell;
    f(one);
  }
}

template <class F>
void Relations::each_viewer_of(ActorId to, F&& f) const {
  if (!dense()) return each_viewer_in_rows(to, f);
  for (std::size_t from = 0; from < n_; ++from) f(ActorId(from));
}

template <class F>
void Relations::each_viewer_in_rows(ActorId to, F& f) const {
  const std::span<const std::uint32_t> viewers = viewers_[to.row()];
  std::size_t i = 0;
  board_.each_viewer_of(to, [&](std::uint32_t viewer) {
    for (; i < viewers.size() && viewers[i] < viewer; ++i) f(ActorId(viewers[i]));
    if (i < viewers.size() && viewers[i] == viewer) ++i;
    f(ActorId(viewer));
  });
  for (; i < viewers.size(); ++i) f(ActorId(viewers[i]));
}

template <class F>
void Relations::each_run_of_affinities(F&& f) const {
  for (const std::uint32_t viewer : board_.viewers()) f(board_.numbers(ActorId(viewer)));
  f(std::span(affinity_));
}

}  // namespace casus
