import { parseArgs } from 'node:util';
import { InputError, seeded } from '../ingest/base/index.ts';
import { predictProbability, trainBoost } from '../models/boost/index.ts';
import { type CheckedLead, foundShare, picksOf } from '../models/leads/index.ts';
import { rankOrder } from '../models/evaluate/index.ts';
import { readLeadSet, numbersOfCells, type LeadSet } from './leads-data.ts';
import { matrixOf, ownColumns, type FeatureColumn } from './leads-features.ts';
import { round } from './leads-judge.ts';
import { rulesOf } from './leads-sets.ts';

/** How a loop picks and learns. */
interface Loop {
  readonly explorationShare: number;
  readonly capacityShare: number;
  /** Count each check for those it was drawn from when learning (at most {@link MAX_WEIGHT}). */
  readonly weighted: boolean;
  readonly seed: string;
}

/** One round: what was picked, what it held, and what the loop believes of all candidates of the round. */
interface Round {
  readonly candidates: number;
  readonly truth: number;
  readonly checks: readonly CheckedLead[];
  readonly finds: number;
}

/** Share of the rows, the earliest, whose results both loops know at the start. */
const WARM_UP = 0.1;

/** Most that one exploration pick counts for in learning. */
const MAX_WEIGHT = 5;

/** `replay --data <lead set with dates> [--rounds 20] [--exploration 0.1] [--capacity 0.33] [--without col] [--weighted] [--seed s]`: rows arrive by date, in rounds; each round a
 *  model that knows only the results of what it sent people to picks the next checks. Beside it the same loop without exploration. Last line one JSON object. */
export async function run(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      data: { type: 'string' },
      rounds: { type: 'string', default: '20' },
      exploration: { type: 'string', default: '0.1' },
      capacity: { type: 'string', default: '0.33' },
      without: { type: 'string', default: 'inspector_cluster' },
      weighted: { type: 'boolean', default: false },
      seed: { type: 'string', default: '1' },
    },
  });
  if (values.data === undefined) throw new InputError('no-data', 'replay: pass --data <lead set with a time column>');
  const set = readLeadSet(values.data);
  const { time } = rulesOf(set.name);
  if (time === null) throw new InputError('no-time', `replay: ${set.name} has no time column; rounds need one`);
  const columns = ownColumns(set, { without: values.without.split(','), time, timeSplit: true, graph: false });
  const world = { set, columns, slices: slicesOf(set, time, Number(values.rounds)) };
  const common = { capacityShare: Number(values.capacity), weighted: values.weighted, seed: values.seed };
  const explored = loop(world, { ...common, explorationShare: Number(values.exploration) });
  const greedy = loop(world, { ...common, explorationShare: 0 });
  const random = seeded(`replay:intervals:${values.seed}`);
  let [inside, naiveInside, soFarInside] = [0, 0, 0];
  explored.forEach((one, k) => {
    const { corrected, naive } = foundShare(one.checks, { random });
    const past = explored.slice(0, k + 1);
    const soFar = foundShare(
      past.flatMap((r) => r.checks),
      { random },
    ).corrected;
    const candidates = past.reduce((n, r) => n + r.candidates, 0);
    const truthSoFar = past.reduce((n, r) => n + r.truth * r.candidates, 0) / candidates;
    const holds = (e: { low: number; high: number }, truth: number): number =>
      truth >= e.low && truth <= e.high ? 1 : 0;
    inside += holds(corrected, one.truth);
    naiveInside += holds(naive, one.truth);
    soFarInside += holds(soFar, truthSoFar);
    process.stderr.write(
      `round ${k + 1}: ${one.candidates} candidates, ${one.checks.length} checks, ${one.finds} finds (greedy ${greedy[k]!.finds}); base ${round(one.truth)}, corrected ${round(corrected.value)} [${round(corrected.low)}, ${round(corrected.high)}], naive ${round(naive.value)} [${round(naive.low)}, ${round(naive.high)}], so far ${round(truthSoFar)} in [${round(soFar.low)}, ${round(soFar.high)}]\n`,
    );
  });
  const finds = (rounds: readonly Round[]): number => rounds.reduce((n, r) => n + r.finds, 0);
  process.stdout.write(
    `${JSON.stringify({
      dataset: set.name,
      rounds: explored.length,
      ...common,
      exploration: Number(values.exploration),
      baseInside: inside,
      baseInsideNaive: naiveInside,
      baseInsideSoFar: soFarInside,
      finds: finds(explored),
      findsGreedy: finds(greedy),
      findsOfGreedy: round(finds(explored) / finds(greedy)),
      findsRandom: Math.round(explored.reduce((n, r) => n + r.truth * r.checks.length, 0)),
    })}\n`,
  );
}

/** The warm-up, then as many equal slices of the labelled rows in order of time. */
function slicesOf(set: LeadSet, time: string, rounds: number): number[][] {
  const times = numbersOfCells(set.columns[time]!);
  const order = Array.from(set.labels.keys())
    .filter((row) => !Number.isNaN(set.labels[row]!))
    .sort((a, b) => times[a]! - times[b]! || a - b);
  const first = Math.round(order.length * WARM_UP);
  const at = (k: number): number => Math.round(first + ((order.length - first) * k) / rounds);
  return [order.slice(0, first), ...Array.from({ length: rounds }, (_, k) => order.slice(at(k), at(k + 1)))];
}

function loop(
  world: { readonly set: LeadSet; readonly columns: readonly FeatureColumn[]; readonly slices: readonly number[][] },
  o: Loop,
): Round[] {
  const { set, columns, slices } = world;
  const random = seeded(`replay:${o.seed}:${o.explorationShare}`);
  const known = slices[0]!.map((row) => ({ row, weight: 1 }));
  return slices.slice(1).map((rows, k) => {
    const scores = fitted(world, known, k)(matrixOf(columns, rows));
    const picks = picksOf(rankOrder(scores), {
      capacity: Math.round(rows.length * o.capacityShare),
      explorationShare: o.explorationShare,
      reserve: 0,
      random,
    });
    const checks = picks.map(({ row, chance }) => ({ chance, found: set.labels[rows[row]!] === 1 }));
    for (const { row, chance } of picks)
      known.push({ row: rows[row]!, weight: o.weighted ? Math.min(MAX_WEIGHT, 1 / chance) : 1 });
    const truth = rows.reduce((sum, row) => sum + set.labels[row]!, 0) / rows.length;
    return { candidates: rows.length, truth, checks, finds: checks.filter((c) => c.found).length };
  });
}

function fitted(
  world: { readonly set: LeadSet; readonly columns: readonly FeatureColumn[] },
  known: readonly { readonly row: number; readonly weight: number }[],
  round: number,
): (data: ReturnType<typeof matrixOf>) => Float64Array {
  const { model } = trainBoost(
    matrixOf(
      world.columns,
      known.map((one) => one.row),
    ),
    Float64Array.from(known, (one) => world.set.labels[one.row]!),
    {
      rounds: 120,
      learningRate: 0.05,
      maxLeaves: 8,
      minChildWeight: 5,
      columnSampleByNode: 0.3,
      rowSample: 0.7,
      lambda: 5,
      maxBins: 64,
      seed: round + 1,
      weights: Float64Array.from(known, (one) => one.weight),
    },
  );
  return (data) => predictProbability(model, data);
}
