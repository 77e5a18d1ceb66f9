import { InputError } from '../../base/index.ts';
import type { BlockingRule } from '../core/index.ts';
import { bothKeys, keySource, looseOf } from './build-rules.ts';
import type { Schema } from './schema.ts';

/** Blocking rules that a user asked for: one or two columns each, `~` behind a name for the loose key.
 *  @throws InputError `bad-settings` for a column the table does not use, or one that has no loose key */
export function askedRules(schema: Schema, asked: readonly (readonly string[])[]): BlockingRule[] {
  return asked.map((columns) => {
    const sources = columns.map((text) => {
      const loose = text.endsWith('~');
      const name = loose ? text.slice(0, -1) : text;
      const column = schema.columns.find((c) => c.profile.name === name);
      if (column === undefined)
        throw new InputError(
          'bad-settings',
          `block: no usable column "${name}"; there are ${schema.columns.map((c) => c.profile.name).join(', ')}`,
          { name },
        );
      if (loose && looseOf(column) === null)
        throw new InputError(
          'bad-settings',
          `block: a ${column.profile.type} like "${name}" has no loose key; leave the ~ off`,
          { name },
        );
      return keySource(column, loose ? 'loose' : 'exact');
    });
    const [a, b] = sources;
    return b === undefined ? { id: a!.id, fields: [a!.column.profile.name], keysOf: a!.keysOf } : bothKeys(a!, b);
  });
}
