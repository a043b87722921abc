#include "cli/run_options.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <thread>

#include "casus/core/calendar.h"
#include "casus/core/whole_number.h"
#include "cli/commands.h"

namespace casus::cli {
std::uint64_t parse_count(std::string_view text, const std::string& what) {
  const WholeNumber number = read_whole(text);
  if (number.value) return *number.value;
  throw UsageError(fmt::format("{}: {}; {}", what, number.problem, number.advice));
}

std::vector<Edit> parse_edits(const std::vector<std::string>& set,
                              const std::vector<std::string>& remove, const std::string& until) {
  std::vector<Edit> edits;
  for (const std::string& text : set) {
    const auto equals = text.find('=');
    if (equals == std::string::npos || equals == 0 || equals + 1 == text.size()) {
      throw UsageError(
          fmt::format("--set {}: write path=value, as in --set actors.jnim.forces=6000", text));
    }
    edits.push_back({Edit::Kind::set, text.substr(0, equals), text.substr(equals + 1)});
  }
  for (const std::string& path : remove) edits.push_back({Edit::Kind::remove, path, ""});
  if (!until.empty()) {
    if (!parse_date(until)) {
      throw UsageError(fmt::format("--until {}: write a date as in 2024-07-31", until));
    }
    edits.push_back({Edit::Kind::set, "clock.end", until});
  }
  return edits;
}

std::function<bool(std::uint32_t)> parse_events(const std::string& text, std::uint32_t first,
                                                std::size_t runs) {
  if (text == "none") return {};
  if (text == "all") return [](std::uint32_t) { return true; };
  std::vector<std::uint64_t> kept;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find(',', begin), text.size());
    const std::uint64_t run =
        parse_count(std::string_view(text).substr(begin, end - begin), "--events");
    if (run < first || run - first >= runs) {
      throw UsageError(
          fmt::format("--events {}: the runs are {} to {}", run, first, first + runs - 1));
    }
    kept.push_back(run);
    begin = end + 1;
  }
  return
      [kept](std::uint32_t run) { return std::find(kept.begin(), kept.end(), run) != kept.end(); };
}

Workers parse_executor(const std::string& text, unsigned threads) {
  constexpr std::string_view shuffled = "shuffled:";
  if (text == "tbb") return {tbb_executor(threads), false};
  if (text == "serial") return {serial_executor(), false};
  if (text == "threads") {
    if (threads == 0) threads = std::max(1U, std::thread::hardware_concurrency());
    return {thread_executor(threads), false};
  }
  if (text.rfind(shuffled, 0) == 0) {
    const auto seed = parse_count(std::string_view(text).substr(shuffled.size()), "--executor");
    return {shuffled_executor(seed), true};
  }
  throw UsageError(
      fmt::format("--executor {}: choose tbb, threads, serial or shuffled:SEED", text));
}

}  // namespace casus::cli
