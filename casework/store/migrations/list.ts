import { accounts } from './0001-accounts.ts';
import { decisions } from './0002-decisions.ts';
import { cases } from './0003-cases.ts';
import { views } from './0004-views.ts';
import { judgedMentions } from './0005-judged-mentions.ts';
import type { Migration } from './migration.ts';

/** In the order in which they are applied. */
export const MIGRATIONS: readonly Migration[] = [accounts, decisions, cases, views, judgedMentions];
