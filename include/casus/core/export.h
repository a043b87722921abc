#pragma once

/// Marks what a shared library of Casus gives to its users: functions of the public headers, and
/// the classes of which some members are not defined in them or which cross its border as
/// exceptions. All else is hidden (DESIGN.md, Builds).
#define CASUS_API __attribute__((visibility("default")))
