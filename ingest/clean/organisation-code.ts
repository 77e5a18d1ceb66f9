const WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2];
const SHAPE = /^[0-9A-Z]{8}[0-9X]$/;

/** Check character of the first eight characters of an organisation code. @source GB 11714-1997 */
export function organisationCheck(eight: string): string {
  let sum = 0;
  for (let i = 0; i < 8; i++) {
    const c = eight.charCodeAt(i);
    sum += (c <= 57 ? c - 48 : c - 55) * WEIGHTS[i]!;
  }
  const check = 11 - (sum % 11);
  return check === 10 ? 'X' : check === 11 ? '0' : String(check);
}

/** Whether a text is an organisation code with a right check character; the hyphen before it may be absent. */
export function isOrganisationCode(text: string): boolean {
  const bare = text.length === 10 && text[8] === '-' ? text.slice(0, 8) + text[9]! : text;
  return SHAPE.test(bare) && organisationCheck(bare) === bare[8];
}
