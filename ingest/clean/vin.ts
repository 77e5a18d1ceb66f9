import { type Cleaned, kept, refused } from './cleaned.ts';
import { code } from './text.ts';

const WEIGHTS = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];
const VALUES: Readonly<Record<string, number>> = Object.fromEntries(
  Array.from('ABCDEFGH')
    .map((c, i) => [c, i + 1] as const)
    .concat(
      Array.from('JKLMN').map((c, i) => [c, i + 1] as const),
      [['P', 7] as const, ['R', 9] as const],
      Array.from('STUVWXYZ').map((c, i) => [c, i + 2] as const),
      Array.from('0123456789').map((c, i) => [c, i] as const),
    ),
);

/** Check character (position 9) of a vehicle identification number. @source GB 16735, ISO 3779 */
export function vinCheck(vin: string): string {
  let sum = 0;
  for (let i = 0; i < 17; i++) sum += VALUES[vin[i]!]! * WEIGHTS[i]!;
  return sum % 11 === 10 ? 'X' : String(sum % 11);
}

/** 车辆识别代号: 17 characters without I, O, Q; O, I, Q are not repaired. */
export function cleanVin(sent: string): Cleaned {
  const text = code(sent);
  if (!/^[A-HJ-NPR-Z0-9]{17}$/.test(text))
    return refused('vin-shape', `"${sent}" is not 17 characters without I, O, Q`);
  if (vinCheck(text) !== text[8]) return refused('vin-check', `"${sent}" fails the check at position 9`);
  return kept(text);
}
