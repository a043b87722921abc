#pragma once

#include <span>
#include <string>
#include <utility>

#include "casus/core/contracts.h"
#include "text/encoder.h"
#include "text/fields.h"

namespace casus::text {

/// Writes a mapping by its table: the keys whose rows have something to say that is not so by
/// itself.
template <class S, class D>
Node write_fields(const Encoder& encoder, std::span<const Field<S, D>> fields, const S& in) {
  Node map;
  for (const Field<S, D>& f : fields) {
    CASUS_EXPECTS(f.write != nullptr, "a key that is only read: " + std::string(f.info.name));
    Node value = f.write(encoder, f.info, in);
    const bool by_itself = value.is_scalar() && value.text == f.info.fallback;
    if (!by_itself) Encoder::add(map, std::string(f.info.name), std::move(value));
  }
  return map;
}

}  // namespace casus::text
