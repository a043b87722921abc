#pragma once

// The functions of <cmath> that Casus takes from its own copy of a C library, so that a result does
// not depend on which processor the system's library finds itself on (DESIGN.md, Determinism). The
// build includes this file before every source of the library and the program: each name below is
// then compiled as a call of casus_NAME, also where the templates of other libraries make it.
// lib/pinned_math.cmake reads the list from here and makes the object that has them.
//
// What every library computes alike, to the last bit (sqrt, floor, fmod, ldexp, fma and the like),
// is not in the list. Single and extended precision are not either: `core.pinned_math` finds a
// call.
#pragma once

#define CASUS_PINNED(RESULT, NAME, PARAMETERS) \
  extern "C" RESULT NAME PARAMETERS noexcept(true) __asm__("casus_" #NAME);

CASUS_PINNED(double, acos, (double))
CASUS_PINNED(double, acosh, (double))
CASUS_PINNED(double, asin, (double))
CASUS_PINNED(double, asinh, (double))
CASUS_PINNED(double, atan, (double))
CASUS_PINNED(double, atan2, (double, double))
CASUS_PINNED(double, atanh, (double))
CASUS_PINNED(double, cbrt, (double))
CASUS_PINNED(double, cos, (double))
CASUS_PINNED(double, cosh, (double))
CASUS_PINNED(double, erf, (double))
CASUS_PINNED(double, erfc, (double))
CASUS_PINNED(double, exp, (double))
CASUS_PINNED(double, exp2, (double))
CASUS_PINNED(double, expm1, (double))
CASUS_PINNED(double, hypot, (double, double))
CASUS_PINNED(double, lgamma, (double))
CASUS_PINNED(double, log, (double))
CASUS_PINNED(double, log10, (double))
CASUS_PINNED(double, log1p, (double))
CASUS_PINNED(double, log2, (double))
CASUS_PINNED(double, pow, (double, double))
CASUS_PINNED(double, sin, (double))
CASUS_PINNED(void, sincos, (double, double*, double*))
CASUS_PINNED(double, sinh, (double))
CASUS_PINNED(double, tan, (double))
CASUS_PINNED(double, tanh, (double))
CASUS_PINNED(double, tgamma, (double))

#undef CASUS_PINNED
