#include "scenario/treaties.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <map>
#include <utility>

namespace casus::scenario {
namespace {

using Names = std::set<std::string, std::less<>>;

Names keys_of(const Node& root, std::string_view section) {
  Names names;
  if (const Entry* e = root.find(section)) {
    for (const Entry& entry : e->value.entries) names.insert(entry.key);
  }
  return names;
}

bool flag(const Node& node, std::string_view key) {
  const Entry* e = node.find(key);
  return e != nullptr && e->value.text == "true";
}

bool says(const Node& node, std::string_view key, std::string_view word) {
  const Entry* e = node.find(key);
  return e != nullptr && e->value.text == word;
}

void erase_key(Node& node, std::string_view key) {
  erase_if(node.entries, [&](const Entry& e) { return e.key == key; });
}

std::size_t size(const Node& node) { return node.items.size() + node.entries.size(); }

class Pruner {
 public:
  Pruner(Node& root, std::string_view actors_section, const Treaties& treaties,
         const Sources& sources)
      : root_(root),
        treaties_(treaties),
        sources_(sources),
        actors_(keys_of(root, actors_section)) {
    declared_ = treaties.others;
    if (const Entry* pacts = root.find("pacts")) {
      for (const Entry& pact : pacts->value.entries) declare(pact);
    }
    if (const Entry* regions = root.find("regions")) {
      places_known_ = true;
      for (const Entry& region : regions->value.entries) {
        places_.insert(region.key);
        const Entry* areas = region.value.find("areas");
        if (areas == nullptr) continue;
        for (const Node& area : areas->value.items) places_.insert(area.text);
        places_.insert(areas->value.text);
      }
    }
  }

  LeftOut run() {
    Entry* pacts = root_.find("pacts");
    if (pacts == nullptr) return {};
    for (Entry& pact : pacts->value.entries) {
      if (ours(pact.key_at) && pact.value.is_map()) members(pact);
    }
    erase_if(pacts->value.entries, [&](const Entry& pact) {
      return std::find(out_.pacts.begin(), out_.pacts.end(), pact.key) != out_.pacts.end();
    });
    there_ = keys_of(root_, "pacts");
    for (Entry& pact : pacts->value.entries) {
      if (ours(pact.key_at) && pact.value.is_map()) rest(pact);
    }
    return std::move(out_);
  }

 private:
  bool ours(const Position& at) const { return treaties_.files.contains(at.file); }

  bool all_ours(const Node& node) const {
    const auto entry_is = [&](const Entry& e) { return ours(e.key_at) && all_ours(e.value); };
    return (node.is_null() || ours(node.at)) &&
           std::all_of(node.items.begin(), node.items.end(),
                       [&](const Node& item) { return all_ours(item); }) &&
           std::all_of(node.entries.begin(), node.entries.end(), entry_is);
  }

  void declare(const Entry& pact) {
    if (!ours(pact.key_at)) return;
    declared_.insert(pact.key);
    const Entry* members = pact.value.find("members");
    if (members == nullptr) return;
    for (const Node& item : members->value.items) {
      if (ours(item.at)) declared_.insert(item.text);
    }
    for (const Entry& e : members->value.entries) {
      if (ours(e.key_at)) declared_.insert(e.key);
    }
  }

  bool absent(const std::string& name, const Position& at, const Names& present) const {
    return ours(at) && !present.contains(name) && declared_.contains(name);
  }

  /// Takes absent names out of a list, or the key away if it gives only such. True if none is left.
  bool drop_names(Node& map, std::string_view key, const Names& present) {
    Entry* e = map.find(key);
    if (e == nullptr) return false;
    const auto goes = [&](const Node& item) {
      return item.is_scalar() && absent(item.text, item.at, present);
    };
    const bool emptied = e->value.is_list()
                             ? erase_if(e->value.items, goes) > 0 && e->value.items.empty()
                             : goes(e->value);
    if (emptied) erase_key(map, key);
    return emptied;
  }

  bool names_absent(const Node& map, std::string_view key) const {
    const Entry* e = map.find(key);
    if (e == nullptr) return false;
    const auto is = [&](const Node& item) {
      return item.is_scalar() && absent(item.text, item.at, actors_);
    };
    return is(e->value) || std::any_of(e->value.items.begin(), e->value.items.end(), is);
  }

  void members(Entry& pact) {
    Entry* list = pact.value.find("members");
    if (list == nullptr) return;
    Node& node = list->value;
    const std::size_t all = size(node);
    erase_if(node.items, [&](const Node& item) {
      return item.is_scalar() && absent(item.text, item.at, actors_);
    });
    erase_if(node.entries,
             [&](const Entry& e) { return absent(e.key, e.key_at, actors_) && all_ours(e.value); });
    const std::size_t left = size(node);
    if (left == all) return;
    std::string& text = text_[pact.key];
    text = fmt::format("{} of {} members are not in this scenario", all - left, all);
    if (left >= 2) return;
    text += left == 0 ? ", so it is left out" : ", so it is left out: one alone is bound to nobody";
    out_.pacts.push_back(pact.key);
    note(pact);
  }

  void rest(Entry& pact) {
    Node& p = pact.value;
    if (p.find("members") == nullptr) return;  // who loads it says so
    for (const std::string_view key : {"known_to", "original_targets", "invited"}) {
      drop_names(p, key, actors_);
    }
    drop_names(p, "yields_to", there_);
    lost_ = text_.contains(pact.key);
    gone_.clear();
    why_.clear();
    organs(p);
    if (Entry* articles = p.find("articles"); articles != nullptr && articles->value.is_map()) {
      for (Entry& e : articles->value.entries) {
        if (const std::string_view why = article(p, e); !why.empty()) drop(e.key, why);
      }
      drop_extensions(articles->value);
      erase_if(articles->value.entries, [&](const Entry& e) { return gone_.contains(e.key); });
      drop_reservations(p);
      empty_areas(articles->value);
    }
    note(pact);
  }

  void drop(const std::string& id, std::string_view why) {
    if (gone_.insert(id).second) why_[std::string(why)].push_back(id);
  }

  /// An organ whose chair decides, and is absent, decides nothing.
  void organs(Node& pact) {
    mute_.clear();
    first_organ_.clear();
    Entry* organs = pact.find("organs");
    if (organs == nullptr) return;
    for (Entry& e : organs->value.entries) {
      if (first_organ_.empty()) first_organ_ = e.key;
      drop_names(e.value, "veto", actors_);
      if (drop_names(e.value, "chair", actors_) && says(e.value, "decision", "chair")) {
        mute_.insert(e.key);
      }
    }
    erase_if(organs->value.entries, [&](const Entry& e) { return mute_.contains(e.key); });
  }

  /// Why an article can do nothing here; nothing if it can.
  std::string_view article(const Node& pact, Entry& e) {
    Node& a = e.value;
    drop_names(a, "exempt", actors_);
    drop_names(a, "unless_war_with", actors_);
    if (drop_names(a, "among", actors_) ||
        (a.find("among") != nullptr && size(a.find("among")->value) < 2)) {
      return "those between whom they are are not here";
    }
    if (drop_names(a, "victims", actors_)) return "those for whose sake they are are not here";
    // Who is absent never helps, so what is owed only beside its help is never owed.
    if (names_absent(a, "if_also")) return "those on whose help they depend are not here";
    if (Entry* by = a.find("by")) {
      if (!by->value.is_map()) {
        if (drop_names(a, "by", actors_)) return "their adversaries are not here";
      } else {
        drop_names(by->value, "except", actors_);
        if (drop_names(by->value, "actors", actors_) && by->value.find("kind") == nullptr) {
          return "their adversaries are not here";
        }
      }
    }
    if (!lost_ || !ours(e.key_at)) return {};
    const Entry* organ = a.find("organ");
    const bool decided =
        says(a, "procedure", "by_decision") || says(a, "procedure", "request_and_decision");
    if (decided && mute_.contains(organ == nullptr ? first_organ_ : organ->value.text)) {
      return "who decides is not here";
    }
    for (const std::string_view roles : {"owed_by", "owed_to"}) {
      if (const Entry* owed = a.find(roles); owed != nullptr && !has_role(pact, owed->value)) {
        return "nobody here has the role they speak of";
      }
    }
    const Entry* when = a.find("when");
    Entry* then = a.find("then");
    if (when != nullptr && then != nullptr && flag(when->value, "between_members") &&
        then->value.find("assist") != nullptr && size(pact.find("members")->value) < 3) {
      if (then->value.find("abstain") == nullptr) return "they need a third member";
      erase_key(then->value, "assist");
    }
    return {};
  }

  static bool has_role(const Node& pact, const Node& roles) {
    const auto is = [&](const Entry& member) {
      const Entry* role = member.value.find("role");
      const std::string text = role == nullptr ? "party" : role->value.text;
      return roles.text == text || std::any_of(roles.items.begin(), roles.items.end(),
                                               [&](const Node& item) { return item.text == text; });
    };
    const Node& members = pact.find("members")->value;
    // A list of names gives each the usual role.
    if (!members.is_map()) return members.items.size() > 0;
    return std::any_of(members.entries.begin(), members.entries.end(), is);
  }

  /// What widens an article that is gone would have nothing to widen.
  void drop_extensions(const Node& articles) {
    for (std::size_t before = 0; before != gone_.size();) {
      before = gone_.size();
      for (const Entry& e : articles.entries) {
        const Entry* extends = e.value.find("extends");
        if (extends != nullptr && gone_.contains(extends->value.text)) {
          drop(e.key, "what they extend is left out");
        }
      }
    }
  }

  void drop_reservations(Node& pact) {
    Entry* members = pact.find("members");
    if (members == nullptr) return;
    for (Entry& member : members->value.entries) {
      Entry* e = member.value.find("reservations");
      if (e == nullptr) continue;
      erase_if(e->value.items, [&](const Node& item) { return gone_.contains(item.text); });
      erase_if(e->value.entries, [&](const Entry& r) { return gone_.contains(r.key); });
    }
  }

  /// Terms of places that no region has stay terms, and no place is meant by them.
  void empty_areas(const Node& articles) {
    areas_.clear();
    if (!places_known_) return;
    const auto look = [&](const Node& node) {
      if (!node.is_list()) return;
      for (const Node& item : node.items) {
        if (ours(item.at) && !places_.contains(item.text)) areas_.insert(item.text);
      }
    };
    for (const Entry& e : articles.entries) {
      const Entry* where = e.value.find("where");
      if (where == nullptr) continue;
      look(where->value);
      if (const Entry* regions = where->value.find("regions")) look(regions->value);
    }
  }

  void note(const Entry& pact) {
    std::string text = text_.contains(pact.key) ? text_.at(pact.key) : std::string();
    const auto add = [&](const std::string& more) {
      if (!text.empty()) text += "; ";
      text += more;
    };
    for (const auto& [why, articles] : why_) {
      add(fmt::format("left out, because {}: {} {}", why,
                      articles.size() == 1 ? "article" : "articles", fmt::join(articles, ", ")));
    }
    if (!areas_.empty()) add(fmt::format("no region is in {}", fmt::join(areas_, ", ")));
    if (text.empty()) return;
    Diagnostic d;
    d.severity = Severity::note;
    d.code = "E0116";
    d.where = sources_.location(pact.key_at);
    d.path = "pacts." + pact.key;
    d.message = fmt::format("{}: {}", pact.key, text);
    out_.notes.push_back(std::move(d));
    why_.clear();
    areas_.clear();
  }

  Node& root_;
  const Treaties& treaties_;
  const Sources& sources_;
  const Names actors_;
  Names declared_, there_, places_;
  bool places_known_ = false;
  LeftOut out_;
  std::map<std::string, std::string> text_;  ///< of the pacts that lost members
  // Of the pact being looked at.
  bool lost_ = false;
  std::string first_organ_;
  Names mute_, gone_, areas_;
  std::map<std::string, std::vector<std::string>> why_;
};

}  // namespace

std::span<const std::string_view> treaty_keys() {
  static constexpr std::array<std::string_view, 8> keys{
      "casus", "title", "description", "include", "sources", "areas", "others", "pacts"};
  return keys;
}

LeftOut leave_out_absent(Node& root, std::string_view actors_section, const Treaties& treaties,
                         const Sources& sources) {
  return Pruner(root, actors_section, treaties, sources).run();
}

}  // namespace casus::scenario
