import { DAY_MS, SILENT } from '../ingest/base/index.ts';
import { type Database } from '../ingest/tables/index.ts';
import {
  DISTRICT_TASK,
  type ExampleTable,
  type HoldOut,
  judgeDistrict,
  rivals,
  TRAIN_DEFAULTS,
  unknownFigures,
  weeklyOrder,
} from '../models/train/index.ts';
import { districtSources } from '../ingest/sources/index.ts';
import { loadTruth } from './typologies-grade.ts';

/** A scheme that ended longer ago than this is no lead any more. */
const FRESH_DAYS = 120;

/** A scheme as graders know it, ms UTC. */
interface Scheme {
  readonly subject_id: string;
  readonly id: string;
  readonly typology: string;
  readonly decoy: boolean;
  readonly started: number;
  readonly ended: number;
  readonly found: number | null;
}

/** A figure with its 95 % interval over resampled components. */
interface Graded {
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

export interface HoldOutGrade {
  readonly champion: string;
  readonly weeks: number;
  readonly capacity: number;
  /** By recorded outcomes within the horizon, as on the card. */
  readonly recorded: { readonly champion: Graded; readonly rivals: readonly RivalGrade[] };
  /** By truth: a listed subject counts when it is party to a true scheme that had begun, ran within 120 days before and nobody had found. */
  readonly truth: { readonly champion: Graded; readonly chance: number; readonly rivals: readonly RivalGrade[] };
  /** Recorded precision of a list of nothing but true running schemes: the most that recorded outcomes can say of a list that knows no more. */
  readonly recordedOfTrueList: number;
  readonly lookAlikes: number;
  readonly unknown: {
    readonly champion: Graded;
    readonly base: Graded;
    readonly rivals: readonly { readonly id: string; readonly difference: Graded }[];
  };
  readonly typologies: readonly { readonly typology: string; readonly schemes: number; readonly listed: number }[];
  readonly daysGained: { readonly schemes: number; readonly mean: number; readonly median: number };
  readonly slices: readonly {
    readonly by: string;
    readonly slice: string;
    readonly listed: number;
    readonly right: number;
    readonly truthRows: number;
    readonly recall: number;
  }[];
}

interface RivalGrade {
  readonly id: string;
  readonly precision: Graded;
  readonly difference: Graded;
  readonly times: number;
}

/** Grades the hold-out of a district against its truth; the training inside sees none of it. Needs a warehouse up to `signal`. */
export async function gradeHoldOut(
  db: Database,
  o: { readonly truth: string; readonly asOf: number; readonly seed: number },
): Promise<HoldOutGrade> {
  const judged = await judgeDistrict(db, DISTRICT_TASK, {
    ...TRAIN_DEFAULTS,
    asOf: o.asOf,
    seed: o.seed,
    progress: SILENT,
  });
  await loadTruth(db, o.truth, districtSources());
  const schemes = await _schemes(db, o.truth);
  const { examples } = judged.holdOut;
  const told = _toldOf(examples, schemes);
  const graded: HoldOut = {
    ...judged.holdOut,
    examples: { ...examples, label: Float64Array.from(told.right, (s) => (s === null ? 0 : 1)) },
  };
  const recorded = rivals(judged.holdOut, judged.baselines);
  const truth = rivals(graded, judged.baselines);
  const unknown = unknownFigures(graded, judged.baselines);
  const lists = _lists(graded);
  const listed = lists.flat();
  const week = graded.rows;
  const chance = _mean(Array.from(week, (i) => graded.examples.label[i]!));
  return {
    champion: judged.found.best.id,
    weeks: lists.length,
    capacity: graded.capacity,
    recorded: { champion: _graded(recorded.headline), rivals: _rivals(recorded) },
    truth: { champion: _graded(truth.headline), chance, rivals: _rivals(truth) },
    recordedOfTrueList: _mean(
      Array.from(week)
        .filter((i) => told.running[i] === 1)
        .map((i) => examples.label[i]!),
    ),
    lookAlikes: listed.filter((i) => told.right[i] === null && told.decoy[i] === 1).length / listed.length,
    unknown: {
      champion: _graded(unknown.figures[0]!),
      base: _graded(unknown.figures[1]!),
      rivals: unknown.rivals.map((r) => ({ id: r.id, difference: _graded(r.difference) })),
    },
    ..._schemeFigures(graded, { lists, schemes }),
    slices: _slices(graded, listed),
  };
}

async function _schemes(db: Database, truth: string): Promise<Scheme[]> {
  // Moments inside the truth tables are China time.
  const utc = (column: string): string => `epoch_ms(${column} - interval 8 hour)`;
  return db.rows<Scheme & Record<string, unknown>>(
    `select e.subject_id, s.id, s.typology, s.decoy, ${utc('s.started')} as started, ${utc('s.ended')} as ended, min(${utc('c.found_at')}) as found
     from scheme_subject e join scheme s on s.id = e.scheme left join read_parquet('${truth.replaceAll("'", "''")}/gt_case.parquet') c on c.scheme = s.id
     group by e.subject_id, s.id, s.typology, s.decoy, s.started, s.ended order by e.subject_id, s.started, s.id`,
  );
}

interface Told {
  /** The scheme that makes the row a true lead; null = none. */
  readonly right: readonly (Scheme | null)[];
  readonly running: Uint8Array;
  readonly decoy: Uint8Array;
}

function _toldOf(examples: ExampleTable, schemes: readonly Scheme[]): Told {
  const of = new Map<string, Scheme[]>();
  for (const s of schemes) of.set(s.subject_id, [...(of.get(s.subject_id) ?? []), s]);
  const running = new Uint8Array(examples.rows);
  const decoy = new Uint8Array(examples.rows);
  const right = examples.matrix.subjects.map((subject, i): Scheme | null => {
    const at = examples.matrix.asOf[i]!;
    const fresh = (of.get(subject) ?? []).filter((s) => s.started <= at && s.ended >= at - FRESH_DAYS * DAY_MS);
    if (fresh.some((s) => s.decoy)) decoy[i] = 1;
    const true_ = fresh.filter((s) => !s.decoy && (s.found === null || s.found > at));
    if (true_.some((s) => s.ended >= at)) running[i] = 1;
    return true_[0] ?? null;
  });
  return { right, running, decoy };
}

/** Rows of each week's list; where the cut divides a tie, the earlier rows. */
function _lists(of: HoldOut): number[][] {
  const asOf = Float64Array.from(of.rows, (i) => of.examples.matrix.asOf[i]!);
  return weeklyOrder(asOf, of.margins).rows.map((rows) =>
    Array.from(rows.subarray(0, of.capacity), (k) => of.rows[k]!),
  );
}

/** Schemes that could have been listed in the hold-out, those that were, and the days by which the first listing came before the finding. */
function _schemeFigures(
  of: HoldOut,
  { lists, schemes }: { lists: readonly number[][]; schemes: readonly Scheme[] },
): Pick<HoldOutGrade, 'typologies' | 'daysGained'> {
  const { matrix } = of.examples;
  const dates = [...new Set(Array.from(of.rows, (i) => matrix.asOf[i]!))].sort((a, b) => a - b);
  const isLead = (s: Scheme, at: number): boolean =>
    s.started <= at && s.ended >= at - FRESH_DAYS * DAY_MS && (s.found === null || s.found > at);
  const listedAt = new Map<string, number>();
  for (const list of lists)
    for (const i of list)
      for (const s of schemes)
        if (!s.decoy && s.subject_id === matrix.subjects[i] && isLead(s, matrix.asOf[i]!) && !listedAt.has(s.id))
          listedAt.set(s.id, matrix.asOf[i]!);
  const open = new Map(schemes.filter((s) => !s.decoy && dates.some((t) => isLead(s, t))).map((s) => [s.id, s]));
  const typologies = [...new Set([...open.values()].map((s) => s.typology))].sort().map((typology) => {
    const own = [...open.values()].filter((s) => s.typology === typology);
    return { typology, schemes: own.length, listed: own.filter((s) => listedAt.has(s.id)).length };
  });
  const gained = [...listedAt].flatMap(([id, at]) => {
    const found = open.get(id)?.found ?? null;
    return found === null ? [] : [(found - at) / DAY_MS];
  });
  gained.sort((a, b) => a - b);
  return {
    typologies,
    daysGained: { schemes: gained.length, mean: _mean(gained), median: gained[gained.length >> 1] ?? Number.NaN },
  };
}

function _slices(of: HoldOut, listed: readonly number[]): HoldOutGrade['slices'] {
  const { slices, label } = of.examples;
  return Object.entries(slices).flatMap(([by, values]) => {
    const names = [...new Set(Array.from(of.rows, (i) => values[i] ?? null))]
      .filter((v): v is string => v !== null)
      .sort();
    return names.map((slice) => {
      const inList = listed.filter((i) => values[i] === slice);
      const right = inList.filter((i) => label[i] === 1).length;
      const truthRows = of.rows.filter((i) => values[i] === slice && label[i] === 1).length;
      return {
        by,
        slice,
        listed: inList.length,
        right,
        truthRows,
        recall: truthRows === 0 ? Number.NaN : right / truthRows,
      };
    });
  });
}

function _graded(f: Graded): Graded {
  return { value: f.value, low: f.low, high: f.high };
}

function _rivals(of: ReturnType<typeof rivals>): RivalGrade[] {
  return of.rivals.map((r) => ({
    id: r.id,
    precision: _graded(r.figure),
    difference: _graded(r.difference),
    times: of.headline.value! / r.figure.value!,
  }));
}

function _mean(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0) / values.length;
}

/** The grade in lines to read. */
export function holdOutLines(g: HoldOutGrade): string[] {
  const per = (v: number): string => (100 * v).toFixed(1);
  const interval = (f: Graded): string => (f.low === null || f.high === null ? '' : ` [${per(f.low)}, ${per(f.high)}]`);
  const share = (f: Graded): string => (f.value === null ? '–' : `${per(f.value)} %${interval(f)}`);
  const table = (title: string, of: { champion: Graded; rivals: readonly RivalGrade[] }): string[] => [
    `hold-out by ${title}: ${g.champion} ${share(of.champion)} at ${g.capacity} a week, ${g.weeks} weeks`,
    ...of.rivals.map(
      (r) =>
        `  ${r.id.padEnd(14)} ${share(r.precision).padEnd(22)} champion minus it ${share(r.difference).padEnd(22)} ${r.times.toFixed(1)} times`,
    ),
  ];
  return [
    ...table('recorded outcomes', g.recorded),
    `  a list of nothing but true running schemes would have ${(100 * g.recordedOfTrueList).toFixed(1)} %: most are found later or never`,
    ...table(`truth (chance ${(100 * g.truth.chance).toFixed(1)} %)`, g.truth),
    `  ${(100 * g.lookAlikes).toFixed(1)} % of the places go to look-alikes`,
    `  never complained about, never punished: ${share(g.unknown.champion)}, base ${share(g.unknown.base)}; ${g.unknown.rivals.map((r) => `minus ${r.id} ${share(r.difference)}`).join(', ')}`,
    `  schemes listed: ${g.typologies.map((t) => `${t.typology} ${t.listed}/${t.schemes}`).join(', ')}`,
    `  days gained over the real finding: mean ${g.daysGained.mean.toFixed(0)}, median ${g.daysGained.median.toFixed(0)} (${g.daysGained.schemes} schemes that were found later)`,
    ...g.slices.map(
      (s) =>
        `  ${s.by} ${s.slice}: ${s.right} of ${s.listed} places right; ${(100 * s.recall).toFixed(0)} % of its ${s.truthRows} true rows`,
    ),
  ];
}
