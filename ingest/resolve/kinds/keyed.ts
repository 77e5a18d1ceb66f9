import { coded } from '../core/index.ts';
import { fieldOf } from '../tuples.ts';
import { onlyValue } from './levels.ts';
import type { KindPlan } from './plan.ts';

/** A plan that also honours `key`, the exact identifier of a user's own source: equal keys are one entity, different keys never. Nothing changes
 *  where no mention has one. */
export function keyed(plan: KindPlan): KindPlan {
  return {
    ...plan,
    fields: [...plan.fields, 'key'],
    prepare: (tuples) => {
      const prepared = plan.prepare(tuples);
      const column = fieldOf(tuples, 'key');
      const { codes } = coded(column);
      return {
        ...prepared,
        exclusive: [...prepared.exclusive, { id: 'key', codes }],
        together: [...prepared.together, codes],
        anonymous: (i) => codes[i]! < 0 && prepared.anonymous(i),
        nameOf: (members) => {
          const naming = prepared.nameOf(members);
          return { ...naming, id: naming.id ?? onlyValue(column, members) };
        },
      };
    },
  };
}
