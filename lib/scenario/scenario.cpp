#include "casus/scenario/scenario.h"

#include <utility>

#include "casus/core/contracts.h"
#include "scenario/decode.h"
#include "scenario/edits.h"
#include "scenario/encode.h"
#include "scenario/files.h"
#include "scenario/oddities.h"
#include "scenario/order.h"
#include "scenario/relation_groups.h"
#include "scenario/remove.h"
#include "scenario/treaties.h"
#include "text/emit.h"

namespace casus {

namespace {

/// For what names relations one by one.
void expand_relations(text::Node& root, text::Problems& problems) {
  text::Entry* relations = root.find("relations");
  if (relations != nullptr) scenario::expand_relations(relations->value, "relations", problems);
}

}  // namespace

namespace scenario {
namespace {

/// What of the treaties is not for this scenario; what names a pact that is gone finds nothing.
std::vector<Diagnostic> leave_out(Node& root, const Treaties& treaties, const Sources& sources) {
  LeftOut out = leave_out_absent(root, "actors", treaties, sources);
  for (const std::string& pact : out.pacts) remove_references(root, "pacts." + pact);
  if (!out.pacts.empty()) order_by_name(root);
  return std::move(out.notes);
}

}  // namespace
}  // namespace scenario

// What a scenario was made from: kept so that it can be changed and written out again.
struct Scenario::Origin {
  Vocabulary vocabulary;
  text::Sources sources;
  /// As written: with all that its treaties name, and relations among several as one.
  scenario::Node root;
  scenario::Treaties treaties;
  std::vector<std::uint32_t> inputs;  ///< of the sources
  std::vector<Diagnostic> notes;

  explicit Origin(const ReadLimits& limits) : sources(limits) {}

  static Scenario read(const std::string& name, const std::string* text,
                       const Vocabulary& vocabulary, const std::vector<Edit>& edits,
                       const ReadLimits& limits) {
    CASUS_EXPECTS(limits.megabytes > 0, "nothing may be read");
    auto origin = std::make_shared<Origin>(limits);
    origin->vocabulary = vocabulary;
    text::Problems problems(origin->sources);
    scenario::Merged merged = scenario::read_files(name, text, origin->sources, problems);
    origin->root = std::move(merged.root);
    origin->inputs = std::move(merged.inputs);
    origin->treaties = std::move(merged.treaties);
    if (!merged.edits.empty() || !edits.empty()) expand_relations(origin->root, problems);
    scenario::take_old_spellings(origin->root, problems);
    scenario::note_ambiguous_words(origin->root, problems);
    scenario::apply_edits(origin->root, merged.edits, problems);
    scenario::apply_edits(origin->root, edits, origin->sources, problems);
    return finish(std::move(origin), merged.complete, problems);
  }

  static Scenario make(const ScenarioData& data, const Vocabulary& vocabulary) {
    auto origin = std::make_shared<Origin>(ReadLimits{});
    origin->vocabulary = vocabulary;
    origin->sources.add("a scenario made by a program", "");
    text::Problems problems(origin->sources);
    origin->root = scenario::encode(data, vocabulary, problems);
    return finish(std::move(origin), true, problems);
  }

  static Scenario finish(std::shared_ptr<Origin> origin, bool complete, text::Problems& problems) {
    scenario::take_old_spellings(origin->root, problems);
    scenario::order_by_name(origin->root);
    origin->notes.clear();
    std::shared_ptr<ScenarioData> data;
    const auto decode = [&](const scenario::Node& tree) {
      data = std::make_shared<ScenarioData>(
          scenario::decode(tree, origin->vocabulary, complete, problems));
      problems.throw_if_any();
      scenario::warn_of_oddities(tree, *data, origin->vocabulary, problems);
    };
    if (origin->treaties.files.empty()) {
      decode(origin->root);
    } else {
      // What a treaty has left out here is there again once an edit brings the actor.
      scenario::Node root = origin->root;
      origin->notes = scenario::leave_out(root, origin->treaties, origin->sources);
      decode(root);
    }
    const std::vector<Diagnostic>& remarks = problems.remarks();
    origin->notes.insert(origin->notes.end(), remarks.begin(), remarks.end());
    Scenario made;
    made.data_ = std::move(data);
    made.origin_ = std::move(origin);
    return made;
  }
};

Scenario Scenario::load(const std::string& file, const Vocabulary& vocabulary,
                        const std::vector<Edit>& edits, const ReadLimits& limits) {
  return Origin::read(file, nullptr, vocabulary, edits, limits);
}

Scenario Scenario::parse(const std::string& text, const std::string& name,
                         const Vocabulary& vocabulary, const std::vector<Edit>& edits,
                         const ReadLimits& limits) {
  return Origin::read(name, &text, vocabulary, edits, limits);
}

Scenario Scenario::make(const ScenarioData& data, const Vocabulary& vocabulary) {
  return Origin::make(data, vocabulary);
}

const Vocabulary& Scenario::vocabulary() const { return origin_->vocabulary; }

Scenario Scenario::with(const std::vector<Edit>& edits) const {
  auto origin = std::make_shared<Origin>(*origin_);
  text::Problems problems(origin->sources);
  expand_relations(origin->root, problems);
  scenario::apply_edits(origin->root, edits, origin->sources, problems);
  return Origin::finish(std::move(origin), true, problems);
}

Scenario Scenario::without(const std::string& path) const {
  return with({{Edit::Kind::remove, path, {}}});
}

std::string Scenario::resolved() const {
  text::Problems problems(origin_->sources);
  const auto written = [&](const scenario::Node& root) {
    std::string text = "casus: scenario/1\n";
    for (const scenario::Entry& section : root.entries) {
      scenario::Node one;  // a copy of a large world at once would be large
      one.kind = scenario::Node::Kind::map;
      one.entries.push_back(section);
      if (section.key == "relations") {
        expand_relations(one, problems);
        scenario::order_by_name(one);
      }
      text += scenario::to_yaml(one);
    }
    return text;
  };
  if (origin_->treaties.files.empty()) return written(origin_->root);
  scenario::Node root = origin_->root;
  scenario::leave_out(root, origin_->treaties, origin_->sources);
  return written(root);
}

const std::vector<Diagnostic>& Scenario::notes() const { return origin_->notes; }

std::vector<std::pair<std::string_view, std::string_view>> Scenario::inputs() const {
  std::vector<std::pair<std::string_view, std::string_view>> files;
  files.reserve(origin_->inputs.size());
  for (const std::uint32_t file : origin_->inputs) {
    files.emplace_back(origin_->sources[file].name, origin_->sources[file].text);
  }
  return files;
}

}  // namespace casus
