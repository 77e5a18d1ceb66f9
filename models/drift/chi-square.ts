import { InputError } from '../../ingest/base/index.ts';

/** Upper tail of the chi-square distribution: the chance of a statistic at least as large. Accurate to about 1e-10 for up to some hundred degrees.
 *  @param statistic ≥ 0 · @param degrees ≥ 1, whole
 *  @throws InputError `bad-degrees`
 *  @source Abramowitz & Stegun 26.4.4–26.4.5 (finite sums for whole degrees) */
export function chiSquareTail(statistic: number, degrees: number): number {
  if (!Number.isInteger(degrees) || degrees < 1)
    throw new InputError(
      'bad-degrees',
      `chiSquareTail: ${degrees} degrees of freedom; expected a whole number from 1`,
      {},
    );
  if (statistic <= 0) return 1;
  const half = statistic / 2;
  const odd = degrees % 2 === 1;
  // One recursion serves both: Q(a + 1, x) = Q(a, x) + x^a e^-x / Γ(a + 1), from Q(1, x) = e^-x or Q(1/2, x) = erfc √x; in logs against underflow.
  let a = odd ? 0.5 : 1;
  let tail = odd ? _erfc(Math.sqrt(half)) : Math.exp(-half);
  let logTerm = odd ? 0.5 * Math.log(half) - half - Math.log(Math.sqrt(Math.PI) / 2) : Math.log(half) - half;
  while (a < degrees / 2) {
    tail += Math.exp(logTerm);
    a += 1;
    logTerm += Math.log(half) - Math.log(a);
  }
  return Math.min(1, tail);
}

/** Complementary error function for x ≥ 0: a series below 2, a continued fraction (Lentz) above. */
function _erfc(x: number): number {
  if (x < 2) {
    let term = x;
    let sum = x;
    for (let n = 1; Math.abs(term) > 1e-17 * Math.abs(sum); n++) {
      term *= -(x * x) / n;
      sum += term / (2 * n + 1);
      if (n > 200) break;
    }
    return 1 - (2 / Math.sqrt(Math.PI)) * sum;
  }
  let fraction = 0;
  for (let n = 60; n >= 1; n--) fraction = n / 2 / (x + fraction);
  return Math.exp(-x * x) / Math.sqrt(Math.PI) / (x + fraction);
}
