#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>

#include "text/tree.h"

namespace casus::scenario {

/// Calls `f` with each relation that an item of a list says: the item itself or, of one `between`
/// two or `among` several, one for each direction with what else it says. Says what is wrong with
/// those two (`path` is the item's), and calls nothing then.
void for_each_relation(const text::Node& item, const std::string& path, text::Problems& problems,
                       const std::function<void(const text::Node&)>& f);

/// How many relations a list says. Nothing, and a complaint (E0104), where they are more than the
/// entries that may be read: a thousand names are a million relations.
std::optional<std::size_t> relation_count(const text::Node& list, const std::string& path,
                                          text::Problems& problems);

/// Writes out all of a list, so that an edit can name any of them. A large world says most of its
/// relations in this way, and is read without: written out they are twice as many, or more.
void expand_relations(text::Node& list, const std::string& path, text::Problems& problems);

}  // namespace casus::scenario
