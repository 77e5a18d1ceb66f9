import type { Migration } from './migration.ts';

/** A judgement on two entities keeps a mention of each: entities are made anew by every run, mentions stay. */
export const judgedMentions: Migration = {
  no: 5,
  name: 'judged-mentions',
  statements: [`alter table judgement add column left_mention text, add column right_mention text`],
};
