import * as kinds from './kinds.ts';
import * as lead from './lead.ts';
import * as leads from './leads.ts';
import * as login from './login.ts';
import * as rows from './rows.ts';
import * as shell from './shell.ts';

/** Every text in both languages; one file (namespace) a view: `useTranslation('shell')`. */
export const TEXTS = {
  zh: { shell: shell.zh, kinds: kinds.zh, rows: rows.zh, leads: leads.zh, lead: lead.zh, login: login.zh },
  en: { shell: shell.en, kinds: kinds.en, rows: rows.en, leads: leads.en, lead: lead.en, login: login.en },
};
