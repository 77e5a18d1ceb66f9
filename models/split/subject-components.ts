import { textsOf } from '../../ingest/base/index.ts';
import type { Database } from '../../ingest/tables/index.ts';
import { subjectPairsSql } from '../features/index.ts';
import { componentsOf, largestShare } from './components.ts';

/** Network components of subjects. */
export interface SubjectComponents {
  /** Component by subject. */
  readonly of: ReadonlyMap<string, number>;
  readonly components: number;
  /** Entities shared by more subjects than this join nobody. */
  readonly hubCap: number;
  /** Share of the subjects in the largest component. */
  readonly largest: number;
  /** Pairs of linked subjects that end up in different components, because their link runs through a hub. */
  readonly crossing: number;
}

/** Hub caps tried, widest first: the widest that leaves no component above `maxShare` is used, so that a split is possible at all. */
const CAPS = [20, 10, 6, 4, 3, 2, 1] as const;

/** Links that say who trades with whom, who was seen or checked where, or what lies where: a licensed receiver or a gate joins half a district, and
 *  is no reason to think that two firms act together. All other kinds, a user's own included, make a component: owners, contacts, crews, addresses. */
const NO_TIE = [
  'origin_of',
  'carrier_of',
  'receiver_of',
  'carried_by',
  'buys_from',
  'serves',
  'maintains',
  'monitored_by',
  'metered_by',
  'tested',
  'seen_at',
  'stopped_at',
  'within',
  'part_of',
  'downstream_of',
  'discharges_to',
  'inspected',
  'penalised',
  'complained_about',
  'party_to',
] as const;

/** Components over every tie, whenever it became known: the split must not let a later-known tie cross it.
 *  Needs `feature_member`. Without `link` every subject is its own component. */
export async function subjectComponents(
  db: Database,
  subjects: readonly string[],
  options: { readonly maxShare?: number } = {},
): Promise<SubjectComponents> {
  const index = new Map([...new Set(subjects)].sort().map((s, i) => [s, i] as const));
  const alone = (): Int32Array => Int32Array.from({ length: index.size }, (_, i) => i);
  if (!((await db.has('link')) && (await db.has('entity'))))
    return _result(index, alone(), { hubCap: 0, pairs: [[], []] });
  let widest: [number[], number[]] | null = null;
  for (const hubCap of CAPS) {
    await db.run(subjectPairsSql(hubCap, NO_TIE));
    const pairs = await _pairs(db, index);
    widest ??= pairs;
    const component = componentsOf(index.size, pairs[0], pairs[1]);
    if (largestShare(component) <= (options.maxShare ?? 0.2) || hubCap === CAPS.at(-1))
      return _result(index, component, { hubCap, pairs: widest });
  }
  return _result(index, alone(), { hubCap: 0, pairs: widest ?? [[], []] });
}

async function _pairs(db: Database, index: ReadonlyMap<string, number>): Promise<[number[], number[]]> {
  const answer = await db.columns('select a, b from subject_pair where a < b order by a, b');
  const from: number[] = [];
  const to: number[] = [];
  if (answer.rows === 0) return [from, to];
  const b = textsOf(answer, 'b');
  textsOf(answer, 'a').forEach((a, i) => {
    const x = index.get(a ?? '');
    const y = index.get(b[i] ?? '');
    if (x === undefined || y === undefined) return;
    from.push(x);
    to.push(y);
  });
  return [from, to];
}

function _result(
  index: ReadonlyMap<string, number>,
  component: Int32Array,
  { hubCap, pairs }: { hubCap: number; pairs: readonly [readonly number[], readonly number[]] },
): SubjectComponents {
  let crossing = 0;
  pairs[0].forEach((x, i) => {
    if (component[x] !== component[pairs[1][i]!]) crossing++;
  });
  return {
    of: new Map([...index].map(([s, i]) => [s, component[i]!] as const)),
    components: component.reduce((most, c) => Math.max(most, c + 1), 0),
    hubCap,
    largest: largestShare(component),
    crossing,
  };
}
