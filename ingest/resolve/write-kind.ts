import { sha256 } from '../base/index.ts';
import { type Database, quoteText } from '../tables/index.ts';
import type { Linked } from './link-kind.ts';
import type { KindPlan, Prepared } from './kinds/index.ts';
import { type ResolveOptions, bitsOf } from './options.ts';
import type { Tuples } from './tuples.ts';

/** Writes entities, their mentions and the scored pairs of one compared kind. @returns entities and pairs kept as possibly the same */
export async function writeKind(
  db: Database,
  plan: KindPlan,
  work: { tuples: Tuples; prepared: Prepared; linked: Linked },
  o: ResolveOptions,
): Promise<{ entities: number; possiblySame: number }> {
  const { tuples, prepared, linked } = work;
  const alone = Uint8Array.from({ length: tuples.size }, (_x, i) =>
    linked.contested[i] === 1 || (prepared.anonymous(i) && _isSingle(linked, i)) ? 1 : 0,
  );
  const named = _nameClusters(plan, tuples, prepared, linked.clusters.of);
  await db.tableFrom('_tuple_entity', {
    rows: tuples.size,
    data: {
      tuple: { kind: 'number', values: Float64Array.from({ length: tuples.size }, (_x, i) => i), valid: null },
      entity_id: { kind: 'text', values: named.ids },
      alone: { kind: 'number', values: Float64Array.from(alone), valid: null },
    },
  });
  const kind = quoteText(plan.kind);
  await db.run(
    `create or replace temp table _made as select case when e.alone = 1 then ${quoteText(`${plan.kind}:~`)} || left(sha256(t.mention_id), 16) else e.entity_id end as entity_id,
      t.mention_id, t.tuple, e.entity_id as cluster_id from _tuple_of t join _tuple_entity e on e.tuple = t.tuple`,
  );
  await db.run(
    `insert into entity_mention select entity_id, mention_id, ${kind} from _made order by entity_id, mention_id`,
  );
  await _writeEntities(db, plan, named.names, o);
  const possiblySame = await _writeMatches(db, plan, work, o);
  const [count] = await db.rows<{ n: number }>(`select count(distinct entity_id) as n from _made`);
  for (const t of ['_made', '_tuple_entity', '_tuple_of']) await db.run(`drop table if exists ${t}`);
  return { entities: count?.n ?? 0, possiblySame };
}

function _isSingle(linked: Linked, i: number): boolean {
  return linked.clusters.of[i] === i && linked.clusters.sizes[i] === 1;
}

interface NamedCluster {
  readonly id: string;
  readonly label: string | null;
  readonly town: string | null;
  readonly lon: number | null;
  readonly lat: number | null;
}

function _nameClusters(
  plan: KindPlan,
  tuples: Tuples,
  prepared: Prepared,
  of: Int32Array,
): { ids: string[]; names: NamedCluster[] } {
  const members = new Map<number, number[]>();
  of.forEach((c, i) => {
    const list = members.get(c);
    if (list === undefined) members.set(c, [i]);
    else list.push(i);
  });
  const used = new Set<string>();
  const idOf = new Map<number, string>();
  const names: NamedCluster[] = [];
  for (const [cluster, list] of members) {
    const naming = prepared.nameOf(list);
    const hash = `~${sha256(tupleText(plan, tuples, list[0]!)).slice(0, 16)}`;
    let id = `${plan.kind}:${naming.id ?? hash}`;
    if (used.has(id)) id = `${plan.kind}:${naming.id ?? ''}${hash}`;
    if (used.has(id)) id = `${plan.kind}:~${sha256(tuples.firstMention[list[0]!]!).slice(0, 16)}`;
    used.add(id);
    idOf.set(cluster, id);
    names.push({ ...naming, id });
  }
  return { ids: Array.from(of, (c) => idOf.get(c)!), names };
}

/** A tuple as text, fields in the plan's order: equal tuples, and they alone, give equal texts. */
export function tupleText(plan: KindPlan, tuples: Tuples, i: number): string {
  return JSON.stringify(plan.fields.map((f) => tuples.columns[f]![i]));
}

async function _writeEntities(
  db: Database,
  plan: KindPlan,
  names: readonly NamedCluster[],
  o: ResolveOptions,
): Promise<void> {
  const text = (of: (n: NamedCluster) => string | null) => ({ kind: 'text' as const, values: names.map(of) });
  const number = (of: (n: NamedCluster) => number | null) => ({
    kind: 'number' as const,
    values: Float64Array.from(names, (n) => of(n) ?? 0),
    valid: Uint8Array.from(names, (n) => (of(n) === null ? 0 : 1)),
  });
  await db.tableFrom('_named', {
    rows: names.length,
    data: {
      id: text((n) => n.id),
      label: text((n) => n.label),
      town: text((n) => n.town),
      lon: number((n) => n.lon),
      lat: number((n) => n.lat),
    },
  });
  const person = plan.kind === 'person';
  const pseudonym = person
    ? `'人员-' || upper(left(sha256(${quoteText(`${o.pseudonymKey}\u0001`)} || m.entity_id), 8))`
    : 'null';
  await db.run(
    `insert into entity select m.entity_id, ${quoteText(plan.kind)}, ${person ? pseudonym : 'any_value(n.label)'}, ${pseudonym}, count(*), min(x.known_at),
      any_value(n.lon), any_value(n.lat), any_value(n.town)
      from _made m join mention x on x.mention_id = m.mention_id left join _named n on n.id = m.cluster_id group by m.entity_id order by m.entity_id`,
  );
  await db.run('drop table if exists _named');
}

/** Scored pairs that merged or may be the same, as pairs of the tuples' smallest mentions. */
async function _writeMatches(
  db: Database,
  plan: KindPlan,
  work: { tuples: Tuples; prepared: Prepared; linked: Linked },
  o: ResolveOptions,
): Promise<number> {
  const { tuples, prepared, linked } = work;
  const { candidates, scored, clusters, patterns } = linked;
  const possible = bitsOf(o.possibleProbability);
  const kept: number[] = [];
  const decisions: string[] = [];
  for (let p = 0; p < candidates.left.length; p++) {
    const a = candidates.left[p]!;
    const b = candidates.right[p]!;
    const apart = linked.contested[a] === 1 || linked.contested[b] === 1;
    const same = clusters.of[a] === clusters.of[b] && !apart;
    if (!same && (scored.weight[p]! < possible || scored.forbidden[p] === 1)) continue;
    kept.push(p);
    decisions.push(same ? 'same' : 'possibly_same');
  }
  const number = (of: (p: number) => number) => ({
    kind: 'number' as const,
    values: Float64Array.from(kept, of),
    valid: null,
  });
  await db.tableFrom('_pair', {
    rows: kept.length,
    data: {
      left_id: { kind: 'text', values: kept.map((p) => tuples.firstMention[candidates.left[p]!]!) },
      right_id: { kind: 'text', values: kept.map((p) => tuples.firstMention[candidates.right[p]!]!) },
      weight: number((p) => scored.weight[p]!),
      probability: number((p) => scored.probability[p]!),
      decision: { kind: 'text', values: decisions },
      pattern: number((p) => patterns.of[p]!),
      rules: number((p) => candidates.rules[p]!),
    },
  });
  await db.tableFrom('_pattern', {
    rows: patterns.levels.length,
    data: {
      pattern: { kind: 'number', values: Float64Array.from(patterns.levels, (_l, k) => k), valid: null },
      levels: { kind: 'text', values: patterns.levels.map((l) => levelsJson(prepared, l)) },
    },
  });
  const rules = prepared.rules.map((r, i) => `when ${i} then ${quoteText(r.id)}`).join(' ');
  await db.run(
    `insert into match select ${quoteText(plan.kind)}, p.left_id, p.right_id, round(p.weight, 6), round(p.probability, 9), p.decision, k.levels,
      [case b ${rules} end for b in range(${prepared.rules.length}) if (p.rules::bigint >> b::int) & 1 = 1]
      from _pair p join _pattern k on k.pattern = p.pattern order by p.left_id, p.right_id`,
  );
  for (const t of ['_pair', '_pattern']) await db.run(`drop table if exists ${t}`);
  return decisions.filter((d) => d === 'possibly_same').length;
}

/** `{ comparison: level }` of a pattern. */
export function levelsJson(prepared: Prepared, levels: Uint8Array): string {
  return JSON.stringify(Object.fromEntries(prepared.comparisons.map((c, i) => [c.id, c.levels[levels[i]!]!.id])));
}
