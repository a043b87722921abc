#pragma once

#include <functional>

/// Calls `work`. callgrind counts what happens inside this function and nothing else
/// (--toggle-collect=casus_measured), hence a name without mangling that no optimiser takes away.
extern "C" void casus_measured(const std::function<void()>& work);
