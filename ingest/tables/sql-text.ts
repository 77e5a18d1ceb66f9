/** `"name"`, safe as an identifier in SQL text. */
export function quoteIdent(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** `'text'`, safe as a literal where a parameter cannot stand (file lists, DDL). */
export function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
