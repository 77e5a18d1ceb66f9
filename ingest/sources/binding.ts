import { InputError, messageOf } from '../base/index.ts';
import { type SourceDescription, typedColumns } from '../schema/index.ts';
import { type Database, quoteIdent } from '../tables/index.ts';
import { type Fault, expressionsOf, faultsOf } from './faults.ts';

const SCRATCH = 'binding_of_description';

/** Checks descriptions whole: names, doubles of ids, and every expression bound (`EXPLAIN`) on an empty table of the cleaned columns.
 *  @throws InputError `bad-description` with every fault of every description at once */
export async function checkDescriptions(db: Database, descriptions: readonly SourceDescription[]): Promise<void> {
  const faults: Fault[] = [...doubledIds(descriptions), ..._referenceFaults(descriptions)];
  for (const d of descriptions) {
    const own = faultsOf(d);
    faults.push(...own, ...(own.length === 0 ? await _bindingFaults(db, d) : []));
  }
  if (faults.length > 0) throw badDescription('checkDescriptions', faults);
}

/** Ids used by two descriptions. */
export function doubledIds(descriptions: readonly SourceDescription[]): Fault[] {
  const ids = descriptions.map((d) => d.id);
  const doubled = new Set(ids.filter((id, i) => ids.indexOf(id) !== i));
  return [...doubled].map((id) => ({ path: id, message: 'this id is used by two descriptions; ids must differ' }));
}

/** `knownWith` that names no described source or no column of it. */
function _referenceFaults(descriptions: readonly SourceDescription[]): Fault[] {
  const columnsOf = new Map(descriptions.map((d) => [d.id, new Set(typedColumns(d).map((c) => c.name))]));
  return descriptions.flatMap((d) =>
    (d.knownWith ?? []).flatMap((k, i) => {
      if (columnsOf.get(k.source)?.has(k.references) === true && k.source !== d.id) return [];
      return [
        { path: `${d.id}.knownWith[${i}]`, message: `"${k.source}.${k.references}" is no column of another source` },
      ];
    }),
  );
}

/** One error that lists every fault with its path. */
export function badDescription(where: string, faults: readonly Fault[]): InputError {
  const lines = faults.map((f) => `  ${f.path}: ${f.message}`);
  return new InputError(
    'bad-description',
    `${where}: ${faults.length} fault${faults.length === 1 ? '' : 's'}; correct them:\n${lines.join('\n')}`,
    { faults },
  );
}

async function _bindingFaults(db: Database, d: SourceDescription): Promise<Fault[]> {
  const columns = [
    ...typedColumns(d),
    { name: 'row_id', type: 'VARCHAR' },
    { name: 'event_at', type: 'TIMESTAMP' },
    { name: 'known_at', type: 'TIMESTAMP' },
  ];
  const list = columns.map((c) => `${quoteIdent(c.name)} ${c.type}`).join(', ');
  await db.run(`create or replace temp table ${SCRATCH} (${list})`);
  const faults: Fault[] = [];
  const each = new Set(d.mentions.filter((m) => m.each !== undefined).map((m) => m.role));
  for (const e of expressionsOf(d)) {
    const item = e.roles.some((r) => each.has(r)) ? `, ''::varchar as item` : '';
    const value = e.type === null ? `(${e.text})` : `cast((${e.text}) as ${e.type})`;
    try {
      await db.rows(`explain select ${value} from (select *${item} from ${SCRATCH})`);
    } catch (fault) {
      const said = messageOf(fault)
        .replace(/^Database: /, '')
        .split('\n')[0];
      faults.push({ path: `${d.id}.${e.path}`, message: `"${e.text}" does not bind: ${said}` });
    }
  }
  await db.run(`drop table ${SCRATCH}`);
  return faults;
}
