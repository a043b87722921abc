#include <fmt/format.h>

#include <list>
#include <string>
#include <string_view>
#include <vector>

#include "scenario/pact_tables.h"
#include "text/write_fields.h"

// How contested questions of the law are read: `doctrines` of a scenario, `doctrine` of a case.
namespace casus::scenario {
namespace {

const law::Question* question_of(const FieldInfo& f) {
  for (const law::Question& q : law::questions()) {
    if (q.name == f.name) return &q;
  }
  return nullptr;
}

bool read_reading(PactDecoder& d, const Node& node, const FieldInfo& f, const std::string& path,
                  law::Doctrines& out) {
  std::string word;
  if (!d.read(node, FieldInfo{}, path, word)) return false;
  const law::Question* q = question_of(f);
  for (std::size_t i = 0; q != nullptr && i < q->readings.size(); ++i) {
    if (q->readings[i].name != word) continue;
    q->set(out, static_cast<std::uint8_t>(i));
    return true;
  }
  return d.fail("E0208", node.at, path, fmt::format("'{}' is not a reading of '{}'", word, f.name),
                did_you_mean(nearest(word, {f.words.begin(), f.words.end()})));
}

Node write_reading(const Encoder&, const FieldInfo& f, const law::Doctrines& in) {
  const law::Question* q = question_of(f);
  const std::uint8_t reading = q == nullptr ? 0 : q->get(in);
  return reading == 0 ? Node{} : scalar_node(std::string(q->readings[reading].name), {});
}

}  // namespace

std::span<const PactField<law::Doctrines>> doctrine_fields() {
  static std::list<std::vector<std::string_view>> names;  // the rows hold views
  static std::list<std::string> texts;
  static const std::vector<PactField<law::Doctrines>> rows = [] {
    std::vector<PactField<law::Doctrines>> all;
    for (const law::Question& q : law::questions()) {
      std::vector<std::string_view> words;
      std::string doc(q.doc);
      for (const law::Reading& r : q.readings) {
        words.push_back(r.name);
        doc += fmt::format(" {}: {} ({}).", r.name, r.doc, r.source);
      }
      if (!q.unsaid_in_scenarios.empty()) {
        doc += fmt::format(" No act of a scenario says {}, so that nothing turns on it there.",
                           q.unsaid_in_scenarios);
      }
      all.push_back({{.name = q.name,
                      .type = Type::word,
                      .fallback = std::string(q.readings.front().name),
                      .words = names.emplace_back(std::move(words)),
                      .doc = texts.emplace_back(std::move(doc))},
                     read_reading,
                     write_reading});
    }
    return all;
  }();
  return rows;
}

}  // namespace casus::scenario
