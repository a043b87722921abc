#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "casus/core/export.h"
#include "casus/core/ids.h"
#include "casus/world/row_lists.h"

namespace casus {

class Archive;

enum class WarState : std::uint8_t { active, ceasefire, ended };

struct Belligerent {
  ActorId actor;
  std::uint8_t side = 0;    ///< 0 or 1
  std::uint32_t since = 0;  ///< step of entry
  std::uint8_t active = 1;
};

class WarTable;

struct CASUS_API War {
  std::uint64_t key = 0;
  std::int8_t begun_by = 0;  ///< the side that attacked first; -1: not known
  std::uint32_t since = 0;   ///< step
  double begun_day = 0.0;    ///< days since the run's start; negative for older wars
  double ceasefire_until_day = 0.0;
  double mediated_until_day = -1e9;  ///< somebody's good offices last until then
  /// When somebody last attacked or gave battle in it; what a government does against a group does
  /// not count. Before the run: long ago.
  double fought_day = -1e9;
  EventId cause;
  double deaths = 0.0;

  WarState state() const { return state_; }
  /// A state fights on either side.
  bool interstate() const { return interstate_; }
  /// In the order of entry; those who left stay, inactive.
  const std::vector<Belligerent>& belligerents() const { return belligerents_; }
  void archive(Archive& a);

 private:
  friend WarTable;
  WarState state_ = WarState::active;
  bool interstate_ = false;
  std::vector<Belligerent> belligerents_;
};

/// The wars of a run, and which of them each actor is or was in, which have ended and which are
/// between states. What says so changes here alone, so that the two never differ.
class CASUS_API WarTable {
 public:
  std::size_t size() const { return wars_.size(); }
  bool empty() const { return wars_.empty(); }
  War& operator[](std::size_t row) { return wars_[row]; }
  const War& operator[](std::size_t row) const { return wars_[row]; }
  auto begin() { return wars_.begin(); }
  auto begin() const { return wars_.begin(); }
  auto end() { return wars_.end(); }
  auto end() const { return wars_.end(); }
  /// Rows of the wars in which the actor fights or has fought, in ascending order; valid until
  /// somebody enters a war.
  std::span<const std::uint32_t> of(ActorId actor) const {
    return actor.row() < of_.size() ? of_[actor.row()] : std::span<const std::uint32_t>{};
  }

  /// Rows of the wars that have ended, and of those in which a state fights on either side,
  /// whatever has become of them; ascending. Most wars of a large world are rebellions that go on.
  std::span<const std::uint32_t> ended() const { return ended_; }
  std::span<const std::uint32_t> interstate() const { return interstate_; }

  WarId add(War war, const std::vector<Belligerent>& belligerents);
  /// Hostilities are counted by Relations::add_hostility, which who changes a war's state sees to.
  void set_state(WarId war, WarState state);
  void set_interstate(WarId war, bool interstate);
  void enter(WarId war, const Belligerent& belligerent);
  /// The actor fights in this war no more.
  void leave(WarId war, ActorId actor);

  void archive(Archive& a);
  /// Finds anew who is in which war and how wars stand, after they were read.
  void index(std::size_t actors);

 private:
  std::vector<War> wars_;
  RowLists of_;
  std::vector<std::uint32_t> ended_, interstate_;
};

}  // namespace casus
