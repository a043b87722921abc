#include "measured.h"

extern "C" [[gnu::noinline]] void casus_measured(const std::function<void()>& work) {
  asm volatile("" ::: "memory");  // a call with an effect, which is neither merged nor moved
  work();
}
