/** A value as it is shown before an unlock: its shape stays, what identifies goes.
 *  Phones keep three and two digits, identity numbers the region's first two, names the family name, everything else its first character. */
export function maskedValue(property: string, value: string): string {
  if (/phone|tel|mobile/.test(property) && value.length >= 7) return _keep(value, 3, 2);
  if (/id|hash|no$/.test(property)) return _keep(value, 2, 0);
  return _keep(value, 1, 0);
}

function _keep(value: string, head: number, tail: number): string {
  const letters = Array.from(value);
  const hidden = Math.max(1, Math.min(8, letters.length - head - tail));
  const shown = letters.length > head + tail ? head : 0;
  return `${letters.slice(0, shown).join('')}${'*'.repeat(hidden)}${shown > 0 && tail > 0 ? letters.slice(-tail).join('') : ''}`;
}
