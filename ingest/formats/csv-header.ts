/** The fields of the first record of a delimited text, quotes taken off, and whether it ended within the text given. */
export function firstRecord(
  text: string,
  delimiter: string,
): { readonly fields: string[]; readonly complete: boolean } {
  const fields: string[] = [];
  let field = '';
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const c = text[i]!;
    if (quoted) {
      if (c !== '"') field += c;
      else if (text[i + 1] === '"') {
        field += '"';
        i++;
      } else quoted = false;
    } else if (c === '"' && field === '') quoted = true;
    else if (c === delimiter) {
      fields.push(field);
      field = '';
    } else if (c === '\n' || c === '\r') return { fields: [...fields, field], complete: true };
    else field += c;
  }
  return { fields: [...fields, field], complete: false };
}

/** The delimiter that cuts the first line into most fields: comma, tab, semicolon or bar; comma when none does. */
export function sniffedDelimiter(text: string): string {
  let best = ',';
  let most = 1;
  for (const delimiter of [',', '\t', ';', '|']) {
    const count = firstRecord(text, delimiter).fields.length;
    if (count > most) [best, most] = [delimiter, count];
  }
  return best;
}
