import { type Cleaned, kept, refused } from './cleaned.ts';
import { code } from './text.ts';

/** IMO ship number: seven digits, the last is the sum of the others times 7…2, modulo 10. */
export function cleanImo(sent: string): Cleaned {
  const text = code(sent).replace(/^IMO:?/, '');
  if (!/^\d{7}$/.test(text)) return refused('imo-shape', `"${sent}" is not seven digits`);
  let sum = 0;
  for (let i = 0; i < 6; i++) sum += Number(text[i]) * (7 - i);
  return sum % 10 === Number(text[6]) ? kept(text) : refused('imo-check', `"${sent}" fails its check digit`);
}
