#pragma once

#include <functional>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "casus/core/ids.h"
#include "casus/law/pact.h"
#include "casus/world/kinds.h"
#include "text/fields.h"

namespace casus::scenario {

using namespace text;

/// Bits of FieldInfo::kinds and of_kinds.
inline constexpr unsigned states = 1U << static_cast<unsigned>(ActorKind::state);
inline constexpr unsigned groups = 1U << static_cast<unsigned>(ActorKind::armed_group);
inline constexpr unsigned externals = 1U << static_cast<unsigned>(ActorKind::external);

/// Reads what names actors, regions, pacts, areas and conflicts: all that a pact may name.
class PactDecoder : public text::Decoder {
 public:
  explicit PactDecoder(Problems& found);

  NameTable regions{"region", "E0302"}, actors{"actor", "E0301"}, pacts{"pact", "E0303"};
  std::vector<std::optional<ActorKind>> kinds;  ///< of each actor, where it is readable
  law::AreaNames* areas = nullptr;              ///< those that regions have
  /// Names that an article's `conflict` may give: wars, and crises or disputes.
  std::set<std::string, std::less<>> conflicts;
  /// "pacts.aes": taken out by an edit; filters and conditions may still name it.
  std::set<std::string, std::less<>> removed;

  /// Looks up the kind of each of `actors` in its section; `usual` is of those that give none.
  void note_kinds(const Node* section, std::optional<ActorKind> usual);
  /// The area of that name, a new one if need be; nothing where there are too many.
  std::optional<law::AreaSet> intern_area(const std::string& area);

  using text::Decoder::read;
  bool read(const Node& node, const FieldInfo& f, const std::string& path, RegionId& out);
  bool read(const Node& node, const FieldInfo& f, const std::string& path, ActorId& out);
  bool read(const Node& node, const FieldInfo& f, const std::string& path, PactId& out);
  bool read(const Node& node, const FieldInfo& f, const std::string& path,
            std::vector<ActorId>& out);
  bool read(const Node& node, const FieldInfo& f, const std::string& path,
            std::vector<RegionId>& out);
  template <class Tag>
  bool read(const Node& node, const FieldInfo& f, const std::string& path,
            std::optional<Id<Tag>>& out) {
    Id<Tag> id;
    if (!read(node, f, path, id)) return false;
    out = id;
    return true;
  }

  bool check_kind(ActorId actor, const FieldInfo& f, const Node& node, const std::string& path);
  bool was_removed(std::string_view section, std::string_view name) const;
};

template <class S>
using PactField = text::Field<S, PactDecoder>;

/// A row of the tables of pacts: `pact_field<&law::Article::title>({...})`.
template <auto Member>
constexpr auto pact_field(FieldInfo info) {
  return text::field<Member, PactDecoder>(info);
}

/// "state", "armed_group", "external".
std::span<const std::string_view> actor_kind_words();

}  // namespace casus::scenario
