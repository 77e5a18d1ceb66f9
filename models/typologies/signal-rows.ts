import { type Column, type Columns, sha256 } from '../../ingest/base/index.ts';
import { createTableSql } from '../../ingest/schema/index.ts';
import type { Database } from '../../ingest/tables/index.ts';
import type { Piece } from './episodes.ts';
import type { SignalRule, Typology } from './typology.ts';

/** A row of `signal`, or of `signal_aside` when `reason` names the look-alike that explains it. */
export interface SignalRow {
  readonly signalId: string;
  readonly typology: string;
  readonly rule: string;
  readonly subjectId: string;
  readonly atMs: number;
  readonly knownAtMs: number;
  readonly strength: number;
  readonly value: number | null;
  readonly unit: string;
  readonly peerLow: number | null;
  readonly peerHigh: number | null;
  readonly rowIds: readonly string[];
  readonly entityIds: readonly string[];
  readonly againstJson: string;
  readonly reason: string | null;
}

/** One signal from the hits of a piece. Value and peers are those of its last hit. */
export function signalOf(of: {
  typology: Typology;
  rule: SignalRule;
  piece: Piece;
  strength: number;
  reason: string | null;
}): SignalRow {
  const { typology, rule, piece } = of;
  const last = piece.at(-1)!;
  const atMs = Math.min(...piece.map((h) => h.atMs));
  const rowIds = [...new Set(piece.flatMap((h) => h.rowIds))];
  const name = JSON.stringify([typology.id, rule.rule, last.subjectId, atMs, rowIds, of.reason]);
  return {
    signalId: `signal:${sha256(name).slice(0, 16)}`,
    typology: typology.id,
    rule: rule.rule,
    subjectId: last.subjectId,
    atMs,
    knownAtMs: Math.max(...piece.map((h) => h.knownAtMs)),
    strength: of.strength,
    value: last.value,
    unit: rule.unit,
    peerLow: last.peerLow,
    peerHigh: last.peerHigh,
    rowIds,
    entityIds: [...new Set(piece.flatMap((h) => h.entityIds))].sort(),
    againstJson: JSON.stringify(_against(typology, piece, of.reason)),
    reason: of.reason,
  };
}

/** Every look-alike of the typology: tested and not holding, or not tested, and why. */
function _against(typology: Typology, piece: Piece, reason: string | null) {
  return typology.lookAlikes.map(({ id, zh, en }) => {
    const answers = piece.map((h) => h.against[id]);
    const tested = answers.some((a) => typeof a === 'boolean');
    const holds = id === reason ? true : tested ? false : null;
    const note = tested
      ? `${answers.filter((a) => typeof a === 'boolean').length}/${piece.length}`
      : answers.some((a) => a === null)
        ? '无可用数据 no data to test it'
        : '本规则不检验 not tested by this rule';
    return { id, zh, en, tested, holds, note };
  });
}

/** Replaces `signal`; rows in order of subject, time, typology, rule. */
export async function writeSignals(db: Database, signals: readonly SignalRow[]): Promise<void> {
  await db.run(createTableSql('signal'));
  await _fill(db, 'signal', signals, '');
}

/** Replaces `signal_aside`: the columns of `signal` and `reason`, the look-alike that explains the hit. */
export async function writeAside(db: Database, aside: readonly SignalRow[]): Promise<void> {
  await db.run(
    createTableSql('signal').replace('table signal', 'table signal_aside').replace(/\)$/, ', reason VARCHAR)'),
  );
  await _fill(db, 'signal_aside', aside, ', reason');
}

async function _fill(db: Database, table: string, rows: readonly SignalRow[], more: string): Promise<void> {
  await db.tableFrom('signal_new', _columnsOf(rows));
  await db.run(`insert into ${table}
    select signal_id, typology, rule, subject_id, make_timestamp((at_ms * 1000)::bigint), make_timestamp((known_at_ms * 1000)::bigint),
      strength, value, unit, peer_low, peer_high, from_json(row_ids, '["VARCHAR"]'), from_json(entity_ids, '["VARCHAR"]'), against_json${more}
    from signal_new order by subject_id, at_ms, typology, rule, known_at_ms, signal_id`);
  await db.run('drop table signal_new');
}

function _columnsOf(rows: readonly SignalRow[]): Columns {
  const numbers = (of: (r: SignalRow) => number | null): Column => ({
    kind: 'number',
    values: Float64Array.from(rows, (r) => of(r) ?? 0),
    valid: Uint8Array.from(rows, (r) => (of(r) === null ? 0 : 1)),
  });
  const texts = (of: (r: SignalRow) => string | null): Column => ({ kind: 'text', values: rows.map(of) });
  return {
    rows: rows.length,
    data: {
      signal_id: texts((r) => r.signalId),
      typology: texts((r) => r.typology),
      rule: texts((r) => r.rule),
      subject_id: texts((r) => r.subjectId),
      at_ms: numbers((r) => r.atMs),
      known_at_ms: numbers((r) => r.knownAtMs),
      strength: numbers((r) => r.strength),
      value: numbers((r) => r.value),
      unit: texts((r) => r.unit),
      peer_low: numbers((r) => r.peerLow),
      peer_high: numbers((r) => r.peerHigh),
      row_ids: texts((r) => JSON.stringify(r.rowIds)),
      entity_ids: texts((r) => JSON.stringify(r.entityIds)),
      against_json: texts((r) => r.againstJson),
      reason: texts((r) => r.reason),
    },
  };
}
