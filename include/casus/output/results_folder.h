#pragma once

#include <memory>
#include <string>
#include <vector>

#include "casus/core/export.h"

namespace casus {

/// A folder of results that this program alone writes: taken before anything is computed, under its
/// own name and by exclusive creation, and locked until the end, also against programs in other
/// containers. Where complete results are to be replaced, the new ones are written beside them (in
/// NAME.new-1) and change places with them at the end, in one step.
class CASUS_API ResultsFolder {
 public:
  /// Throws OutputError: E0601 as check() does, E0602 if the folder cannot be made, E0604 if
  /// another program writes there.
  ResultsFolder(const std::string& folder, bool overwrite);
  /// One that is there, to go on with; `replaces` is the folder beside it whose place it will take,
  /// if any.
  static ResultsFolder reopen(const std::string& folder, const std::string& replaces);
  /// Ends the lock. What is neither published nor kept is removed, as far as it was written through
  /// path().
  ~ResultsFolder();
  ResultsFolder(ResultsFolder&&) noexcept;
  ResultsFolder& operator=(ResultsFolder&&) = delete;

  /// Throws OutputError if the folder cannot be taken, and touches nothing: E0601 if there is
  /// something that is no empty folder, a link or a pipe included, unless `overwrite` is set and it
  /// holds complete results; E0604 if another program writes there.
  static void check(const std::string& folder, bool overwrite);
  /// Makes the first of STEM-1, STEM-2 ... that is not there, also when several do so at once, and
  /// returns its name.
  static std::string make_free(const std::string& stem);

  /// The name it will have in the end.
  const std::string& name() const;
  /// Where it is until then.
  const std::string& where() const;
  /// Where to write a file of that name.
  std::string path(const std::string& file) const;
  /// From here on what is written stays, published or not.
  void keep();
  /// All that is there is on the disk, under the name it was to have. Files of results that were
  /// replaced are removed as far as their manifest lists them; others move over. If that fails,
  /// what is finished stays where it is, and the OutputError says where.
  void publish();

 private:
  struct State;
  explicit ResultsFolder(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace casus
