/** The number that log-odds are divided by so that they say true probabilities: the one of least log-loss on rows that did not train, between 0.1 and 10
 *  (golden section over its logarithm). @source Guo et al. 2017 */
export function temperatureOf(labels: ArrayLike<number>, logits: ArrayLike<number>): number {
  const loss = (log: number): number => {
    const t = Math.exp(log);
    let sum = 0;
    for (let i = 0; i < labels.length; i++) {
      const z = logits[i]! / t;
      sum += Math.max(z, 0) - z * labels[i]! + Math.log1p(Math.exp(-Math.abs(z)));
    }
    return sum;
  };
  const ratio = (Math.sqrt(5) - 1) / 2;
  let [low, high] = [Math.log(0.1), Math.log(10)];
  for (let step = 0; step < 60; step++) {
    const [a, b] = [high - ratio * (high - low), low + ratio * (high - low)];
    if (loss(a) <= loss(b)) high = b;
    else low = a;
  }
  return Math.exp((low + high) / 2);
}
