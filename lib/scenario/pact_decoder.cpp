#include "scenario/pact_decoder.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "scenario/decoder.h"
#include "text/read_sections.h"

namespace casus::scenario {

PactDecoder::PactDecoder(Problems& found) : text::Decoder(found, {"actor", actor_kind_words()}) {}

std::span<const std::string_view> actor_kind_words() {
  static constexpr std::string_view words[] = {"state", "armed_group", "external"};
  return words;
}

void PactDecoder::note_kinds(const Node* section, std::optional<ActorKind> usual) {
  kinds.assign(actors.names.size(), usual);
  if (section == nullptr) return;
  for (std::size_t a = 0; a < actors.names.size(); ++a) {
    const Entry* actor = entry_of(section, a, actors.names[a]);
    const Entry* kind = actor == nullptr ? nullptr : actor->value.find("kind");
    if (kind == nullptr) continue;
    const auto words = actor_kind_words();
    const auto word = std::find(words.begin(), words.end(), kind->value.text);
    kinds[a] = word == words.end() ? std::nullopt
                                   : std::optional(static_cast<ActorKind>(word - words.begin()));
  }
}

std::optional<law::AreaSet> PactDecoder::intern_area(const std::string& area) {
  if (!areas->find(area) && areas->names().size() >= law::AreaNames::most) return std::nullopt;
  return areas->intern(area);
}

bool PactDecoder::check_kind(ActorId actor, const FieldInfo& f, const Node& node,
                             const std::string& path) {
  const auto& kind = kinds[actor.row()];
  if (!kind || (f.of_kinds >> static_cast<unsigned>(*kind) & 1U) != 0) return true;
  Diagnostic& d =
      problems.add("E0308", node.at, path,
                   fmt::format("'{}' is of kind {}; here it takes one of kind {}", node.text,
                               entry_kinds.words[static_cast<std::size_t>(*kind)],
                               entry_kinds.list(f.of_kinds, " or ")));
  problems.note(d, actors.at[actor.row()], fmt::format("'{}' is defined here", node.text));
  return false;
}

bool PactDecoder::was_removed(std::string_view section, std::string_view name) const {
  return removed.contains(fmt::format("{}.{}", section, name));
}

bool PactDecoder::read(const Node& node, const FieldInfo&, const std::string& path, RegionId& out) {
  const auto row = look_up(regions, node, path);
  if (!row) return false;
  out = RegionId(*row);
  return true;
}

bool PactDecoder::read(const Node& node, const FieldInfo& f, const std::string& path,
                       ActorId& out) {
  const auto row = look_up(actors, node, path);
  if (!row || !check_kind(ActorId(*row), f, node, path)) return false;
  out = ActorId(*row);
  return true;
}

bool PactDecoder::read(const Node& node, const FieldInfo& f, const std::string& path,
                       std::vector<ActorId>& out) {
  std::vector<ActorId> values;
  bool good = true;
  for (const Node* item : items(node)) {
    ActorId id;
    good = read(*item, f, path, id) && good;
    if (id.valid() && std::find(values.begin(), values.end(), id) != values.end()) {
      good = fail("E0102", item->at, path, fmt::format("'{}' is listed twice", item->text));
    }
    values.push_back(id);
  }
  if (good) out = std::move(values);
  return good;
}

bool PactDecoder::read(const Node& node, const FieldInfo& f, const std::string& path,
                       std::vector<RegionId>& out) {
  std::vector<RegionId> values;
  bool good = true;
  for (const Node* item : items(node)) {
    RegionId id;
    good = read(*item, f, path, id) && good;
    values.push_back(id);
  }
  if (good) out = std::move(values);
  return good;
}

bool PactDecoder::read(const Node& node, const FieldInfo&, const std::string& path, PactId& out) {
  const auto row = look_up(pacts, node, path);
  if (!row) return false;
  out = PactId(*row);
  return true;
}

bool Decoder::read_party(const Node& node, const FieldInfo& f, const std::string& path,
                         ActorId& actor, PactId& pact) {
  if (node.is_scalar() && !actors.row(node.text)) {
    const auto row = pacts.row(node.text);
    if (!row) return unknown_name({&actors, &pacts}, node, path);
    pact = PactId(*row);
    return true;
  }
  return read(node, f, path, actor);
}

}  // namespace casus::scenario
