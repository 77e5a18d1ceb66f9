import { T01 } from './t01.ts';
import { T02 } from './t02.ts';
import { T03 } from './t03.ts';
import { T04 } from './t04.ts';
import { T05 } from './t05.ts';
import { T06 } from './t06.ts';
import { T07 } from './t07.ts';
import { T08 } from './t08.ts';
import { T09 } from './t09.ts';
import { T10 } from './t10.ts';
import { T11 } from './t11.ts';
import { T12 } from './t12.ts';
import { T13 } from './t13.ts';
import { T14 } from './t14.ts';
import { T15 } from './t15.ts';
import { T16 } from './t16.ts';
import type { Typology } from './typology.ts';

/** Every typology, in the order of domain.md §3. */
// prettier-ignore
export const TYPOLOGIES: readonly Typology[] = Object.freeze([
  T01, T02, T03, T04, T05, T06, T07, T08, T09, T10, T11, T12, T13, T14, T15, T16,
]);
