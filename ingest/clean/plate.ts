import { type Cleaned, kept, refused, remarked } from './cleaned.ts';
import { code } from './text.ts';

/** The 31 province characters of ordinary plates. */
export const PROVINCES = '京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼';
const P = `[${PROVINCES}]`;
const ORDINARY = new RegExp(`^${P}[A-HJ-NP-Z][A-HJ-NP-Z0-9]{5}$`);
const SMALL_NEW_ENERGY = new RegExp(`^${P}[A-HJ-NP-Z][A-HJK][A-HJ-NP-Z0-9]\\d{4}$`);
const LARGE_NEW_ENERGY = new RegExp(`^${P}[A-HJ-NP-Z]\\d{5}[A-HJK]$`);
const SUFFIXED = new RegExp(`^${P}[A-HJ-NP-Z][A-HJ-NP-Z0-9]{4}[挂学警港澳]$`);
const NO_PROVINCE =
  /^[A-HJ-NP-Z][A-HJ-NP-Z0-9]{5}$|^[A-HJ-NP-Z][A-HJ-NP-Z0-9]{4}挂$|^[A-HJ-NP-Z](\d{5}[A-HJK]|[A-HJK][A-HJ-NP-Z0-9]\d{4})$/;
const NO_SUFFIX = new RegExp(`^${P}[A-HJ-NP-Z][A-HJ-NP-Z0-9]{4}$`);

/** Shapes of number plates (GA 36-2018 and its new-energy form). */
export type PlateShape =
  'ordinary' | 'new-energy-small' | 'new-energy-large' | 'trailer' | 'school' | 'police' | 'border';

/** What a gate writes when it could not read a plate. */
export const UNREAD_PLATES: ReadonlySet<string> = new Set([
  '无牌',
  '无车牌',
  '未识别',
  '车牌',
  '无号牌',
  '未知',
  '无',
  '----',
]);

/** The shape of a normalised plate, or null when it is none. */
export function plateShape(plate: string): PlateShape | null {
  if (SUFFIXED.test(plate)) {
    const last = plate.at(-1);
    return last === '挂' ? 'trailer' : last === '学' ? 'school' : last === '警' ? 'police' : 'border';
  }
  if (SMALL_NEW_ENERGY.test(plate)) return 'new-energy-small';
  if (LARGE_NEW_ENERGY.test(plate)) return 'new-energy-large';
  return ORDINARY.test(plate) ? 'ordinary' : null;
}

/** 车牌: half-width, upper case, dots and spaces gone; O→0 and I→1 after the office letter, which plates never carry.
 *  Without its province character or without 挂 it is kept with a remark: resolution weighs it, nobody completes it here. */
export function cleanPlate(sent: string): Cleaned {
  const text = code(sent)
    .replace(/[·•・.‧∙_-]/g, '')
    .replace('掛', '挂');
  if (plateShape(text) !== null) return kept(text);
  const start = /^[A-Z]/.test(text) ? 1 : 2;
  const repaired = text.slice(0, start) + text.slice(start).replaceAll('O', '0').replaceAll('I', '1');
  if (plateShape(repaired) !== null) return remarked(repaired, 'look-alike-repaired', `"${sent}" read as ${repaired}`);
  if (NO_PROVINCE.test(repaired))
    return remarked(repaired, 'plate-no-province', `"${sent}" lacks its province character`);
  if (NO_SUFFIX.test(repaired))
    return remarked(repaired, 'plate-short', `"${sent}" lacks a character: 挂, or one unread`);
  return refused('plate-shape', `"${sent}" is not a number plate`);
}
