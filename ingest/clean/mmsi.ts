import { type Cleaned, kept, refused, remarked } from './cleaned.ts';
import { code } from './text.ts';

/** Whether a ship's number carries a Chinese country code (412, 413, 414). */
export function isChineseMmsi(mmsi: string): boolean {
  return /^41[234]\d{6}$/.test(mmsi);
}

/** MMSI of a ship: nine digits, country code 201–775; there is no check digit. Base stations, buoys and craft of a mother ship keep a remark. */
export function cleanMmsi(sent: string): Cleaned {
  const text = code(sent).replace(/^(\d{9})\.0$/, '$1');
  if (!/^\d{9}$/.test(text)) return refused('mmsi-shape', `"${sent}" is not nine digits`);
  const country = Number(text.slice(0, 3));
  if (country >= 201 && country <= 775) return kept(text);
  if (/^(00[2-7]|0[2-7]|111|97[024]|98[2-7]|99[2-7])/.test(text))
    return remarked(text, 'mmsi-not-a-ship', `"${sent}" belongs to a base station, an aid or a small craft`);
  return refused('mmsi-country', `"${sent}" has no assigned country code (201–775)`);
}
