#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string_view>

#include "casus/core/export.h"
#include "casus/core/ids.h"
#include "casus/core/source_place.h"

namespace casus {

class AddressBook;

/// What a draw decides: a part of its address, made from a name. A decision declares its own beside
/// its code. Streams that StepContext makes are salted with the running mechanism's name as well,
/// so a purpose's name has to differ from others only within its mechanism.
struct Purpose {
  std::uint64_t key = 0;
  constexpr explicit Purpose(std::string_view name) : key(mix(name_hash(name), 0x707572706f7365)) {}
  /// The same decision as made by that mechanism; `mechanism` is a name's hash.
  constexpr Purpose by(std::uint64_t mechanism) const {
    Purpose salted = *this;
    salted.key = mix(mechanism, key);
    return salted;
  }
};

/// One run of an ensemble: the experiment's seed and the run's number in it.
struct Replicate {
  std::uint64_t seed = 0;
  std::uint32_t run = 0;
  AddressBook* book = nullptr;  ///< builds with internal checks note addresses here
};

/// A replicate's part of the addresses of its draws: found once, and not anew for each decision.
class RunAddress {
 public:
  explicit RunAddress(Replicate replicate)
      : key_(mix(replicate.seed, replicate.run)), book_(replicate.book) {}

 private:
  friend class Stream;
  std::uint64_t key_;
  AddressBook* book_;
};

/// A stream of random numbers at an address. Randomness is looked up, not consumed: the stream of
/// a decision depends on (seed, run, step, purpose, keys) and on nothing that happened before, so
/// adding a pact or removing an actor leaves every other decision's draws as they were.
///
/// Models Boost.Random's engine and the standard's UniformRandomBitGenerator concept. The numbers
/// are Philox4x32-10 (Salmon et al. 2011, doi:10.1145/2063384.2063405) as in Random123.
/// Make one stream per decision; copying is cheap and copies are independent readers.
class CASUS_API Stream {
 public:
  using result_type = std::uint32_t;
  /// Does a place make a stream once in a step, or ask again on purpose for what was drawn before?
  enum class Reading : std::uint8_t { once, again };
  static constexpr Reading once = Reading::once, again = Reading::again;

  /// `keys` are name-derived (ids.h), never rows; their order matters. `place` is for the book of
  /// addresses alone.
  Stream(Replicate replicate, std::uint32_t step, Purpose purpose,
         std::initializer_list<std::uint64_t> keys, Reading reading = once,
         SourcePlace place = SourcePlace::current())
      : Stream(RunAddress(replicate), step, purpose, keys, reading, place) {}
  Stream(const RunAddress& run, std::uint32_t step, Purpose purpose,
         std::initializer_list<std::uint64_t> keys, [[maybe_unused]] Reading reading = once,
         [[maybe_unused]] SourcePlace place = SourcePlace::current())
      : key_(halves(run.key_)) {
    // The number of keys is part of the address: {a} and {a, 0} are different decisions.
    std::uint64_t h = mix(purpose.key, keys.size());
    for (const std::uint64_t k : keys) h = mix(h, k);
    const auto [low, high] = halves(h);
    counter_ = {0, step, low, high};
#ifdef CASUS_ENABLE_ASSERTS
    if (run.book_ != nullptr) note(*run.book_, reading, place);
#endif
  }

  static constexpr result_type min() { return 0; }
  static constexpr result_type max() { return 0xffffffffU; }
  result_type operator()() {
    if (used_ == block_words) refill();
    return block_[used_++];
  }

 private:
  static constexpr unsigned block_words = 4;
  static constexpr std::array<std::uint32_t, 2> halves(std::uint64_t x) {
    return {static_cast<std::uint32_t>(x), static_cast<std::uint32_t>(x >> 32)};
  }
  void refill();
  void note(AddressBook& book, Reading reading, SourcePlace place) const;

  std::array<std::uint32_t, 2> key_{};
  std::array<std::uint32_t, 4> counter_{};
  std::array<std::uint32_t, block_words> block_{};
  unsigned used_ = block_words;
};

// All of the following are inverse-CDF draws from one uniform unless they say otherwise, so that a
// larger parameter gives a larger (or equal) result at the same address and what-ifs stay monotone.
// Preconditions are checked and throw ContractError.

/// Uniform on the open interval (0, 1): odd multiples of 2^-53, so never 0 or 1.
inline double uniform(Stream& stream) {
  const std::uint64_t first = stream();
  const std::uint64_t second = stream();
  const std::uint64_t k = ((first << 32) | second) >> 12;
  return (static_cast<double>(k) + 0.5) * 0x1p-52;
}
/// True with probability `p`, 0 <= p <= 1.
CASUS_API bool chance(Stream& stream, double p);
/// Quantile of the standard normal at `p` in (0, 1), to about 1e-16 (Wichura 1988, AS 241).
CASUS_API double normal_quantile(double p);
/// Standard normal.
CASUS_API double normal(Stream& stream);
/// Lognormal with the given median (> 0) and log standard deviation (>= 0).
CASUS_API double lognormal(Stream& stream, double median, double log_sd);
/// Exponential with the given mean (> 0).
CASUS_API double exponential(Stream& stream, double mean);
namespace detail {
CASUS_API std::uint64_t poisson(Stream& stream, double mean);
/// Quantile of the Poisson at `u` for 0 < mean <= 500.
CASUS_API std::uint64_t poisson_quantile(double u, double mean);
}  // namespace detail
/// Poisson with mean in [0, 1e15]; above 500 the continuity-corrected normal quantile with its
/// skewness term, within one count of the exact one.
inline std::uint64_t poisson(Stream& stream, double mean) {
  // Most of what is counted in a day is rare, and there is none of it: that is told here.
  if (!(mean > 0.0 && mean < 1.0)) return detail::poisson(stream, mean);
  const double u = uniform(stream);
  // e^-mean, the chance of none, is never below 1 - mean; the margin is some roundings wide.
  return u < 1.0 - mean - 0x1p-50 ? 0 : detail::poisson_quantile(u, mean);
}
/// Triangular on [low, high] with the given mode.
CASUS_API double triangular(Stream& stream, double low, double mode, double high);
/// Gamma with shape > 0 and scale > 0 (quantile, Boost.Math).
CASUS_API double gamma(Stream& stream, double shape, double scale);
/// Beta with a > 0, b > 0 (quantile, Boost.Math).
CASUS_API double beta(Stream& stream, double a, double b);
/// Binomial(n, p), n <= 2^53. Inverse CDF while n min(p, 1-p) <= 50; above that by rejection
/// (Boost.Random), with a variable number of uniforms and not monotone in p.
CASUS_API std::uint64_t binomial(Stream& stream, std::uint64_t n, double p);
/// Index drawn with probability proportional to `weights` (non-negative, not all zero).
CASUS_API std::size_t pick(Stream& stream, const double* weights, std::size_t n);

}  // namespace casus
