/** DuckDB text: the first moment (UTC) of a DATE column's day in China. */
export function dayStart(column: string): string {
  return `(${column})::timestamp - interval 8 hour`;
}

/** DuckDB text: the moment (UTC) when a DATE column's day ends in China. What a date says is known only then: a feature as of
 *  noon must not see what was published that evening. */
export function dayEnd(column: string): string {
  return `(${column})::timestamp + interval 16 hour`;
}

/** DuckDB text: the end (UTC) of day `day` of the month after a month (the DATE of its first day), in China. */
export function nextMonthDayEnd(column: string, day: number): string {
  return `(${column})::timestamp + interval 1 month + interval ${day - 1} day + interval 16 hour`;
}
