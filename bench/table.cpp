#include "table.h"

#include <sys/resource.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdio>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

namespace casus::bench {
namespace {

using Run = benchmark::BenchmarkReporter::Run;

/// Three digits and a unit, the largest that leaves at least one before the point.
template <std::size_t N>
std::string scaled(double value, const std::pair<double, const char*> (&units)[N]) {
  std::size_t i = 0;
  while (i + 1 < N && std::abs(value) < units[i].first) ++i;
  const double shown = value / units[i].first;
  char text[48];
  std::snprintf(text, sizeof text, "%.*f %s",
                shown < 10.0    ? 2
                : shown < 100.0 ? 1
                                : 0,
                shown, units[i].second);
  return text;
}

std::string time(double seconds) {
  static constexpr std::pair<double, const char*> units[] = {
      {1.0, "s"}, {1e-3, "ms"}, {1e-6, "us"}, {1e-9, "ns"}};
  return scaled(seconds, units);
}

double counter(const Run& run, const char* name, double otherwise) {
  const auto found = run.counters.find(name);
  return found == run.counters.end() ? otherwise : found->second.value;
}

/// Seconds of real time an iteration.
double seconds(const Run& run) {
  return run.GetAdjustedRealTime() / benchmark::GetTimeUnitMultiplier(run.time_unit);
}

/// Bytes a second where they are what counts, else units a second.
std::string rate(const Run& run, double units) {
  static constexpr std::pair<double, const char*> bytes[] = {
      {1e9, "GB/s"}, {1e6, "MB/s"}, {1e3, "kB/s"}, {1.0, "B/s"}};
  static constexpr std::pair<double, const char*> items[] = {
      {1e9, "G/s"}, {1e6, "M/s"}, {1e3, "k/s"}, {1.0, "/s"}};
  const double size = counter(run, "bytes", 0.0);
  return size > 0.0 ? scaled(size / seconds(run), bytes) : scaled(units / seconds(run), items);
}

/// The name without what the harness adds about how it measured.
std::string name_of(const Run& run) {
  benchmark::BenchmarkName name = run.run_name;
  name.iterations.clear();
  name.min_time.clear();
  name.repetitions.clear();
  name.time_type.clear();
  return name.str() + (run.aggregate_name.empty() ? "" : "_" + run.aggregate_name);
}

struct Label {
  std::string unit, part, state;
};

Label read(const std::string& label) {
  const std::size_t space = label.find(' ');
  Label l;
  l.unit = label.substr(0, space);
  if (space != std::string::npos) l.state = label.substr(space + 1);
  if (const std::size_t slash = l.unit.find('/'); slash != std::string::npos) {
    l.part = l.unit.substr(slash + 1);
    l.unit.resize(slash);
  }
  return l;
}

}  // namespace

bool Table::ReportContext(const Context& context) {
  const benchmark::CPUInfo& cpu = context.cpu_info;
  GetOutputStream() << cpu.num_cpus << " processors at " << cpu.cycles_per_second / 1e6 << " MHz";
  if (!cpu.load_avg.empty()) GetOutputStream() << ", load " << cpu.load_avg.front();
  GetOutputStream() << '\n';
  width_ = 40;
  std::string head = "benchmark";
  head.resize(width_, ' ');
  char text[128];
  std::snprintf(text, sizeof text, "%10s %-14s%10s %-12s%12s  %s\n", "time", "of one", "time",
                "of one", "rate", "state");
  GetOutputStream() << head << text << std::flush;
  return true;
}

void Table::row(const Run& run) {
  std::string name = name_of(run);
  name.resize(std::max(name.size() + 1, width_), ' ');
  std::ostream& out = GetOutputStream();
  if (run.error_occurred) {
    failed_ = true;
    out << name << "ERROR: " << run.error_message.substr(0, run.error_message.find('\n')) << '\n';
    return;
  }
  char text[160];
  if (run.report_big_o) {
    // The coefficient: what one more of what the size counts costs.
    std::snprintf(text, sizeof text, "%10s %-14s", time(seconds(run)).c_str(), "of the size");
  } else if (run.report_rms || run.aggregate_unit == benchmark::kPercentage) {
    // The harness keeps the two in different units.
    const double share = run.report_rms ? run.GetAdjustedRealTime() : run.real_accumulated_time;
    std::snprintf(text, sizeof text, "%8.1f %%", 100.0 * share);
  } else {
    const Label label = read(run.report_label);
    if (run.aggregate_name != "stddev") {  // there it is the spread of the counts, which is none
      units_ = counter(run, "units", 1.0);
      parts_ = counter(run, "parts", 0.0);
    }
    const double unit = seconds(run) / units_;
    std::snprintf(
        text, sizeof text, "%10s %-14s%10s %-12s%12s  %s", time(unit).c_str(), label.unit.c_str(),
        parts_ > 0.0 ? time(unit / parts_).c_str() : "", label.part.c_str(),
        run.aggregate_name == "stddev" ? "" : rate(run, units_).c_str(), label.state.c_str());
  }
  out << name << text << '\n';
}

void Table::ReportRuns(const std::vector<Run>& runs) {
  for (const Run& run : runs) row(run);
  GetOutputStream() << std::flush;
}

void Table::Finalize() {
  rusage usage{};
  if (getrusage(RUSAGE_SELF, &usage) != 0) return;
  GetOutputStream() << "peak memory " << usage.ru_maxrss / 1024 << " MiB" << std::endl;
}

}  // namespace casus::bench
