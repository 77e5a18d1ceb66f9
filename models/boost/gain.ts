/** Penalties that shape leaf values; see BoostOptions. */
export interface Penalty {
  readonly lambda: number;
  readonly alpha: number;
}

/** Best value of a leaf with gradient sum g and hessian sum h, held within [low, high]. */
export function leafValue(g: number, h: number, penalty: Penalty, low = -Infinity, high = Infinity): number {
  const shrunk = softThreshold(g, penalty.alpha);
  const value = shrunk === 0 ? 0 : -shrunk / (h + penalty.lambda);
  return value < low ? low : value > high ? high : value;
}

/** Loss taken off by a leaf at its best value, doubled (XGBoost's scale). */
export function leafScore(g: number, h: number, penalty: Penalty): number {
  const shrunk = softThreshold(g, penalty.alpha);
  return shrunk === 0 ? 0 : (shrunk * shrunk) / (h + penalty.lambda);
}

/** Loss taken off, doubled, by a leaf held at `value`. */
export function scoreAt(value: number, g: number, h: number, penalty: Penalty): number {
  return -(2 * g * value + (h + penalty.lambda) * value * value + 2 * penalty.alpha * Math.abs(value));
}

function softThreshold(g: number, alpha: number): number {
  return g > alpha ? g - alpha : g < -alpha ? g + alpha : 0;
}
