/** Look-back windows of event features, days before the as-of moment. */
export const WINDOWS = [30, 90, 365] as const;

/** Facts older than this leave every window-less feature alone but "days since", which looks back this far. */
export const LOOK_BACK_DAYS = 1095;

/** `("at" within `days` before the as-of)`, as a filter clause. A fact counts by when it happened; the join has already asked that it was known. */
export function withinSql(days: number): string {
  return `filter (where f."at" > r.as_of - interval ${days} day)`;
}

/** Days between the newest fact and the as-of. */
export const DAYS_SINCE_SQL = `date_diff('second', max(f."at"), any_value(r.as_of)) / 86400.0`;
