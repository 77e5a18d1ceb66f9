import * as kinds from './kinds.ts';
import * as leads from './leads.ts';
import * as shell from './shell.ts';

/** Every text in both languages; one file (namespace) a view: `useTranslation('shell')`. */
export const TEXTS = {
  zh: { shell: shell.zh, kinds: kinds.zh, leads: leads.zh },
  en: { shell: shell.en, kinds: kinds.en, leads: leads.en },
};
