#include "casus/scenario/scenario.h"

#include <utility>

#include "casus/core/contracts.h"
#include "scenario/decode.h"
#include "scenario/edits.h"
#include "scenario/encode.h"
#include "scenario/files.h"
#include "scenario/order.h"
#include "scenario/relation_groups.h"
#include "text/emit.h"

namespace casus {

namespace {

void expand_relations(text::Node& root, text::Problems& problems) {
  text::Entry* relations = root.find("relations");
  if (relations != nullptr) scenario::expand_relations(relations->value, "relations", problems);
}

}  // namespace

// What a scenario was made from: kept so that it can be changed and written out again.
struct Scenario::Origin {
  Vocabulary vocabulary;
  text::Sources sources;
  scenario::Node root;
  std::vector<std::pair<std::string, std::string>> inputs;

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
    expand_relations(origin->root, problems);
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
    // Edits may have added relations in any form.
    expand_relations(origin->root, problems);
    scenario::order_by_name(origin->root);
    auto data = std::make_shared<ScenarioData>(
        scenario::decode(origin->root, origin->vocabulary, complete, problems));
    problems.throw_if_any();
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
  scenario::apply_edits(origin->root, edits, origin->sources, problems);
  return Origin::finish(std::move(origin), true, problems);
}

Scenario Scenario::without(const std::string& path) const {
  return with({{Edit::Kind::remove, path, {}}});
}

std::string Scenario::resolved() const {
  return "casus: scenario/1\n" + scenario::to_yaml(origin_->root);
}

const std::vector<std::pair<std::string, std::string>>& Scenario::inputs() const {
  return origin_->inputs;
}

}  // namespace casus
