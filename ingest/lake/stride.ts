/** Files of one batch share one `raw`; file `i` has the lines from `i` times this. Lines of any file are below it. */
export const FILE_STRIDE = 2 ** 42;

/** SQL of the place of a line's file in its batch. */
export function fileOfSql(line: string): string {
  return `(${line} // ${FILE_STRIDE})`;
}

/** SQL of a line as numbered in its own file. */
export function ownLineSql(line: string): string {
  return `(${line} % ${FILE_STRIDE})`;
}
