#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>

#include "casus/output/files.h"
#include "casus/output/results_folder.h"
#include "cli/commands.h"
#include "cli/exit_codes.h"

namespace casus::cli {
namespace {

struct SlurmSettings {
  std::string file, out, time = "01:00:00";
  std::size_t runs = 200, parts = 8, threads = 8;
  std::uint64_t seed = 1;
};

constexpr const char* slurm_examples = R"(Examples:
  casus slurm sahel.yaml -n 100000 --parts 50 -o jobs
  sh jobs/submit.sh

Nothing is submitted. A part that is cut short is gone on with when its job is submitted again, and the
whole is put together when all have ended.)";

/// One word of a shell, whatever is in it.
std::string shell_word(const std::string& text) {
  std::string word = "'";
  for (const char c : text) word += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return word + "'";
}

std::string program_path() {
  std::error_code error;
  const auto path = std::filesystem::read_symlink("/proc/self/exe", error);
  return error ? "casus" : path.string();
}

int slurm(const SlurmSettings& s, const Common& common) {
  if (s.parts > s.runs) {
    throw UsageError(
        fmt::format("--parts {}: there are only {} to share out", s.parts, counted(s.runs, "run")));
  }
  // What is wrong with the scenario is said here, and not by every job.
  common.load(s.file);
  const std::string scenario =
      shell_word(std::filesystem::absolute(s.file).lexically_normal().string());
  const std::string casus = shell_word(program_path());
  const std::string head = "#!/bin/sh\n#SBATCH --job-name=casus\n";
  const std::string array = fmt::format(
      "{0}#SBATCH --array=1-{1}\n#SBATCH --cpus-per-task={2}\n#SBATCH --time={3}\n"
      "#SBATCH --signal=TERM@60\n"
      "part=part-$SLURM_ARRAY_TASK_ID\n"
      "# A job that was cut short and is submitted again goes on.\n"
      "if [ -e \"$part/manifest.json\" ]; then\n"
      "  exec {4} resume \"$part\" -j {2} --progress plain\n"
      "fi\n"
      "exec {4} run {5} -n {6} --seed {7} --shard auto -j {2} -o \"$part\" --progress plain\n",
      head, s.parts, s.threads, s.time, casus, scenario, s.runs, s.seed);
  std::string merge = head + "set --\n";
  merge += fmt::format("i=1\nwhile [ $i -le {} ]; do set -- \"$@\" part-$i; i=$((i + 1)); done\n",
                       s.parts);
  merge += fmt::format("exec {} merge \"$@\" -o whole\n", casus);
  const std::string submit =
      "#!/bin/sh\nset -e\ncd \"$(dirname \"$0\")\"\n"
      "array=$(sbatch --parsable array.sh)\n"
      "sbatch --dependency=afterok:\"$array\" merge.sh\n";
  ResultsFolder folder(s.out, false);
  const auto write = [&](const char* name, const std::string& text) {
    OutputFile file(folder.path(name));
    file.write(text);
    file.close();
  };
  write("array.sh", array);
  write("merge.sh", merge);
  write("submit.sh", submit);
  folder.publish();
  if (!common.quiet) {
    say(
        fmt::format("{0}/array.sh makes {1} in {2} parts, {0}/merge.sh puts them together\n"
                    "To submit both: sh {0}/submit.sh\n",
                    s.out, counted(s.runs, "run"), s.parts));
  }
  return exit_ok;
}

}  // namespace

void add_slurm(CLI::App& program, Common& common, Action& action) {
  auto settings = std::make_shared<SlurmSettings>();
  SlurmSettings& s = *settings;
  CLI::App& command =
      *program.add_subcommand("slurm", "Write the jobs of an ensemble for a cluster");
  command.add_option("FILE", s.file, "The scenario")->required()->type_name("");
  command.add_option("-n,--runs", s.runs, "How many runs (200)")
      ->check(CLI::Range(std::size_t{1}, std::size_t{1} << 31U).description(""))
      ->type_name("RUNS");
  command.add_option("--parts", s.parts, "How many jobs share them (8)")
      ->check(CLI::Range(std::size_t{1}, std::size_t{100'000}).description(""))
      ->type_name("N");
  command.add_option("-j,--threads", s.threads, "Workers of each job (8)")
      ->check(CLI::Range(std::size_t{1}, std::size_t{4096}).description(""))
      ->type_name("N");
  command.add_option("--time", s.time, "Time limit of each job (01:00:00)")
      ->check(CLI::Validator(
          [](std::string& text) {
            return text.empty() || text.find_first_not_of("0123456789:-") != std::string::npos
                       ? "--time " + text + ": write it as Slurm does, as in 02:00:00 or 1-12"
                       : std::string();
          },
          ""))
      ->type_name("TIME");
  command.add_option("--seed", s.seed, "Seed of all random draws (1)")->type_name("N");
  command.add_option("-o,--out", s.out, "Folder for the scripts and the parts (required)")
      ->required()
      ->type_name("DIR");
  add_read_limit(command, common);
  add_common(command, common);
  command.footer(slurm_examples);
  command.callback([settings, &common, &action] {
    action = [settings, &common] { return slurm(*settings, common); };
  });
}

}  // namespace casus::cli
