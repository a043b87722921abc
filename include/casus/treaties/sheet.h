#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "casus/core/export.h"
#include "casus/treaties/treaties.h"

namespace casus::treaties {

/// A sentence, and the key of the file that it reads: "procedure", "when.after_demand".
struct Line {
  std::string key, text;
};

/// A part of a treaty that stands by itself: the treaty as a whole, a member, an organ, an article.
struct Part {
  enum class Kind { whole, member, organ, article };
  Kind kind = Kind::whole;
  std::string id;     ///< name of the member, organ or article
  std::string title;  ///< for readers
  std::string words;  ///< of an article: its `text`
  std::vector<Line> lines;
};

/// A treaty as a lawyer would read it.
struct Sheet {
  std::string id, title;
  std::vector<Part> parts;  ///< the whole, members by name, organs in their order, articles by id
};

/// Nothing that a pact says is left out: whatever differs from what is so by itself has a line.
CASUS_API Sheet sheet(const Treaties& treaties, std::size_t pact);

/// The sentences of a part one after the other.
CASUS_API std::string said(const Part& part);
/// "Article 5. An attack on one": what stands above the part of an article.
CASUS_API std::string heading(const Part& article);
/// Which sentence of the treaty became which articles, in the order of these: the sentence as key,
/// the articles as text; under an empty key those without a sentence of their own. Nothing if no
/// article's words cite one.
CASUS_API std::vector<Line> concordance(const Sheet& sheet);

/// What stands in place of an empty key.
inline constexpr std::string_view no_sentence = "Without a sentence of their own";

/// As text, in lines of at most 100 columns.
CASUS_API std::string write(const Sheet& sheet);

}  // namespace casus::treaties
