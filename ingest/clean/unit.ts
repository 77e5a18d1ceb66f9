import { InputError } from '../base/index.ts';

/** Dimension and size of each unit in its dimension's base unit. Money is converted only where a description states both units. */
const UNITS: Readonly<Record<string, readonly [dimension: string, size: number]>> = {
  t: ['mass', 1e6],
  吨: ['mass', 1e6],
  kg: ['mass', 1e3],
  千克: ['mass', 1e3],
  公斤: ['mass', 1e3],
  g: ['mass', 1],
  克: ['mass', 1],
  mg: ['mass', 1e-3],
  'g/l': ['concentration', 1e6],
  'mg/l': ['concentration', 1e3],
  '毫克/升': ['concentration', 1e3],
  'ug/l': ['concentration', 1],
  'μg/l': ['concentration', 1],
  '微克/升': ['concentration', 1],
  'mg/m3': ['gas', 1e3],
  '毫克/立方米': ['gas', 1e3],
  'ug/m3': ['gas', 1],
  'μg/m3': ['gas', 1],
  yuan: ['money', 1],
  元: ['money', 1],
  wan: ['money', 1e4],
  万元: ['money', 1e4],
  m3: ['volume', 1e3],
  立方米: ['volume', 1e3],
  方: ['volume', 1e3],
  l: ['volume', 1],
  升: ['volume', 1],
  m: ['length', 1],
  米: ['length', 1],
  km: ['length', 1e3],
  公里: ['length', 1e3],
  千米: ['length', 1e3],
  kwh: ['energy', 1],
  千瓦时: ['energy', 1],
  度: ['energy', 1],
  mwh: ['energy', 1e3],
  万千瓦时: ['energy', 1e4],
  kw: ['power', 1],
  千瓦: ['power', 1],
  mw: ['power', 1e3],
  亩: ['area', 2000 / 3],
  mu: ['area', 2000 / 3],
  公顷: ['area', 1e4],
  ha: ['area', 1e4],
  平方米: ['area', 1],
  m2: ['area', 1],
  kn: ['speed', 1.852],
  'km/h': ['speed', 1],
  '%': ['share', 1],
};

/** Case is dropped; NFKC makes μ of µ, ³ a 3 and ㎎ mg. */
function _canonical(unit: string): string {
  return unit.normalize('NFKC').replaceAll(' ', '').toLowerCase();
}

/** Whether two units measure the same thing and have a factor between them; litres and kilograms do not. */
export function isConvertible(from: string, to: string): boolean {
  const [a, b] = [UNITS[_canonical(from)], UNITS[_canonical(to)]];
  return a !== undefined && b !== undefined && a[0] === b[0];
}

/** How many `to` one `from` is: `unitFactor('kg', 't')` is 0.001. @throws InputError `no-unit-factor` for an unknown or unlike pair */
export function unitFactor(from: string, to: string): number {
  if (_canonical(from) === _canonical(to)) return 1;
  if (!isConvertible(from, to)) {
    throw new InputError(
      'no-unit-factor',
      `unitFactor: no factor from "${from}" to "${to}"; state two units of one quantity`,
      {
        from,
        to,
      },
    );
  }
  const [a, b] = [UNITS[_canonical(from)]![1], UNITS[_canonical(to)]![1]];
  return a >= b ? a / b : 1 / (b / a);
}

/** Every unit text with a factor to `to`, for conversions by a unit column. */
export function unitsLike(to: string): ReadonlyMap<string, number> {
  return new Map(
    Object.keys(UNITS).flatMap((unit) => (isConvertible(unit, to) ? [[unit, unitFactor(unit, to)] as const] : [])),
  );
}

/** A number with its unit in one text, `12.5吨` or `3 mg/L`, or null when the text is not of that sort. */
export function quantityOf(sent: string): { readonly value: number; readonly unit: string } | null {
  const match = /^([+-]?\d+(?:,\d{3})*(?:\.\d+)?)\s*([^\d\s].*)$/.exec(sent.normalize('NFKC').trim());
  if (match === null || UNITS[_canonical(match[2]!)] === undefined) return null;
  return { value: Number(match[1]!.replaceAll(',', '')), unit: match[2]! };
}
