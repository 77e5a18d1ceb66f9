import type { Progress } from '../../ingest/base/index.ts';
import { InputError, SILENT, numbersOf, textsOf, withDefaults } from '../../ingest/base/index.ts';
import type { Database } from '../../ingest/tables/index.ts';
import { quoteIdent } from '../../ingest/tables/index.ts';
import { refuseBanned, refusePersons } from './banned.ts';
import type { FeatureBlock, FeatureContext, FeatureDefinition, FeatureFamily, FeatureMatrix } from './feature.ts';
import { FAMILIES } from './families.ts';
import { refuseLeaks, refuseUnproved } from './guard.ts';
import { makeMembers } from './members.ts';

export interface FeatureOptions {
  /** Table with `"row"` (0 … n-1, each once), `subject_id`, `as_of`. */
  readonly rowTable: string;
  readonly families: readonly FeatureFamily[];
  /** Features of a trained model, in its order: exactly these come back. Null while training: all. */
  readonly wanted: readonly FeatureDefinition[] | null;
  /** Names or globs banned besides the built-in list. */
  readonly banned: readonly string[];
  /** Banned names let through for a comparison variant that is never served. */
  readonly allowed: readonly string[];
  readonly hubCap: number;
  readonly progress: Progress;
}

export const FEATURE_DEFAULTS: FeatureOptions = Object.freeze({
  rowTable: 'feature_row',
  families: FAMILIES,
  wanted: null,
  banned: [],
  allowed: [],
  hubCap: 20,
  progress: SILENT,
});

/** Features of every row of `rowTable` as of its own moment. Set-based SQL over all dates at once; memory is 8 bytes × rows × features.
 *  @throws InputError `leaked-feature` when a fact was known only after its as-of, `unproved-feature`, `banned-feature`, `person-subject`,
 *    `bad-rows`, `missing-features` (a wanted feature that no family yields) */
export async function buildFeatures(db: Database, options: Partial<FeatureOptions> = {}): Promise<FeatureMatrix> {
  const o = withDefaults('buildFeatures', FEATURE_DEFAULTS, options);
  await refusePersons(db, o.rowTable);
  await makeMembers(db, o.rowTable);
  const context = await _context(db, o);
  const blocks: FeatureBlock[] = [];
  const latest: Record<string, number | null> = {};
  const skipped: { family: string; reason: string }[] = [];
  for (const family of o.families) {
    if (o.wanted !== null && !o.wanted.some((f) => f.family === family.id)) continue;
    const absent = await _absent(db, family.needs);
    if (absent.length > 0) {
      skipped.push({ family: family.id, reason: `no table ${absent.join(', ')}` });
      continue;
    }
    o.progress.note(`features: ${family.id}`);
    const own = await family.build(context);
    for (const block of own) {
      refuseBanned(
        'buildFeatures',
        block.features.map((f) => f.id).filter((id) => !o.allowed.includes(id)),
        o.banned,
      );
      refuseLeaks(block, context);
      refuseUnproved(block);
      blocks.push(block);
    }
    latest[family.id] = _latest(own);
  }
  const { features, values } = o.wanted === null ? _all(blocks) : _wanted(blocks, o.wanted, context);
  return {
    rows: context.rows,
    subjects: context.subjects,
    asOf: context.asOf,
    features,
    values,
    latestKnownAt: latest,
    skipped,
  };
}

async function _context(db: Database, o: FeatureOptions): Promise<FeatureContext> {
  const answer = await db.columns(
    `select "row", subject_id, as_of::timestamp as as_of from ${quoteIdent(o.rowTable)} order by "row"`,
  );
  const row = answer.rows === 0 ? new Float64Array(0) : numbersOf(answer, 'row').values;
  const subjects = answer.rows === 0 ? [] : textsOf(answer, 'subject_id');
  const bad = row.findIndex((r, i) => r !== i || subjects[i] === null);
  if (bad >= 0)
    throw new InputError(
      'bad-rows',
      `buildFeatures: ${o.rowTable} row ${bad} is out of sequence or has no subject; number rows 0 … n-1`,
      { bad },
    );
  return {
    db,
    rowTable: quoteIdent(o.rowTable),
    rows: answer.rows,
    subjects: subjects as string[],
    asOf: answer.rows === 0 ? new Float64Array(0) : numbersOf(answer, 'as_of').values,
    wanted: o.wanted,
    hubCap: o.hubCap,
  };
}

async function _absent(db: Database, tables: readonly string[]): Promise<readonly string[]> {
  const out: string[] = [];
  for (const table of tables) if (!(await db.has(table))) out.push(table);
  return out;
}

function _latest(blocks: readonly FeatureBlock[]): number | null {
  let latest = Number.NEGATIVE_INFINITY;
  for (const block of blocks) for (const t of block.latestKnownAt) if (t > latest) latest = t;
  return latest === Number.NEGATIVE_INFINITY ? null : latest;
}

function _all(blocks: readonly FeatureBlock[]): Pick<FeatureMatrix, 'features' | 'values'> {
  const features = blocks.flatMap((b) => b.features);
  const twice = features.find((f, i) => features.findIndex((g) => g.id === f.id) !== i);
  if (twice !== undefined)
    throw new InputError('repeated-feature', `buildFeatures: two features are called "${twice.id}"; rename one`, {
      id: twice.id,
    });
  return { features, values: blocks.flatMap((b) => b.values) };
}

function _wanted(blocks: readonly FeatureBlock[], wanted: readonly FeatureDefinition[], context: FeatureContext) {
  const at = new Map(blocks.flatMap((b) => b.features.map((f, j) => [f.id, b.values[j]!] as const)));
  const missing = wanted.filter((f) => !at.has(f.id)).map((f) => f.id);
  if (missing.length > 0)
    throw new InputError(
      'missing-features',
      `buildFeatures: the model needs ${missing.length} features that this warehouse cannot give: ${missing.slice(0, 8).join(', ')}; run the steps that make them, or retrain`,
      { missing },
    );
  return {
    features: wanted,
    values: wanted.map((f) => at.get(f.id) ?? new Float64Array(context.rows).fill(Number.NaN)),
  };
}
