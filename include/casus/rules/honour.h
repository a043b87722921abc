#pragma once

#include <array>

#include "casus/core/export.h"

/// Does an ally honour its pact, and when does it join?

namespace casus::rules {

/// Covariates of the fulfilment logit of Leeds & Anac 2005 (International Interactions 31). The
/// model is conditional on a war in which the treaty's terms apply.
struct HonourInputs {
  int milinst = 0;  ///< military institutions, 0 none, 1 some, 2 strong
  int formal = 0;   ///< formality, 0 (informal or secret) to 2 (public treaty with organisation)
  bool capchange = false;   ///< the member's power changed by more than 10 % since signature
  bool instchange = false;  ///< its domestic institutions changed since signature (a coup does)
  bool origtarget = false;  ///< the attacker is the pact's original target
};

/// Log odds of honouring: 3.6907 - 0.7092 milinst - 0.9287 formal - 1.5466 capchange
/// - 1.4604 instchange - 1.3593 origtarget + extra (standard errors .639 .298 .359 .516 .604 .481;
/// re-estimated from the authors' 137 observations, AUC .856). `extra` carries a scenario's own
/// terms: cost, affinity, shared threat, war-weariness, era. milinst and formal must be 0, 1 or 2.
CASUS_API double honour_logit(const HonourInputs& inputs, double extra = 0.0);

/// The same by its parts, in the order of its sum: the intercept, milinst, formal, capchange,
/// instchange, origtarget.
CASUS_API std::array<double, 6> honour_parts(const HonourInputs& inputs);

/// Depth of a pact as coded by ATOP 5.1 (Leeds et al. 2002, doi:10.1080/03050620213653).
struct AtopDepth {
  int milcon = 0;       ///< military contact, 0 to 3
  int milaid = 0;       ///< military aid, 0 to 4
  int orgpurp = 0;      ///< purpose of the organisation, 0 to 4
  int base = 0;         ///< bases, 0 for none
  int subord = 0;       ///< command in subordination, 0 for none
  int contrib = 0;      ///< contributions fixed in numbers, 0 or 1
  bool intcom = false;  ///< integrated command in peace and war
};

/// milinst of Leeds & Anac 2005: 2 if milcon = 3, an integrated command or bases; 1 if milcon = 2,
/// milaid 3 or 4, subordination, fixed contributions, or orgpurp 1 or 4; else 0.
CASUS_API int military_institutions(const AtopDepth& depth);

/// formal of Leeds & Anac 2005: one point for a public treaty, one for an organisation coded 2 or 3
/// (ATOP `organ`, 0 to 3).
CASUS_API int formality(bool treaty, bool secret, int organisation);

/// Reliability rho below which attacking pays (Smith 1995, International Studies Quarterly 39):
/// with p0 and p1 the attacker's chance of winning against the victim alone and against victim and
/// ally, cost >= 0 and the value of peace `status_quo` in the same unit as the prize of 1, (p0 -
/// cost - status_quo) / (p0 - p1). At or below 0 nobody attacks, at or above 1 reliability deters
/// nobody. Requires 0 <= p1 < p0 <= 1.
CASUS_API double deterrence_threshold(double p0, double p1, double cost, double status_quo);

/// Share of pacts seen to be honoured when true reliability is uniform on (0, 1) and attackers take
/// on those below `threshold` only: E[rho | rho < threshold] = min(threshold, 1) / 2. What is
/// observed understates what is true (Smith 1995). Requires threshold > 0.
CASUS_API double observed_reliability(double threshold);

/// Delay from the start of a war to the day an ally joins it. The cumulative hazard is a power of
/// time (Weibull) between the points given and continues beyond them, so that the distribution goes
/// through all of them. Defaults: joiners of inter-state wars 1823-2003 other than the World Wars
/// (computed from Correlates of War 4.0 dates). With the World Wars: 173.5 days, .31, .64.
struct JoiningDelay {
  double median_days = 76.1;   ///< > 0
  double within_month = 0.44;  ///< share joined after 30.4 days; < .5 iff the median is later
  double within_year = 0.93;   ///< share after a year; 0: none given, a Weibull through the others
};

/// Days from the start of the war, >= 0, by which a share 0 < u < 1 of those who join has joined;
/// rises with u. Throws ContractError unless the points of `delay` rise with time.
CASUS_API double joining_delay_quantile(double u, const JoiningDelay& delay);

}  // namespace casus::rules
