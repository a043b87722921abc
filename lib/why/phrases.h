#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "casus/law/vocabulary.h"

namespace casus::why {

/// "a, b and c"; "" of nothing.
std::string listing(const std::vector<std::string>& items);
/// "troops", "bases or transit".
std::string_view level_phrase(law::Obligation level);
/// A size as it is read: "1,200", "0.35".
std::string number_phrase(double x);
/// A probability or draw: enough digits to tell it from nothing and from certainty.
std::string chance_phrase(double p);
/// In lines of at most `width` columns, each after `indent`; no line end behind the last.
std::string wrapped(std::string_view text, std::size_t indent, std::size_t width = 100);
/// With a capital letter in front.
std::string sentence_case(std::string text);

}  // namespace casus::why
