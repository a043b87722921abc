#pragma once

#include <string>
#include <vector>

#include "casus/core/ids.h"
#include "casus/scenario/vocabulary.h"
#include "scenario/pact_decoder.h"

namespace casus::scenario {

struct Tables;

/// Reads what a scenario says: it knows mechanisms, and who owns what, besides what pacts name.
class Decoder : public PactDecoder {
 public:
  Decoder(const Vocabulary& known_mechanisms, const Tables& tables_of_sections, Problems& found)
      : PactDecoder(found), vocabulary(known_mechanisms), tables(tables_of_sections) {}

  const Vocabulary& vocabulary;
  const Tables& tables;
  std::vector<std::vector<RegionId>> regions_of;  ///< of each actor, as owner at the start

  /// An actor or a pact; exactly one of the two is set.
  bool read_party(const Node& node, const FieldInfo& f, const std::string& path, ActorId& actor,
                  PactId& pact);
};

template <class S>
using Field = text::Field<S, Decoder>;

/// The row of a member whose type says how it is read: `field<&RegionSpec::area>({...})`.
template <auto Member>
constexpr auto field(FieldInfo info) {
  return text::field<Member, Decoder>(info);
}

}  // namespace casus::scenario
