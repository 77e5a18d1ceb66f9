/** What narrows the queue, and the name of each in the address. */
export const FILTERS = ['kind', 'town', 'typology', 'pick', 'grade'] as const;
export type FilterName = (typeof FILTERS)[number];
export type Filters = Readonly<Record<FilterName, string | null>>;

/** In the address an empty value stands as `-`, for an empty parameter would be lost. */
export const EMPTY = '-';

/** The filters that stand in the address. */
export function filtersOf(at: (name: string) => string | null): Filters {
  return Object.fromEntries(FILTERS.map((name) => [name, at(name)])) as unknown as Filters;
}

/** As the API wants them: `''` for those that have none. */
export function queryOf(filters: Filters): Record<string, string> {
  return Object.fromEntries(
    FILTERS.flatMap((name) => (filters[name] === null ? [] : [[name, filters[name] === EMPTY ? '' : filters[name]]])),
  );
}
