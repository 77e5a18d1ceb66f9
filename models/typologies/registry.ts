import { T01 } from './t01.ts';
import { T02 } from './t02.ts';
import { T03 } from './t03.ts';
import { T04 } from './t04.ts';
import { T05 } from './t05.ts';
import { T06 } from './t06.ts';
import { T10 } from './t10.ts';
import { T14 } from './t14.ts';
import type { Typology } from './typology.ts';

/** Every typology, in the order of domain.md §3. */
export const TYPOLOGIES: readonly Typology[] = Object.freeze([T01, T02, T03, T04, T05, T06, T10, T14]);
