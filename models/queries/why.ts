import { type PairExplanation, explainPair } from '../../ingest/resolve/index.ts';
import type { Database } from '../../ingest/tables/index.ts';

const HIDDEN = '〔已隐 hidden〕';
const PERSONAL_FIELDS = new Set(['person_hash', 'phone_hash']);

/** Why two mentions were, or were not, put together; values that could name a person are hidden, their levels and weights are not.
 *  @throws InputError `no-such-mention`, `kinds-differ` */
export async function whyPair(db: Database, left: string, right: string): Promise<PairExplanation> {
  const found = await explainPair(db, left, right);
  const isPerson = found.kind === 'person' || found.kind === 'phone';
  const hide = (values: Readonly<Record<string, string | null>>): Record<string, string | null> =>
    Object.fromEntries(
      Object.entries(values).map(([field, v]) => [
        field,
        v !== null && (isPerson || PERSONAL_FIELDS.has(field)) ? HIDDEN : v,
      ]),
    );
  return { ...found, levels: found.levels.map((l) => ({ ...l, left: hide(l.left), right: hide(l.right) })) };
}
