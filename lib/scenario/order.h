#pragma once

#include "text/tree.h"

namespace casus::scenario {

/// Puts whatever a scenario lists in one order, by name, or by content where items have no name, so
/// that the order in which a file says things means nothing: rows, sums and serial passes are the
/// same for every order. For after the edits and before decoding. What is left as written:
/// `outcomes` (the order in which they are printed) and `organs` (the first decides where an
/// article names none).
void order_by_name(text::Node& root);

}  // namespace casus::scenario
