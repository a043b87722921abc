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

/// Two lanes of the least and a sum, for columns of which only that is asked.
struct LeastAndSum {
  __m128d least, sum;

  explicit LeastAndSum(double start) : least(_mm_set1_pd(start)), sum(_mm_setzero_pd()) {}
  void take(__m128d x) {
    least = _mm_min_pd(least, x);
    sum = _mm_add_pd(sum, x);
  }
  void take(const LeastAndSum& other) {
    least = _mm_min_pd(least, other.least);
    sum = _mm_add_pd(sum, other.sum);
  }
  /// Where all are at least `low`, none is greater than their sum but for what those below zero
  /// take away from it, of which there is nothing where low is zero or nearly so.
  bool within(double low, double high) const {
    const __m128d good =
        _mm_and_pd(_mm_cmpge_pd(least, _mm_set1_pd(low)), _mm_cmplt_pd(sum, _mm_set1_pd(high)));
    return _mm_movemask_pd(good) == 3;
  }
};

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

namespace {

template <class Lanes>
bool all_within(std::span<const double> column, double low, double high) {
  constexpr std::size_t stride = 8;
  // A long column comes from memory, and what a processor asks for ahead of itself ends with the
  // page. Half a page ahead a third more comes; behind the end asking does nothing.
  constexpr std::size_t ahead = 256 * sizeof(double);
  const double* x = column.data();
  const std::size_t n = column.size();
  // Four side by side: a minimum waits for the one before it, four cycles, and a processor begins
  // one or two in each. Two of them took a third longer.
  Lanes a(low), b(low), c(low), d(low);
  std::size_t i = 0;
  for (; i + stride <= n; i += stride) {
    _mm_prefetch(reinterpret_cast<const char*>(x + i) + ahead, _MM_HINT_T0);
    const __m128d first = _mm_loadu_pd(x + i), second = _mm_loadu_pd(x + i + 2);
    const __m128d third = _mm_loadu_pd(x + i + 4), fourth = _mm_loadu_pd(x + i + 6);
    a.take(first);
    b.take(second);
    c.take(third);
    d.take(fourth);
  }
  for (; i + 2 <= n; i += 2) a.take(_mm_loadu_pd(x + i));
  if (i < n) b.take(_mm_set1_pd(x[i]));
  a.take(b);
  c.take(d);
  a.take(c);
  return a.within(low, high);
}

}  // namespace

// A sum can be NaN without a cause (of infinities, which are outside), or too large without one, or
// a value be outside: the answer is that of the slow way then.
std::size_t first_outside(std::span<const double> column, double low, double high) {
  // Of what has no upper limit worth the name the greatest need not be found: if one were beyond
  // it, so would be the sum with the others, which take away less than one each.
  constexpr double no_limit = 1e200;
  const bool within = low >= -1.0 && high >= no_limit
                          ? all_within<LeastAndSum>(column, low, 0.5 * high)
                          : all_within<Lanes>(column, low, high);
  return within ? column.size() : first_outside_one_by_one(column, low, high);
}
#else
std::size_t first_outside(std::span<const double> column, double low, double high) {
  return first_outside_one_by_one(column, low, high);
}
#endif

}  // namespace casus
