#include "casus/core/column_scan.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace casus {

std::size_t first_outside_one_by_one(std::span<const double> column, double low, double high) {
  std::size_t i = 0;
  while (i < column.size() && column[i] >= low && column[i] <= high) ++i;
  return i;
}

#ifdef __SSE2__
namespace {

/// Two lanes of the least, the greatest and a sum. The minimum of two numbers may lose a NaN, a sum
/// never does.
struct Lanes {
  __m128d least, greatest, sum;

  explicit Lanes(double start)
      : least(_mm_set1_pd(start)), greatest(least), sum(_mm_setzero_pd()) {}
  void take(__m128d x) {
    least = _mm_min_pd(least, x);
    greatest = _mm_max_pd(greatest, x);
    sum = _mm_add_pd(sum, x);
  }
  void take(const Lanes& other) {
    least = _mm_min_pd(least, other.least);
    greatest = _mm_max_pd(greatest, other.greatest);
    sum = _mm_add_pd(sum, other.sum);
  }
  bool within(double low, double high) const {
    const __m128d good = _mm_and_pd(_mm_and_pd(_mm_cmpge_pd(least, _mm_set1_pd(low)),
                                               _mm_cmple_pd(greatest, _mm_set1_pd(high))),
                                    _mm_cmpord_pd(sum, sum));
    return _mm_movemask_pd(good) == 3;
  }
};

}  // namespace

// A sum can be NaN without a cause (of infinities, which are outside), or a value be outside: the
// answer is that of the slow way then.
std::size_t first_outside(std::span<const double> column, double low, double high) {
  constexpr std::size_t stride = 8;
  const double* x = column.data();
  const std::size_t n = column.size();
  Lanes even(low);
  Lanes odd(low);
  std::size_t i = 0;
  for (; i + stride <= n; i += stride) {
    even.take(_mm_loadu_pd(x + i));
    odd.take(_mm_loadu_pd(x + i + 2));
    even.take(_mm_loadu_pd(x + i + 4));
    odd.take(_mm_loadu_pd(x + i + 6));
  }
  for (; i + 2 <= n; i += 2) even.take(_mm_loadu_pd(x + i));
  if (i < n) odd.take(_mm_set1_pd(x[i]));
  even.take(odd);
  return even.within(low, high) ? n : first_outside_one_by_one(column, low, high);
}
#else
std::size_t first_outside(std::span<const double> column, double low, double high) {
  return first_outside_one_by_one(column, low, high);
}
#endif

}  // namespace casus
