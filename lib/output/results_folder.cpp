#include "casus/output/results_folder.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <set>
#include <system_error>
#include <utility>

#include "casus/output/files.h"
#include "output/folder_lock.h"
#include "output/manifest.h"

namespace casus {
namespace {

namespace fs = std::filesystem;

/// Without the slash at the end, so that a name can be made from it.
fs::path folder_path(const std::string& folder) {
  fs::path path = fs::path(folder).lexically_normal();
  if (!path.has_filename()) path = path.parent_path();
  return path;
}

fs::path parent_of(const fs::path& path) {
  return path.has_parent_path() ? path.parent_path() : fs::path(".");
}

[[noreturn]] void cannot_write(const std::string& path, const std::error_code& error) {
  throw OutputError("E0602", path, "cannot be written: " + error.message());
}

const char* what_it_is(const fs::file_status& status) {
  switch (status.type()) {
    case fs::file_type::symlink:
      return "is a link";
    case fs::file_type::fifo:
      return "is a pipe";
    case fs::file_type::socket:
      return "is a socket";
    case fs::file_type::block:
    case fs::file_type::character:
      return "is a device";
    default:
      return "is a file";
  }
}

/// Makes the folder and no other: false if the name is taken.
bool make_exclusively(const fs::path& path) {
  if (::mkdir(path.c_str(), 0777) == 0) return true;
  if (errno == EEXIST) return false;
  cannot_write(path.string(), {errno, std::generic_category()});
}

void make_parents(const fs::path& path) {
  std::error_code error;
  fs::create_directories(parent_of(path), error);
  if (error) cannot_write(parent_of(path).string(), error);
}

bool is_empty_but_for_the_lock(const fs::path& path) {
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(path, error)) {
    if (entry.path().filename() != FolderLock::file_name) return false;
  }
  return !error;
}

}  // namespace

struct ResultsFolder::State {
  std::string folder, where;
  FolderLock lock;
  std::set<std::string> written;
  bool made = false;  ///< by us: it may go again
  bool kept = false, published = false;

  void remove_what_was_written();
  void take_the_place();
};

void ResultsFolder::check(const std::string& folder, bool overwrite) {
  const fs::path path = folder_path(folder);
  std::error_code error;
  // Of the thing itself, and not of what it may lead to.
  const fs::file_status status = fs::symlink_status(path, error);
  if (!fs::exists(status)) return;
  if (status.type() != fs::file_type::directory) {
    throw OutputError("E0601", folder,
                      fmt::format("{}; results go to a folder of their own", what_it_is(status)));
  }
  if (const std::string who = FolderLock::holder(path.string()); !who.empty()) {
    throw OutputError("E0604", folder, "is being written by " + who);
  }
  if (is_empty_but_for_the_lock(path)) return;
  const std::string why = not_replaceable(path.string());
  if (!overwrite) {
    throw OutputError("E0601", folder,
                      why.rfind("holds results that are not", 0) == 0
                          ? why
                          : "exists already; results are never overwritten unasked");
  }
  // Whoever mistypes the folder shall not lose what is in it.
  if (!why.empty()) throw OutputError("E0601", folder, why);
}

std::string ResultsFolder::make_free(const std::string& stem) {
  make_parents(stem);
  for (std::size_t n = 1;; ++n) {
    const std::string name = fmt::format("{}-{}", stem, n);
    if (make_exclusively(name)) return name;
  }
}

ResultsFolder::ResultsFolder(const std::string& folder, bool overwrite) {
  check(folder, overwrite);
  state_ = std::make_unique<State>();
  const fs::path path = folder_path(folder);
  state_->folder = path.string();
  make_parents(path);
  std::error_code error;
  if (overwrite && fs::is_directory(path, error) && !is_empty_but_for_the_lock(path)) {
    state_->where = make_free(state_->folder + ".new");
    state_->made = true;
  } else {
    state_->where = state_->folder;
    state_->made = make_exclusively(path);
  }
  state_->lock = FolderLock(state_->where);
  // Between the look at it and the lock another program may have come and gone.
  if (!is_empty_but_for_the_lock(state_->where)) {
    state_->made = false;
    throw OutputError("E0601", folder, "exists already; results are never overwritten unasked");
  }
  sync_folder(parent_of(path).string());
}

ResultsFolder::ResultsFolder(std::unique_ptr<State> state) : state_(std::move(state)) {}
ResultsFolder::ResultsFolder(ResultsFolder&&) noexcept = default;

ResultsFolder ResultsFolder::reopen(const std::string& folder, const std::string& replaces) {
  auto state = std::make_unique<State>();
  state->where = folder_path(folder).string();
  const fs::path beside = fs::path(state->where).parent_path() / fs::path(replaces).filename();
  state->folder = replaces.empty() ? state->where : beside.string();
  state->kept = true;
  state->lock = FolderLock(state->where);
  // What a program that was killed had not given its name yet.
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(state->where, error)) {
    if (entry.path().filename().string().rfind("manifest.json.partial-", 0) == 0) {
      ::unlink(entry.path().c_str());
    }
  }
  return ResultsFolder(std::move(state));
}

const std::string& ResultsFolder::name() const { return state_->folder; }
const std::string& ResultsFolder::where() const { return state_->where; }

std::string ResultsFolder::path(const std::string& file) const {
  state_->written.insert(file);
  return state_->where + "/" + file;
}

void ResultsFolder::keep() { state_->kept = true; }

void ResultsFolder::State::remove_what_was_written() {
  std::error_code ignored;
  for (const std::string& file : written) fs::remove(where + "/" + file, ignored);
  lock.release();
  if (made) ::rmdir(where.c_str());
}

ResultsFolder::~ResultsFolder() {
  if (!state_) return;
  if (!state_->kept && !state_->published) state_->remove_what_was_written();
  state_->lock.release();
}

/// The new folder gets the old one's name and the old one the new one's, in one step; then the old
/// one goes.
void ResultsFolder::State::take_the_place() {
  try {
    check(folder, true);
  } catch (const OutputError& e) {
    throw OutputError(e.diagnostic().code, folder,
                      e.diagnostic().message + "; the new results are in " + where);
  }
  std::error_code error;
  const bool there = fs::exists(fs::symlink_status(folder, error));
  std::string old = where;
  int why = 0;
  if (!there) {
    why = ::rename(where.c_str(), folder.c_str()) == 0 ? 0 : errno;
  } else if (renameat2(AT_FDCWD, where.c_str(), AT_FDCWD, folder.c_str(), RENAME_EXCHANGE) != 0) {
    why = errno;
    if (why == EINVAL || why == ENOSYS) {
      // A file system that cannot exchange: for a moment there is no folder of that name.
      old = where + ".old";
      why = ::rename(folder.c_str(), old.c_str()) == 0 ? 0 : errno;
      if (why == 0 && ::rename(where.c_str(), folder.c_str()) != 0) {
        why = errno;
        ::rename(old.c_str(), folder.c_str());
      }
    }
  }
  if (why != 0) {
    throw OutputError("E0602", folder,
                      fmt::format("cannot be written: {}; the results are in {}",
                                  std::generic_category().message(why), where));
  }
  sync_folder(parent_of(folder).string());
  if (!there) return;
  for (const std::string& file : listed_files(old)) fs::remove(old + "/" + file, error);
  for (const auto& entry : fs::directory_iterator(old, error)) {
    const std::string name = entry.path().filename().string();
    renameat2(AT_FDCWD, entry.path().c_str(), AT_FDCWD, (folder + "/" + name).c_str(),
              RENAME_NOREPLACE);
  }
  fs::remove(old + "/" + FolderLock::file_name, error);
  ::rmdir(old.c_str());
  sync_folder(parent_of(folder).string());
}

void ResultsFolder::publish() {
  State& s = *state_;
  s.kept = true;
  sync_folder(s.where);
  if (s.where != s.folder) s.take_the_place();
  s.where = s.folder;
  s.published = true;
  s.lock.release();
}

}  // namespace casus
