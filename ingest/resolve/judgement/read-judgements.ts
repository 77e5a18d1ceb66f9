import { InputError } from '../../base/index.ts';
import { JUDGED, type JudgementRow } from './judgement.ts';

const FIELDS = ['id', 'left', 'right', 'verdict', 'undoes', 'by', 'at', 'why'];

/** Judgement rows of a JSON Lines text, in the file's order. Blank lines do not count.
 *  A line is `{"id","left","right","verdict","by","at","why"}` or, to take a row back, `{"id","undoes","by","at","why"}`.
 *  @param where  file name, for the message
 *  @throws InputError `bad-judgements` with every faulty line at once, since a judgement that is passed over is worse than a run that stops */
export function readJudgements(text: string, where: string): JudgementRow[] {
  const rows: JudgementRow[] = [];
  const faults: string[] = [];
  const seen = new Set<string>();
  text.split('\n').forEach((line, index) => {
    if (line.trim() === '') return;
    const found = _rowOf(line);
    if (typeof found === 'string') faults.push(`line ${index + 1}: ${found}`);
    else if (seen.has(found.id)) faults.push(`line ${index + 1}: id "${found.id}" is there twice`);
    else {
      seen.add(found.id);
      rows.push(found);
    }
  });
  if (faults.length > 0)
    throw new InputError(
      'bad-judgements',
      `${where}: ${faults.slice(0, 20).join('; ')}${faults.length > 20 ? `; and ${faults.length - 20} more` : ''}; correct these lines`,
      { where, faults: faults.slice(0, 200) },
    );
  return rows;
}

/** A row, or what is wrong with the line. */
function _rowOf(line: string): JudgementRow | string {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return 'not JSON';
  }
  return checkedRow(value);
}

/** A judgement row from any value (a line's JSON, a row of another store), or what is wrong with it. */
export function checkedRow(value: unknown): JudgementRow | string {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return 'not an object';
  const row = value as Record<string, unknown>;
  const unknown = Object.keys(row).filter((k) => !FIELDS.includes(k));
  if (unknown.length > 0) return `unknown field ${unknown.map((u) => `"${u}"`).join(', ')}`;
  const text = (field: string): string => (typeof row[field] === 'string' ? (row[field] as string).trim() : '');
  const absent = ['id', 'by', 'at', 'why'].filter((f) => text(f) === '');
  if (absent.length > 0) return `no ${absent.join(', ')}`;
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(text('at')) || Number.isNaN(Date.parse(text('at'))))
    return `"at": "${text('at')}" is not a moment like 2026-03-05T08:00:00Z`;
  const who = { id: text('id'), by: text('by'), at: new Date(text('at')).toISOString(), why: text('why') };
  if (row['undoes'] !== undefined) {
    if (row['left'] !== undefined || row['right'] !== undefined || row['verdict'] !== undefined)
      return 'an undo names no records and no verdict';
    return text('undoes') === '' ? 'no undoes' : { ...who, undoes: text('undoes') };
  }
  const verdict = JUDGED.find((j) => j === row['verdict']);
  if (verdict === undefined) return `"verdict": ${JSON.stringify(row['verdict'])} is not one of ${JUDGED.join(', ')}`;
  if (text('left') === '' || text('right') === '') return 'no left or right';
  if (text('left') === text('right')) return `"${text('left')}" is judged against itself`;
  return { ...who, left: text('left'), right: text('right'), verdict };
}
