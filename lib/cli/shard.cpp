#include "cli/shard.h"

#include <fmt/format.h>

#include <cstdlib>
#include <limits>

#include "cli/commands.h"
#include "cli/run_options.h"

namespace casus::cli {
namespace {

std::optional<std::uint64_t> number_in(const char* variable) {
  const char* text = std::getenv(variable);  // NOLINT(concurrency-mt-unsafe)
  if (text == nullptr || *text == '\0') return {};
  return parse_count(text, variable);
}

/// Which of how many, from 1; what launchers say.
std::optional<std::pair<std::uint64_t, std::uint64_t>> from_launcher() {
  if (const auto id = number_in("SLURM_ARRAY_TASK_ID")) {
    const auto count = number_in("SLURM_ARRAY_TASK_COUNT");
    const std::uint64_t first = number_in("SLURM_ARRAY_TASK_MIN").value_or(1);
    const std::uint64_t step = number_in("SLURM_ARRAY_TASK_STEP").value_or(1);
    if (count && step > 0 && *id >= first) return std::pair((*id - first) / step + 1, *count);
    throw UsageError(
        "--shard auto: SLURM_ARRAY_TASK_ID is set, and the other variables of the job "
        "array do not fit it");
  }
  for (const auto& [rank, size] : {std::pair("OMPI_COMM_WORLD_RANK", "OMPI_COMM_WORLD_SIZE"),
                                   std::pair("PMI_RANK", "PMI_SIZE")}) {
    const auto r = number_in(rank), n = number_in(size);
    if (r && n) return std::pair(*r + 1, *n);
  }
  return {};
}

std::size_t begin_of(std::size_t runs, std::uint64_t index, std::uint64_t of) {
  return static_cast<std::size_t>(std::uint64_t{runs} * index / of);
}

}  // namespace

std::optional<Shard> parse_shard(const std::string& text, std::uint32_t first, std::size_t runs) {
  if (text.empty()) return {};
  std::uint64_t index = 0, of = 0;
  if (text == "auto") {
    const auto said = from_launcher();
    if (!said) {
      throw UsageError(
          "--shard auto: neither a job array of Slurm nor a launcher of MPI says which part this "
          "is; write it as in --shard 2/8");
    }
    index = said->first;
    of = said->second;
  } else {
    const auto slash = text.find('/');
    if (slash == std::string::npos) {
      throw UsageError(fmt::format("--shard {}: write which of how many, as in 2/8", text));
    }
    index = parse_count(std::string_view(text).substr(0, slash), "--shard");
    of = parse_count(std::string_view(text).substr(slash + 1), "--shard");
  }
  constexpr std::uint64_t most = 1'000'000;
  if (index < 1 || index > of || of > most) {
    throw UsageError(
        fmt::format("--shard {}/{}: parts are numbered from 1 to their number", index, of));
  }
  if (of > runs) {
    throw UsageError(fmt::format("--shard {}/{}: there are only {} to share out", index, of,
                                 counted(runs, "run")));
  }
  return Shard{static_cast<std::uint32_t>(index), static_cast<std::uint32_t>(of), first, runs};
}

std::uint32_t first_of(const Shard& s) {
  return s.first_run + static_cast<std::uint32_t>(begin_of(s.runs, s.index - 1, s.of));
}

std::size_t runs_of(const Shard& s) {
  return begin_of(s.runs, s.index, s.of) - begin_of(s.runs, s.index - 1, s.of);
}

}  // namespace casus::cli
