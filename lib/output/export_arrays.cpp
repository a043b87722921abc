#include <fmt/format.h>
#include <netcdf.h>

#include <bit>
#include <cstring>
#include <limits>
#include <nlohmann/json.hpp>
#include <span>

#include "casus/output/version.h"
#include "output/export_forms.h"

namespace casus {
namespace {

using Json = nlohmann::ordered_json;

std::string text_of(Date date) { return to_string(date); }

/// Numbers along axes, row by row, as NumPy reads them (format 1.0 of .npy).
class NpyFile {
 public:
  NpyFile(const std::string& path, const char* type, std::span<const std::size_t> shape)
      : file_(path) {
    std::string axes;
    for (const std::size_t n : shape) axes += std::to_string(n) + ",";
    std::string head =
        fmt::format("{{'descr': '{}', 'fortran_order': False, 'shape': ({}), }}", type, axes);
    constexpr std::size_t before = 10, block = 64;
    head.append(block - (before + head.size() + 1) % block, ' ');
    head += '\n';
    const auto size = static_cast<std::uint16_t>(head.size());
    std::string start("\x93NUMPY\x01\x00", 8);
    start += static_cast<char>(size & 0xffU);
    start += static_cast<char>(size >> 8U);
    file_.write(start + head);
  }
  template <class Number>
  void add(Number value) {
    char bytes[sizeof(Number)];
    std::memcpy(bytes, &value, sizeof value);
    static_assert(std::endian::native == std::endian::little, "written as they lie in memory");
    file_.write({bytes, sizeof bytes});
  }
  FileDigest close() { return file_.close(); }

 private:
  OutputFile file_;
};

/// The moments at which every run is observed that came to its end.
std::vector<std::uint32_t> moments(const ScenarioData& data) {
  const SeriesObserver observer(data);
  std::vector<std::uint32_t> steps;
  for (std::uint32_t s = 0; s <= data.clock.steps(); ++s) {
    if (observer.due(s)) steps.push_back(s);
  }
  return steps;
}

std::string column_name(const SeriesColumn& c) {
  return c.kind + "." + c.entity + "." + c.variable;
}

/// Calls with each number of the series, run by run, moment by moment; NaN where a run has none.
template <class Call>
void each_value(const Exporter& e, const std::vector<std::uint32_t>& steps, Call call) {
  const std::size_t columns = e.store.header().series.size();
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  for (std::size_t r = 0; r < e.results.runs.size(); ++r) {
    const std::vector<Observation> series = e.store.series(e.results.runs[r].run);
    std::vector<float> all;
    all.reserve(steps.size() * columns);
    std::size_t at = 0;
    for (const std::uint32_t step : steps) {
      while (at < series.size() && series[at].step < step) ++at;
      const bool there = at < series.size() && series[at].step == step;
      for (std::size_t c = 0; c < columns; ++c) {
        all.push_back(static_cast<float>(there ? series[at].values[c] : nan));
      }
    }
    call(r, all);
  }
}

double outcome_of(const StoredRun& run, std::size_t i) {
  return run.result.failure ? std::numeric_limits<double>::quiet_NaN()
                            : run.result.outcomes[i].value;
}

/// A netCDF file that is being written. Every call throws OutputError.
class NetcdfFile {
 public:
  explicit NetcdfFile(const std::string& path) : path_(path) {
    check(nc_create(path.c_str(), NC_NETCDF4 | NC_NOCLOBBER, &id_));
  }
  ~NetcdfFile() {
    if (open_) nc_abort(id_);
  }
  NetcdfFile(const NetcdfFile&) = delete;
  NetcdfFile& operator=(const NetcdfFile&) = delete;

  int dimension(const char* name, std::size_t size) {
    int dimension = 0;
    check(nc_def_dim(id_, name, size, &dimension));
    return dimension;
  }
  int variable(const char* name, nc_type type, const std::vector<int>& dimensions,
               const std::string& about, const std::string& unit = {}) {
    int variable = 0;
    check(nc_def_var(id_, name, type, static_cast<int>(dimensions.size()), dimensions.data(),
                     &variable));
    attribute(variable, "long_name", about);
    if (!unit.empty()) attribute(variable, "units", unit);
    if (type == NC_FLOAT || type == NC_DOUBLE) {
      constexpr int shuffle = 1, deflate = 1, level = 5;
      check(nc_def_var_deflate(id_, variable, shuffle, deflate, level));
    }
    return variable;
  }
  void attribute(int variable, const char* name, const std::string& text) {
    check(nc_put_att_text(id_, variable, name, text.size(), text.c_str()));
  }
  void end_definitions() { check(nc_enddef(id_)); }
  void texts(int variable, const std::vector<std::string>& all) {
    std::vector<const char*> pointers;
    pointers.reserve(all.size());
    for (const std::string& text : all) pointers.push_back(text.c_str());
    if (!pointers.empty()) check(nc_put_var_string(id_, variable, pointers.data()));
  }
  void numbers(int variable, const std::vector<double>& all) {
    if (!all.empty()) check(nc_put_var_double(id_, variable, all.data()));
  }
  void part(int variable, const std::vector<std::size_t>& start,
            const std::vector<std::size_t>& count, const std::vector<float>& all) {
    if (!all.empty()) {
      check(nc_put_vara_float(id_, variable, start.data(), count.data(), all.data()));
    }
  }
  void close() {
    open_ = false;
    check(nc_close(id_));
  }

 private:
  void check(int code) const {
    if (code == NC_NOERR) return;
    throw OutputError("E0602", path_, fmt::format("cannot be written: {}", nc_strerror(code)));
  }

  std::string path_;
  int id_ = 0;
  bool open_ = true;
};

}  // namespace

void export_npy(Exporter& e) {
  const StoreHeader& h = e.store.header();
  const std::vector<std::uint32_t> steps = moments(e.scenario.data());
  const std::size_t runs = e.results.runs.size();
  {
    const std::size_t shape[] = {runs, steps.size(), h.series.size()};
    NpyFile file(e.folder.path("series.npy"), "<f4", shape);
    each_value(e, steps, [&](std::size_t, const std::vector<float>& all) {
      for (const float x : all) file.add(x);
    });
    e.keep(file.close());
  }
  const std::size_t outcome_shape[] = {runs, h.outcomes.size()};
  const std::size_t input_shape[] = {runs, h.inputs.size()};
  NpyFile outcomes(e.folder.path("outcomes.npy"), "<f8", outcome_shape);
  NpyFile inputs(e.folder.path("inputs.npy"), "<f8", input_shape);
  e.store.each([&](const StoredRun& run) {
    for (std::size_t i = 0; i < h.outcomes.size(); ++i) outcomes.add(outcome_of(run, i));
    for (std::size_t i = 0; i < h.inputs.size(); ++i) inputs.add(run.result.inputs.at(i));
  });
  e.keep(outcomes.close());
  e.keep(inputs.close());
  Json axes{{"run", Json::array()},
            {"date", Json::array()},
            {"series", Json::array()},
            {"outcomes", Json::array()},
            {"inputs", Json::array()}};
  for (const RecordedRun& run : e.results.runs) axes["run"].push_back(run.run);
  for (const std::uint32_t s : steps) axes["date"].push_back(text_of(e.scenario->clock.date(s)));
  for (const SeriesColumn& c : h.series) {
    axes["series"].push_back(
        {{"kind", c.kind}, {"entity", c.entity}, {"variable", c.variable}, {"unit", c.unit}});
  }
  for (const auto& o : h.outcomes) {
    axes["outcomes"].push_back({{"name", o.name}, {"title", o.title}, {"unit", o.unit}});
  }
  for (const InputInfo& i : h.inputs)
    axes["inputs"].push_back({{"path", i.path}, {"unit", i.unit}});
  OutputFile file(e.folder.path("axes.json"));
  file.write(axes.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
  e.keep(file.close());
}

void export_netcdf(Exporter& e) {
  const StoreHeader& h = e.store.header();
  const ScenarioData& data = e.scenario.data();
  const std::vector<std::uint32_t> steps = moments(data);
  const std::string path = e.folder.path("results.nc");
  const std::size_t runs = e.results.runs.size();
  NetcdfFile file(path);
  file.attribute(NC_GLOBAL, "title", data.title);
  file.attribute(NC_GLOBAL, "source", "casus " + version());
  file.attribute(NC_GLOBAL, "seed", std::to_string(h.seed));
  const int run = file.dimension("run", runs), time = file.dimension("time", steps.size());
  const int column = file.dimension("column", h.series.size());
  const int outcome = file.dimension("outcome", h.outcomes.size());
  const int run_id = file.variable("run", NC_DOUBLE, {run}, "number of the run");
  const int time_id = file.variable("time", NC_DOUBLE, {time}, "of the observation",
                                    "days since " + text_of(data.clock.start));
  const int name_id = file.variable("column", NC_STRING, {column}, "kind.entity.variable");
  const int kind_id = file.variable("kind", NC_STRING, {column}, "kind of the entity");
  const int entity_id = file.variable("entity", NC_STRING, {column}, "what is observed");
  const int variable_id = file.variable("variable", NC_STRING, {column}, "what is observed of it");
  const int unit_id = file.variable("unit", NC_STRING, {column}, "unit of the column");
  const int series_id =
      file.variable("series", NC_FLOAT, {run, time, column}, "what was observed of the runs");
  const int outcome_name_id = file.variable("outcome", NC_STRING, {outcome}, "name of the outcome");
  const int outcome_unit_id = file.variable("outcome_unit", NC_STRING, {outcome}, "its unit");
  const int outcomes_id =
      file.variable("outcomes", NC_DOUBLE, {run, outcome}, "outcomes of the runs");
  int input_name_id = 0, inputs_id = 0;
  if (!h.inputs.empty()) {
    const int input = file.dimension("input", h.inputs.size());
    input_name_id = file.variable("input", NC_STRING, {input}, "path of the prior");
    inputs_id = file.variable("inputs", NC_DOUBLE, {run, input}, "what the runs drew");
  }
  file.end_definitions();
  std::vector<double> numbers, days, outcomes, inputs;
  for (const RecordedRun& r : e.results.runs) numbers.push_back(r.run);
  for (const std::uint32_t s : steps) days.push_back(s * data.clock.days());
  std::vector<std::string> names, kinds, entities, variables, units, outcome_names, outcome_units;
  for (const SeriesColumn& c : h.series) {
    names.push_back(column_name(c));
    kinds.push_back(c.kind);
    entities.push_back(c.entity);
    variables.push_back(c.variable);
    units.push_back(c.unit);
  }
  for (const auto& o : h.outcomes) {
    outcome_names.push_back(o.name);
    outcome_units.push_back(o.unit);
  }
  file.numbers(run_id, numbers);
  file.numbers(time_id, days);
  file.texts(name_id, names);
  file.texts(kind_id, kinds);
  file.texts(entity_id, entities);
  file.texts(variable_id, variables);
  file.texts(unit_id, units);
  file.texts(outcome_name_id, outcome_names);
  file.texts(outcome_unit_id, outcome_units);
  e.store.each([&](const StoredRun& r) {
    for (std::size_t i = 0; i < h.outcomes.size(); ++i) outcomes.push_back(outcome_of(r, i));
    inputs.insert(inputs.end(), r.result.inputs.begin(), r.result.inputs.end());
  });
  file.numbers(outcomes_id, outcomes);
  if (!h.inputs.empty()) {
    std::vector<std::string> paths;
    for (const InputInfo& i : h.inputs) paths.push_back(i.path);
    file.texts(input_name_id, paths);
    file.numbers(inputs_id, inputs);
  }
  each_value(e, steps, [&](std::size_t r, const std::vector<float>& all) {
    file.part(series_id, {r, 0, 0}, {1, steps.size(), h.series.size()}, all);
  });
  file.close();
  e.keep(digest_file(path));
}

}  // namespace casus
