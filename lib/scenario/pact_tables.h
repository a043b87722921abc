#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "casus/law/doctrines.h"
#include "casus/law/pact.h"
#include "scenario/pact_decoder.h"

// The tables of what a pact may say; cases of the law say it in the same words.
namespace casus::scenario {

// tables_pacts.cpp
struct PactSpec {  ///< the keys of a pact that need the whole to be read
  law::Pact pact;
  std::string source;
  const Node* members = nullptr;
  const Node* organs = nullptr;
  const Node* articles = nullptr;
  std::optional<law::DecisionRule> decision;
};
/// "2 years" or "1 month" as months of the calendar; nothing for other lengths.
std::optional<std::int32_t> whole_months(const std::string& text);
std::span<const PactField<PactSpec>> pact_fields();
std::span<const PactField<law::Pact>> depth_fields();
std::span<const PactField<law::Pact>> withdrawal_fields();
std::span<const PactField<law::SuspensionRule>> suspension_fields();

// tables_members.cpp
std::span<const PactField<law::Member>> member_fields();
std::span<const PactField<law::Suspension>> suspended_fields();
/// Suspensions, of a member or an article: a day, or a list of intervals.
bool read_intervals(PactDecoder& d, const Node& node, const FieldInfo& f, const std::string& path,
                    std::vector<law::Suspension>& out);
Node write_intervals(const Encoder& e, const std::vector<law::Suspension>& in);
std::span<const PactField<law::Organ>> organ_fields();
std::span<const PactField<law::StandingForce>> force_fields();

// tables_articles.cpp
std::span<const PactField<law::Article>> article_fields();
std::span<const PactField<law::Conditions>> when_fields();
std::span<const PactField<law::Duties>> then_fields();
std::span<const PactField<law::Adversary>> adversary_fields();
std::span<const PactField<law::Geography>> geography_fields();

// tables_doctrines.cpp: from the law's table of questions
std::span<const PactField<law::Doctrines>> doctrine_fields();

/// One entry of `pacts` (decode_pacts.cpp); `source` is where its text is from.
bool decode_pact(PactDecoder& decoder, const Entry& entry, const std::string& path,
                 std::string& source, law::Pact& out);
/// Complains about what law::check finds; for when all pacts are known.
void check_pacts(PactDecoder& decoder, const Node* section, std::span<const law::Pact> pacts);

}  // namespace casus::scenario
