import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { evaluateClusters } from '../ingest/resolve/index.ts';
import { Database, quoteText } from '../ingest/tables/index.ts';
import { gradeHoldOut, holdOutLines } from './district-hold-out.ts';
import { currentRun, runFolder, warehouseFile, workspacePaths } from '../models/workspace/index.ts';

/** A finished workspace against the truth of its district: `npm run bench -- district --workspace <folder> --truth <folder> [--seed 7] [--no-hold-out]`.
 *  Resolution: pairwise and B³ by kind, on mentions whose truth is told. Leads: how many of the list are about a party of a true scheme that ran
 *  within 120 days before the list, of a look-alike, or of neither. Hold-out: trained anew inside (see district-hold-out.ts). Only graders read truth. */
export async function run(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      workspace: { type: 'string' },
      truth: { type: 'string' },
      seed: { type: 'string', default: '7' },
      'no-hold-out': { type: 'boolean', default: false },
    },
  });
  if (values.workspace === undefined || values.truth === undefined)
    throw new Error('bench district: --workspace and --truth are needed');
  const paths = workspacePaths(values.workspace);
  const db = await Database.open(warehouseFile(runFolder(paths, currentRun(paths))), { readOnly: true });
  try {
    const resolution = await _resolution(db, values.truth);
    const leads = await _leads(db, values.truth);
    const tickets = await _tickets(db, values.truth);
    for (const r of resolution) {
      process.stdout.write(
        `${r.kind.padEnd(8)} ${String(r.mentions).padStart(6)} mentions  precision ${r.precision.toFixed(4)}  recall ${r.recall.toFixed(4)}  F1 ${r.f1.toFixed(4)}  B³ ${r.b3.f1.toFixed(4)}\n`,
      );
    }
    process.stdout.write(
      `leads    ${leads.listed} listed: ${leads.scheme} of a true scheme, ${leads.lookAlike} of a look-alike only, ${leads.neither} of neither; chance level ${(leads.base * 100).toFixed(1)} % of ${leads.subjects} subjects\n`,
    );
    process.stdout.write(`tickets  ${tickets.placed} of ${tickets.told} that are about a known firm were put to it\n`);
    const asOf = (await db.rows<{ ms: number }>('select epoch_ms(max(as_of)) as ms from lead'))[0]!.ms;
    const holdOut = values['no-hold-out']
      ? null
      : await gradeHoldOut(db, { truth: values.truth, asOf, seed: Number(values.seed) });
    if (holdOut !== null) process.stdout.write(`${holdOutLines(holdOut).join('\n')}\n`);
    const commit = spawnSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).stdout.trim();
    process.stdout.write(`${JSON.stringify({ commit, resolution, leads, tickets, holdOut })}\n`);
  } finally {
    db.close();
  }
}

interface KindScore {
  readonly kind: string;
  readonly mentions: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  readonly b3: { readonly precision: number; readonly recall: number; readonly f1: number };
}

/** Mentions are joined to truth by source, key of the row and role. Mentions of one source and role that say the same words count once: a firm's
 *  five hundred equal manifests would drown every hard pair. A plate as read stands for the vehicle it was read from most often.
 *  Tickets are graded apart (`ticketsPlaced`): their truth is a firm, their text a place. */
async function _resolution(db: Database, truth: string): Promise<KindScore[]> {
  const keys = await db.rows<{ source: string }>(
    `select distinct source from read_parquet(${quoteText(join(truth, 'gt_alias.parquet'))}) order by 1`,
  );
  const { districtSources } = await import('../ingest/sources/index.ts');
  const parts: string[] = [];
  for (const { source } of keys) {
    const description = districtSources({ precursor: true }).find((d) => d.id === source);
    if (description === undefined || source === 'hot_ticket' || !(await db.has(`src_${source}`))) continue;
    const key = description.key
      .map((k) => `coalesce(${_keyText(description.columns.find((c) => c.name === k)?.kind ?? 'text', k)}, '')`)
      .join(` || '|' || `);
    parts.push(`select a.role, a.entity as truth_id, m.kind, em.entity_id, m.mention_id, [m.source, m.role, m.name, m.uscc, m.plate, m.plate_class, m.mmsi, m.address, m.permit_no, m.meter_no, m.site_code] as said from read_parquet(${quoteText(join(truth, 'gt_alias.parquet'))}) a
      join src_${source} s on a.source = ${quoteText(source)} and a.row_key = ${key}
      join mention m on m.source = a.source and m.role = a.role and ${_sameRow(source)} and (a.role <> 'truck' or m.plate = a.value) join entity_mention em on em.mention_id = m.mention_id`);
  }
  const rows = await db.rows<{ kind: string; truth_id: string; entity_id: string; mention_id: string }>(
    `with said_by as (select kind, truth_id, entity_id, said, min(mention_id) as mention_id, count(*) as rows from (${parts.join(' union all ')}) group by all)
     select kind, entity_id, min(mention_id) as mention_id, arg_max(truth_id, {'rows': rows, 'id': truth_id}) as truth_id from said_by
     group by kind, entity_id, said, case when said[2] = 'vehicle' and said[1] in ('pol_gate_pass', 'trn_gps') then '' else truth_id end order by mention_id`,
  );
  const kinds = [...new Set(rows.map((r) => r.kind))].sort();
  return kinds.map((kind) => {
    const of = rows.filter((r) => r.kind === kind);
    const s = evaluateClusters(
      new Map(of.map((r) => [r.mention_id, r.entity_id])),
      new Map(of.map((r) => [r.mention_id, r.truth_id])),
    );
    return { kind, mentions: of.length, precision: s.precision, recall: s.recall, f1: s.f1, b3: s.b3 };
  });
}

/** A mention of a bulk source stands for every row that says the same, not for its first row alone. */
function _sameRow(source: string): string {
  if (source === 'pol_gate_pass')
    return 'm.plate is not distinct from s.plate and m.plate_class is not distinct from s.plate_class';
  if (source === 'trn_gps') return 'm.plate is not distinct from s.plate';
  if (source === 'ship_ais') return 'm.mmsi is not distinct from s.mmsi and m.name is not distinct from s.ship_name';
  return 'm.row_id = s.row_id';
}

function _keyText(kind: string, column: string): string {
  const quoted = `s."${column}"`;
  if (kind === 'timestamp') return `strftime(${quoted}, '%Y-%m-%d %H:%M:%S')`;
  if (kind === 'month') return `strftime(${quoted}, '%Y-%m')`;
  return `${quoted}::varchar`;
}

async function _leads(
  db: Database,
  truth: string,
): Promise<{ listed: number; scheme: number; lookAlike: number; neither: number; base: number; subjects: number }> {
  const file = (t: string): string => `read_parquet(${quoteText(join(truth, `${t}.parquet`))})`;
  const [row] = await db.rows<{ listed: number; scheme: number; like: number; schemes: number; subjects: number }>(`
    with party as (select distinct sub.subject_id, g.decoy from ${file('gt_scheme')} g join ${file('gt_scheme_entity')} e on e.scheme = g.id
        join entity_key k on k.key = replace(replace(e.entity, 'meter:', ''), 'element:', '') or (k.kind = 'vehicle' and k.key = replace(e.entity, '/', '|'))
        join subject sub on sub.member_id = k.entity_id cross join (select max(as_of) as as_of from lead) l
        where g.started <= l.as_of and coalesce(g.ended, l.as_of) >= l.as_of - interval 120 day),
      listed as (select subject_id from lead where pick = 'ranked')
    select (select count(*) from listed) as listed, (select count(*) from listed where subject_id in (select subject_id from party where not decoy)) as scheme,
      (select count(*) from listed where subject_id in (select subject_id from party where decoy) and subject_id not in (select subject_id from party where not decoy)) as "like",
      (select count(distinct subject_id) from party where not decoy) as schemes, (select count(distinct subject_id) from subject) as subjects`);
  const r = row!;
  return {
    listed: r.listed,
    scheme: r.scheme,
    lookAlike: r.like,
    neither: r.listed - r.scheme - r.like,
    base: r.schemes / r.subjects,
    subjects: r.subjects,
  };
}

/** Tickets about a firm or site of truth, and those whose place ended in that firm's subject. */
async function _tickets(db: Database, truth: string): Promise<{ told: number; placed: number }> {
  const [row] = await db.rows<{ told: number; placed: number }>(`
    select count(distinct a.row_key) as told, count(distinct case when own.subject_id = mine.subject_id then a.row_key end) as placed
    from read_parquet(${quoteText(join(truth, 'gt_alias.parquet'))}) a join src_hot_ticket t on a.source = 'hot_ticket' and t.ticket_no = a.row_key
      left join entity_key k on k.key = a.entity and k.key_kind in ('uscc', 'permit_no') left join subject own on own.member_id = k.entity_id
      left join mention m on m.row_id = t.row_id and m.role = 'place' left join entity_mention em on em.mention_id = m.mention_id
      left join subject mine on mine.member_id = em.entity_id`);
  return row!;
}
