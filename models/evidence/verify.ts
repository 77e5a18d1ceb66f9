import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf } from '../../ingest/base/index.ts';
import type { Database } from '../../ingest/tables/index.ts';
import { type BrokenLink, type ChainItem, type ChainLinkName, type EvidenceBundle, brokenInside } from './chain.ts';
import { featureItems } from './collect.ts';
import { lakeRowHashes, tableRowHashes } from './row-hash.ts';

export interface VerifyContext {
  readonly workspace: string;
  /** Opens the snapshot of the bundle's run; called only after its file's hash was found right. */
  readonly openWarehouse: () => Promise<Database>;
  /** An open database in memory, to read lake files with. */
  readonly reader: Database;
  /** SHA-256 of a file; pass a remembering one to verify many leads. */
  readonly hashOf: (path: string) => Promise<string>;
  /** Where a source file lay when it was ingested, or null when nobody knows: `source/file name` and hash → path. */
  readonly inputPath: (id: string, sha256: string) => string | null;
}

export interface Verification {
  readonly leadId: string;
  readonly ok: boolean;
  readonly checked: number;
  /** The first fault in the order of the chain. */
  readonly broken: BrokenLink | null;
  /** What could not be looked at: source files that are no longer where they were. */
  readonly absent: readonly string[];
}

/** Recomputes every hash of a bundle, from the department's file to the report, and names the first that differs. */
export async function verifyBundle(bundle: EvidenceBundle, context: VerifyContext): Promise<Verification> {
  const absent: string[] = [];
  let checked = 0;
  const done = (broken: BrokenLink | null): Verification => ({
    leadId: bundle.leadId,
    ok: broken === null,
    checked,
    broken,
    absent,
  });
  const inside = brokenInside(bundle);
  if (inside !== null) return done(inside);
  for (const link of bundle.links) {
    for (const item of link.items) {
      const found = await _recompute(link.name, item, bundle, context);
      if (found === null) {
        absent.push(item.id);
        continue;
      }
      checked++;
      if (found !== item.sha256) return done(_fault(link.name, item, found));
    }
  }
  return done(null);
}

/** The hash as it is now; null where the original may rightly be gone (a source file); `'missing…'` where it may not. */
async function _recompute(
  name: ChainLinkName,
  item: ChainItem,
  bundle: EvidenceBundle,
  context: VerifyContext,
): Promise<string | null> {
  switch (name) {
    case 'input': {
      const path = context.inputPath(item.id, item.sha256);
      return path === null || !existsSync(path) ? null : context.hashOf(path);
    }
    case 'lake':
    case 'warehouse':
    case 'model':
    case 'report': {
      const path = join(context.workspace, item.path ?? item.id);
      return existsSync(path) ? context.hashOf(path) : 'missing';
    }
    case 'row': {
      try {
        return (
          (await lakeRowHashes(context.reader, join(context.workspace, item.path!), [item.id])).get(item.id) ??
          'missing'
        );
      } catch (error) {
        return `unreadable (${messageOf(error)})`;
      }
    }
    case 'signal':
      return (
        (await tableRowHashes(await context.openWarehouse(), 'signal', 'signal_id', [item.id])).get(item.id) ??
        'missing'
      );
    case 'lead':
      return (
        (await tableRowHashes(await context.openWarehouse(), 'lead', 'lead_id', [item.id])).get(item.id) ?? 'missing'
      );
    case 'feature':
      return (await featureItems(await context.openWarehouse(), item.id))[0]?.sha256 ?? 'missing';
  }
}

const WHAT: Readonly<Record<ChainLinkName, string>> = {
  input: 'the department’s file changed after it was ingested',
  lake: 'the lake file changed',
  row: 'the row’s values changed',
  warehouse: 'the snapshot changed after the run',
  signal: 'the signal changed',
  feature: 'the feature row changed',
  model: 'the model file changed',
  lead: 'the lead changed',
  report: 'the report file changed',
};

function _fault(link: ChainLinkName, item: ChainItem, found: string): BrokenLink {
  return {
    link,
    id: item.id,
    expected: item.sha256,
    found,
    message: `${link} "${item.id}": ${WHAT[link]}; recorded ${item.sha256}, now ${found}`,
  };
}
