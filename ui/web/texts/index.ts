import * as shell from './shell.ts';

/** Every text in both languages; one file (namespace) a view: `useTranslation('shell')`. */
export const TEXTS = {
  zh: { shell: shell.zh },
  en: { shell: shell.en },
};
