#pragma once

#include <vector>

#include "casus/scenario/observe.h"
#include "scenario/decoder.h"

namespace casus::scenario {

// `map` of a scenario: GeoJSON (RFC 7946), read as the YAML that it also is, so that its mistakes
// have places like any other. By the time it is decoded, its file has been read in its place.

void read_map(Decoder& decoder, const Node& root, std::vector<RegionOutline>& out, GeoBox& frame);
/// The same back, with everything in it; nothing for no outlines.
Node write_map(const text::Encoder& encoder, const std::vector<RegionOutline>& map,
               const GeoBox& frame);

}  // namespace casus::scenario
