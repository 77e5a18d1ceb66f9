import { type Progress, DAY_MS, InputError, SILENT, withDefaults } from '../../ingest/base/index.ts';
import { type Database, quoteIdent } from '../../ingest/tables/index.ts';
import { type Hit, type Piece, episodes } from './episodes.ts';
import { gatherHits } from './hits.ts';
import { PREPARED } from './prepared/index.ts';
import { TYPOLOGIES } from './registry.ts';
import { type SignalRow, signalOf, writeAside, writeSignals } from './signal-rows.ts';
import type { ParameterValues, SignalRule, Typology } from './typology.ts';

/** What one rule did with what it found (a `wide` one: on the subjects of the rules that open signals): `hits` = gathered into signals + set aside by look-alike + too late + of no subject. */
export interface RuleReport {
  readonly rule: string;
  readonly skipped: string | null;
  readonly hits: number;
  readonly signals: number;
  /** Look-alike id → hits that it explains. */
  readonly setAside: Readonly<Record<string, number>>;
  /** Rest on a row known after `asOf`. */
  readonly late: number;
  /** Their entity is no subject, or none was found. */
  readonly withoutSubject: number;
  readonly ms: number;
}

export interface TypologyRun {
  readonly id: string;
  /** Why nothing was run; null when it ran. */
  readonly skipped: string | null;
  readonly rules: readonly RuleReport[];
}

export interface TypologyReport {
  readonly asOf: string;
  readonly signals: number;
  readonly typologies: readonly TypologyRun[];
}

export interface TypologyOptions {
  /** Nothing known after this moment is used; UTC ISO 8601, or ms since 1970. */
  readonly asOf: string | number;
  /** Typology id → figures that differ from the defaults. */
  readonly parameters: Readonly<Record<string, ParameterValues>>;
  /** Ids to run; empty = all. */
  readonly only: readonly string[];
  /** Length of the windows that a long episode is cut into. */
  readonly windowDays: number;
  readonly progress: Progress;
  /** Milliseconds, for the timings of the report; the default does not measure. */
  readonly clock: () => number;
}

const DEFAULTS: TypologyOptions = Object.freeze({
  asOf: '',
  parameters: {},
  only: [],
  windowDays: 30,
  progress: SILENT,
  clock: () => 0,
});

/** Runs the typologies over a warehouse and writes `signal` (and `signal_aside`: hits that a look-alike explains, with the reason).
 *  One statement at a time; memory is DuckDB's own plus the hits.
 *  @throws InputError `bad-parameter` for an unknown or out-of-bounds figure, `no-as-of` without `asOf` */
export async function runTypologies(
  db: Database,
  options: Partial<TypologyOptions> & Pick<TypologyOptions, 'asOf'>,
): Promise<TypologyReport> {
  const o = withDefaults('runTypologies', DEFAULTS, options);
  const asOfMs = typeof o.asOf === 'number' ? o.asOf : Date.parse(o.asOf);
  if (Number.isNaN(asOfMs))
    throw new InputError('no-as-of', `runTypologies: asOf "${o.asOf}" is not a moment; pass an ISO 8601 UTC time`, {});
  const chosen = o.only.length === 0 ? TYPOLOGIES : TYPOLOGIES.filter((t) => o.only.includes(t.id));
  const figures = new Map(chosen.map((t) => [t.id, parametersOf(t, o.parameters[t.id] ?? {})]));
  const present = await _tablesOf(db);
  const runs: TypologyRun[] = [];
  const signals: (readonly SignalRow[])[] = [];
  const aside: (readonly SignalRow[])[] = [];
  for (const typology of chosen) {
    o.progress.step(`signals ${typology.id}`);
    const missing = typology.reads.filter((t) => !present.has(t));
    if (missing.length > 0) {
      const skipped = `no table ${missing.join(', ')}`;
      o.progress.note(`${typology.id} skipped: ${skipped}`);
      runs.push({ id: typology.id, skipped, rules: [] });
      continue;
    }
    await _prepare(db, typology.prepared, present);
    const done = await _runOne(db, { typology, figures: figures.get(typology.id)!, present, asOfMs, options: o });
    signals.push(done.signals);
    aside.push(done.aside);
    runs.push(done.run);
  }
  for (const p of PREPARED.values())
    if (present.has(p.id))
      for (const table of [...(p.stays === true ? [] : [p.id]), ...(p.also ?? [])])
        await db.run(`drop table if exists ${quoteIdent(table)}`);
  // Flat only here: a district has hundreds of thousands set aside, more than a call takes as arguments.
  await writeSignals(db, signals.flat());
  await writeAside(db, aside.flat());
  const count = signals.reduce((n, s) => n + s.length, 0);
  return { asOf: new Date(asOfMs).toISOString(), signals: count, typologies: runs };
}

/** A typology's figures: defaults overlaid with `given`. @throws InputError `bad-parameter`, with every fault at once */
export function parametersOf(typology: Typology, given: ParameterValues): ParameterValues {
  const known = new Map(typology.parameters.map((p) => [p.id, p]));
  const faults: string[] = [];
  for (const [id, value] of Object.entries(given)) {
    const p = known.get(id);
    if (p === undefined) faults.push(`"${id}" is not a parameter (known: ${[...known.keys()].join(', ')})`);
    else if (!(value >= p.min && value <= p.max))
      faults.push(`"${id}" = ${value} is outside ${p.min}..${p.max} ${p.unit}`);
    else if (p.type === 'integer' && !Number.isInteger(value)) faults.push(`"${id}" = ${value} is not whole`);
  }
  if (faults.length > 0)
    throw new InputError('bad-parameter', `runTypologies: ${typology.id}: ${faults.join('; ')}`, { faults });
  return Object.freeze({ ...Object.fromEntries(typology.parameters.map((p) => [p.id, p.default])), ...given });
}

interface OneRun {
  readonly typology: Typology;
  readonly figures: ParameterValues;
  readonly present: ReadonlySet<string>;
  readonly asOfMs: number;
  readonly options: TypologyOptions;
}

async function _runOne(db: Database, one: OneRun) {
  const { typology, figures, present, asOfMs, options } = one;
  const rules = typology.signalSql(figures, new Date(asOfMs).toISOString().slice(0, 23));
  const reports: RuleReport[] = [];
  const found = new Map<SignalRule, readonly Hit[]>();
  const aside: SignalRow[] = [];
  for (const rule of rules.toSorted((a, b) => Number(b.alone) - Number(a.alone))) {
    const missing = rule.needs.filter((t) => !present.has(t));
    if (missing.length > 0) {
      const skipped = `no table ${missing.join(', ')}`;
      options.progress.note(`${typology.id} ${rule.rule} skipped: ${skipped}`);
      reports.push({ ..._NONE, rule: rule.rule, skipped });
      continue;
    }
    const startedAt = options.clock();
    const only = rule.wide === true ? _subjectsOpened(found) : null;
    const hits = await gatherHits(db, rule, asOfMs, only);
    found.set(rule, hits.kept);
    for (const h of hits.aside)
      aside.push(signalOf({ typology, rule, piece: [h.hit], strength: 0, reason: h.lookAlike }));
    const count = _pieces(rule, hits.kept, options.windowDays).length;
    reports.push({
      rule: rule.rule,
      skipped: null,
      hits: hits.all,
      signals: rule.alone ? count : 0,
      setAside: _countBy(hits.aside.map((h) => h.lookAlike)),
      late: hits.late,
      withoutSubject: hits.withoutSubject,
      ms: options.clock() - startedAt,
    });
    for (const [id, n] of Object.entries(_countBy(hits.aside.map((h) => h.lookAlike))))
      options.progress.note(`${typology.id} ${rule.rule}: ${n} set aside, explained by ${id}`);
  }
  const signals: SignalRow[] = [];
  const tests = found.size;
  const met = _bySubject(found.values());
  for (const [rule, kept] of found) {
    if (!rule.alone) continue;
    for (const piece of _pieces(rule, kept, options.windowDays))
      signals.push(signalOf({ typology, rule, piece, strength: _testsMet(met, piece) / tests, reason: null }));
  }
  const inOrder = rules.flatMap((rule) => reports.filter((r) => r.rule === rule.rule));
  return { run: { id: typology.id, skipped: null, rules: inOrder }, signals, aside };
}

/** Subjects of the rules that open signals, among those run so far. */
function _subjectsOpened(found: ReadonlyMap<SignalRule, readonly Hit[]>): string[] {
  const opening = [...found].filter(([rule]) => rule.alone);
  return [...new Set(opening.flatMap(([, hits]) => hits.map((h) => h.subjectId)))];
}

const _NONE: RuleReport = Object.freeze({
  rule: '',
  skipped: null,
  hits: 0,
  signals: 0,
  setAside: {},
  late: 0,
  withoutSubject: 0,
  ms: 0,
});

/** How far apart two tests of one typology may be met and still speak of one scheme. */
const TOGETHER_MS = 30 * DAY_MS;

function _bySubject(lists: Iterable<readonly Hit[]>): Map<string, Hit[]> {
  const bySubject = new Map<string, Hit[]>();
  for (const hits of lists)
    for (const h of hits) {
      const list = bySubject.get(h.subjectId);
      if (list === undefined) bySubject.set(h.subjectId, [h]);
      else list.push(h);
    }
  return bySubject;
}

/** Rules met by the subject around the piece and known by the time the piece is known. */
function _testsMet(met: ReadonlyMap<string, readonly Hit[]>, piece: Piece): number {
  const from = Math.min(...piece.map((h) => h.atMs)) - TOGETHER_MS;
  const to = Math.max(...piece.map((h) => h.untilMs)) + TOGETHER_MS;
  const known = Math.max(...piece.map((h) => h.knownAtMs));
  const rules = new Set<string>();
  for (const h of met.get(piece[0]!.subjectId) ?? [])
    if (h.knownAtMs <= known && h.untilMs >= from && h.atMs <= to) rules.add(h.rule);
  return rules.size;
}

function _pieces(rule: SignalRule, hits: readonly Hit[], windowDays: number): Piece[] {
  const bySubject = _bySubject([hits]);
  return [...bySubject.keys()]
    .sort()
    .flatMap((s) => episodes(bySubject.get(s)!, rule.gapDays * DAY_MS, windowDays * DAY_MS));
}

function _countBy(ids: readonly string[]): Record<string, number> {
  const out: Record<string, number> = {};
  for (const id of [...ids].sort()) out[id] = (out[id] ?? 0) + 1;
  return out;
}

async function _tablesOf(db: Database): Promise<Set<string>> {
  const rows = await db.rows<{ name: string }>('select distinct table_name as name from information_schema.tables');
  return new Set(rows.map((r) => r.name).filter((name) => !PREPARED.has(name)));
}

async function _prepare(db: Database, ids: readonly string[], present: Set<string>): Promise<void> {
  for (const id of ids) {
    if (present.has(id)) continue;
    const prepared = PREPARED.get(id);
    if (prepared === undefined)
      throw new InputError('no-such-prepared', `runTypologies: no prepared table "${id}"`, { id });
    await _prepare(
      db,
      prepared.reads.filter((r) => PREPARED.has(r)),
      present,
    );
    const whole = prepared.reads.every((r) => present.has(r));
    if (!whole && prepared.otherwise === undefined) continue;
    for (const sql of whole ? prepared.sql : [prepared.otherwise!]) await db.run(sql);
    present.add(id);
  }
}
