#include "run/pact_edit.h"

#include <fmt/format.h>

#include "casus/core/archive.h"

namespace casus {
namespace {

bool same(const auto& a, const auto& b) { return digest_of(a) == digest_of(b); }

}  // namespace

void PactEditor::expect_future(const std::string& path, std::optional<Date> old,
                               std::optional<Date> edited) {
  if (old == edited || !edited || *edited >= today_) return;
  problems_.push_back(fmt::format("{} is {}, which is past", path, to_string(*edited)));
}

void PactEditor::expect_future(const std::string& path, const law::Member& old,
                               const law::Member& edited) {
  expect_future(path + ".joined", old.joined, edited.joined);
  expect_future(path + ".notice", old.notice, edited.notice);
  expect_future(path + ".left", old.left, edited.left);
  for (std::size_t i = 0; i < edited.suspensions.size(); ++i) {
    const law::Suspension before =
        i < old.suspensions.size() ? old.suspensions[i] : law::Suspension{};
    expect_future(path + ".suspended", before.from, edited.suspensions[i].from);
    expect_future(path + ".suspended", before.until, edited.suspensions[i].until);
  }
}

law::Pact PactEditor::added(const law::Pact& edited) {
  const std::string path = "pacts." + edited.id;
  expect_future(path + ".in_force", std::nullopt, edited.in_force);
  for (const law::Member& m : edited.members) {
    expect_future(path + ".members." + actors_[m.actor.row()].name, law::Member{}, m);
  }
  changes_.push_back(path + ": new");
  return edited;
}

law::Pact PactEditor::removed(const law::Pact& run) {
  law::Pact made = run;
  if (!made.ended || *made.ended > today_) made.ended = today_;
  changes_.push_back(fmt::format("pacts.{}: ends on {}", run.id, to_string(*made.ended)));
  return made;
}

law::Pact PactEditor::merged(const law::Pact& old, const law::Pact& edited, const law::Pact& run) {
  if (same(old, edited)) return run;
  const std::string path = "pacts." + edited.id;
  expect_future(path + ".signed", old.signed_on, edited.signed_on);
  expect_future(path + ".in_force", old.in_force, edited.in_force);
  expect_future(path + ".expires", old.expires, edited.expires);
  expect_future(path + ".ended", old.ended, edited.ended);
  law::Pact made = edited;
  if (old.ended == edited.ended) made.ended = run.ended;
  members(old, edited, run, made);
  changes_.push_back(path + ": amended");
  return made;
}

void PactEditor::members(const law::Pact& old, const law::Pact& edited, const law::Pact& run,
                         law::Pact& made) {
  const auto path = [&](const law::Member& m) {
    return fmt::format("pacts.{}.members.{}", edited.id, actors_[m.actor.row()].name);
  };
  for (const law::Member& m : edited.members) {
    const law::Member* before = law::find_member(old, m.actor);
    expect_future(path(m), before != nullptr ? *before : law::Member{}, m);
  }
  for (const law::Member& m : run.members) {
    const law::Member* before = law::find_member(old, m.actor);
    const law::Member* after = law::find_member(edited, m.actor);
    const bool run_touched = before == nullptr || !same(*before, m);
    const bool edit_touched =
        before == nullptr ? after != nullptr : after == nullptr || !same(*before, *after);
    if (run_touched && edit_touched && after != nullptr) {
      problems_.push_back(path(m) + " is changed by the edit, and was by the run");
    } else if (after == nullptr) {
      law::Member gone = m;
      if (before != nullptr && !gone.left) gone.left = today_;
      made.members.push_back(gone);
    } else if (run_touched) {
      *law::find_member(made, m.actor) = m;
    }
  }
}

}  // namespace casus
