#pragma once

#include <cstdint>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "casus/core/diagnostics.h"
#include "text/tree.h"

namespace casus::scenario {

using namespace text;

/// The treaty files among what was read. What stands in them is written for any scenario: it names
/// all parties, of which a scenario may have few.
struct Treaties {
  std::set<std::uint32_t> files;
  /// Whom they name besides their members (`others`).
  std::set<std::string, std::less<>> others;
  std::string title, description;  ///< of the one read last
};

/// What a treaty file may say: it is for any scenario, so it has no clock, map or actors.
std::span<const std::string_view> treaty_keys();

/// Treaties that a file of another format includes, merged and in the order of names.
struct IncludedTreaties {
  Node root;
  Treaties treaties;
  bool complete = true;  ///< false if something could not be read
};
IncludedTreaties read_included_treaties(const Entry& include, const std::string& name,
                                        Sources& sources, Problems& problems);  // files.cpp

/// Whom a treaty leaves behind where it is included.
struct LeftOut {
  std::vector<Diagnostic> notes;   ///< one of each pact that is not there as it was written
  std::vector<std::string> pacts;  ///< those of which fewer than two members are left
};

/// Takes out of the pacts of treaty files whom `root` does not have among its `actors_section`, and
/// pacts that are not there. A name that no treaty declares stays, to be complained about, and so
/// does what another file says. An article never comes to mean more by it: one whose adversaries
/// are all absent is against nobody, and goes.
LeftOut leave_out_absent(Node& root, std::string_view actors_section, const Treaties& treaties,
                         const Sources& sources);

}  // namespace casus::scenario
