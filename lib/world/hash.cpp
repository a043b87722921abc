#include <bit>
#include <type_traits>

#include "casus/world/columns.h"

namespace casus {
namespace {

class Digest {
 public:
  void add(std::uint64_t x) { h_ = mix(h_, x); }
  void add(double x) { add(std::bit_cast<std::uint64_t>(x)); }
  template <class T>
  void add(const std::vector<T>& column) {
    add(static_cast<std::uint64_t>(column.size()));
    for (const T& x : column) add_one(x);
  }
  std::uint64_t value() const { return h_; }
  std::uint64_t& raw() { return h_; }

 private:
  template <class T>
  void add_one(const T& x) {
    if constexpr (std::is_same_v<T, double>) {
      add(x);
    } else if constexpr (std::is_same_v<T, std::string>) {
      add(name_hash(x));
    } else if constexpr (std::is_enum_v<T> || std::is_integral_v<T>) {
      add(static_cast<std::uint64_t>(x));
    } else if constexpr (requires { x.value; }) {
      add(x.value);
    } else {
      add(static_cast<std::uint64_t>(x.valid() ? x.row() : ~std::uint64_t{0}));
    }
  }

  std::uint64_t h_ = 0x6361737573ULL;
};

std::uint64_t row(auto id) { return id.valid() ? id.row() : ~std::uint64_t{0}; }

void add_conflicts(Digest& d, const World& w) {
  for (const std::size_t n : {w.wars.size(), w.crises.size(), w.measures.size()}) {
    d.add(static_cast<std::uint64_t>(n));
  }
  for (const War& war : w.wars) {
    d.add(war.key);
    d.add(static_cast<std::uint64_t>(war.state));
    d.add(static_cast<std::uint64_t>(war.interstate));
    d.add(static_cast<std::uint64_t>(war.begun_by));
    d.add(static_cast<std::uint64_t>(war.since));
    d.add(war.begun_day);
    d.add(war.ceasefire_until_day);
    d.add(war.mediated_until_day);
    d.add(war.deaths);
    for (const Belligerent& b : war.belligerents()) {
      d.add((row(b.actor) << 16) + (static_cast<std::uint64_t>(b.side) << 8) + b.active);
      d.add(static_cast<std::uint64_t>(b.since));
    }
  }
  for (const Crisis& c : w.crises) {
    d.add(c.key);
    d.add(row(c.challenger)), d.add(row(c.organisation)), d.add(row(c.target));
    d.add(static_cast<std::uint64_t>(c.issue));
    d.add(static_cast<std::uint64_t>(c.stage));
    d.add(c.stake);
    d.add(c.begun_day);
    d.add(c.deadline_day);
  }
  for (const Measure& m : w.measures) {
    d.add(m.key);
    d.add(static_cast<std::uint64_t>(m.kind));
    d.add(row(m.by)), d.add(row(m.organisation)), d.add(row(m.on));
    d.add(m.size);
    d.add(m.begun_day);
    d.add(static_cast<std::uint64_t>(m.active));
  }
}

}  // namespace

std::uint64_t hash(const World& w) {
  Digest d;
  const auto add = [&](const auto&, const auto& values) { d.add(values); };
  for_each_column(w.regions, add);
  for_each_column(w.actors, add);
  for_each_column(w.presences, add);
  w.relations.hash_into(d.raw());
  add_conflicts(d, w);
  for (const law::Pact& pact : w.pacts) d.add(law::hash(pact));
  return d.value();
}

}  // namespace casus
