import { type Tables, asc, eq, gt, tables } from '../store/index.ts';
import { FIRST_HASH, chainHash } from './chain.ts';

export interface AuditCheck {
  readonly rows: number;
  readonly isWhole: boolean;
  readonly firstBroken: { readonly no: number; readonly fault: string } | null;
  /** Hash of the last row; note it elsewhere to prove later that no row before it was changed. */
  readonly head: string;
}

const PAGE = 5000;

/** Reads the whole log and names the first row that does not follow from the one before. Bounded memory. */
export async function verifyAudit(db: Tables): Promise<AuditCheck> {
  const { audit, auditHead } = tables;
  const [head] = await db.select().from(auditHead).where(eq(auditHead.one, 1));
  let previous = FIRST_HASH;
  let rows = 0;
  const broken = (no: number, fault: string): AuditCheck => ({
    rows,
    isWhole: false,
    firstBroken: { no, fault },
    head: previous,
  });
  for (;;) {
    const page = await db.select().from(audit).where(gt(audit.no, rows)).orderBy(asc(audit.no)).limit(PAGE);
    for (const row of page) {
      if (row.no !== rows + 1) return broken(rows + 1, `row ${rows + 1} is gone; row ${row.no} follows`);
      if (row.previousHash !== previous) return broken(row.no, `row ${row.no} does not follow row ${row.no - 1}`);
      if (chainHash(previous, row) !== row.hash) return broken(row.no, `row ${row.no} was changed`);
      previous = row.hash;
      rows = row.no;
    }
    if (page.length < PAGE) break;
  }
  if (head === undefined || head.no !== rows || head.hash !== previous)
    return broken(rows + 1, `the log ends at row ${rows}, its head says ${head?.no ?? 'nothing'}`);
  return { rows, isWhole: true, firstBroken: null, head: previous };
}
