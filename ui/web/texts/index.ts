import * as cases from './cases.ts';
import * as cockpit from './cockpit.ts';
import * as dossier from './dossier.ts';
import * as explore from './explore.ts';
import * as factors from './factors.ts';
import * as health from './health.ts';
import * as kinds from './kinds.ts';
import * as lead from './lead.ts';
import * as leads from './leads.ts';
import * as links from './links.ts';
import * as login from './login.ts';
import * as properties from './properties.ts';
import * as models from './models.ts';
import * as rows from './rows.ts';
import * as shell from './shell.ts';
import * as upload from './upload.ts';
import * as verdict from './verdict.ts';

/** One file (namespace) a view: add its import and its name here. */
const ALL = {
  shell,
  kinds,
  rows,
  cockpit,
  leads,
  lead,
  verdict,
  health,
  models,
  dossier,
  upload,
  cases,
  factors,
  login,
  explore,
  links,
  properties,
};

type Texts = { readonly [Name in keyof typeof ALL]: (typeof ALL)[Name]['zh'] };

/** Every text in both languages: `useTranslation('shell')`. */
export const TEXTS = { zh: _in('zh'), en: _in('en') };

function _in(language: 'zh' | 'en'): Texts {
  return Object.fromEntries(Object.entries(ALL).map(([name, texts]) => [name, texts[language]])) as Texts;
}
