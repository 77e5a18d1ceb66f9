/** What cleaning made of one sent value. `value` null with a `rule` = refused; `value` with a `rule` = kept, and the rule names the repair or the doubt. */
export interface Cleaned<T = string> {
  readonly value: T | null;
  readonly rule: string | null;
  /** What was wrong and what was expected; empty when nothing was. */
  readonly message: string;
}

/** A value that needs no remark. */
export function kept<T>(value: T): Cleaned<T> {
  return { value, rule: null, message: '' };
}

/** A value that was repaired or is doubtful; the rule is counted, the sent text is kept beside it. */
export function remarked<T>(value: T, rule: string, message: string): Cleaned<T> {
  return { value, rule, message };
}

/** A value that is not one of its kind: missing in the table, one row in `reject`. */
export function refused<T>(rule: string, message: string): Cleaned<T> {
  return { value: null, rule, message };
}
