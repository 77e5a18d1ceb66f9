/** SQL of the rows of `table` (with `key`, `day`) that belong to a pattern: at least `$times` of its days for the same key within `$spanDays`. Adds `pattern_known`:
 *  when the first such window that holds the row was complete, so that nothing is claimed before it could be seen.
 *  @param known  expression over a row: when that day is known */
export function repeatedSql(table: string, known: string): string {
  return `
    with numbered as (
      select *, ${known} as own_known, count(*) over (partition by key order by day range between to_days(($spanDays - 1)::integer) preceding and current row) as so_far
      from ${table})
    select a.* exclude (own_known, so_far), b.pattern_known
    from numbered a
    join lateral (
      select min(c.own_known) as pattern_known from numbered c
      where c.key = a.key and c.so_far >= $times and c.day between a.day and a.day + ($spanDays - 1)::integer) b on b.pattern_known is not null`;
}
