import type { Bilingual } from '../../../ingest/schema/index.ts';

/** How a line of a tile is to be looked at. `stale` = its feed has fallen silent, so nothing can be said. */
export const TONES = ['bad', 'warn', 'ok', 'stale'] as const;
export type Tone = (typeof TONES)[number];

/** One line of the list behind a tile. Every tile's SQL yields these columns, in this order of meaning; no person's name is among them. */
export interface TileRow {
  readonly id: string;
  readonly zh: string;
  readonly en: string;
  readonly note: string | null;
  readonly at: string | null;
  readonly value: number | null;
  readonly unit: string | null;
  readonly tone: Tone | null;
  readonly entityId: string | null;
  readonly rowId: string | null;
  readonly leadId: string | null;
  readonly lon: number | null;
  readonly lat: number | null;
}

export const TILE_GROUPS = ['today', 'water', 'facilities', 'moving', 'towns', 'funnel', 'data'] as const;
export type TileGroup = (typeof TILE_GROUPS)[number];

/** A tile of the cockpit, as data: its list is SQL, and its total is the number of lines of that list, so the two cannot differ. */
export interface Tile {
  readonly id: string;
  readonly group: TileGroup;
  readonly title: Bilingual;
  /** What is counted, over which time. */
  readonly note: Bilingual;
  /** Tables without which the tile is not there. */
  readonly needs: readonly string[];
  /** How many lines of the list the wall shows; 0 = only the total. */
  readonly shown: number;
  /** A select with the columns `id, zh, en, note, at, value, unit, tone, entity_id, row_id, lead_id, lon, lat`; `$asOf` is bound to the run's moment. */
  readonly sql: string | ((tables: ReadonlySet<string>) => string);
  /** `order by` of the list, over those columns. */
  readonly order: string;
}

/** The columns that a tile's select leaves out, as nulls: `tileSql({ id: …, zh: … })`. Every value is a DuckDB expression. */
export function tileSql(
  columns: Partial<Record<keyof typeof TILE_COLUMNS, string>> & { readonly id: string; readonly zh: string },
  from: string,
): string {
  const all = { ...TILE_COLUMNS, en: columns.zh, ...columns };
  return `select ${Object.entries(all)
    .map(([name, expression]) => `${expression} as "${name}"`)
    .join(', ')} ${from}`;
}

const TILE_COLUMNS = {
  id: 'null',
  zh: 'null',
  en: 'null',
  note: 'null::varchar',
  at: 'null::timestamp',
  value: 'null::double',
  unit: 'null::varchar',
  tone: 'null::varchar',
  entity_id: 'null::varchar',
  row_id: 'null::varchar',
  lead_id: 'null::varchar',
  lon: 'null::double',
  lat: 'null::double',
};

/** The day of the run's moment in China time, as a DuckDB expression. */
export const ASOF_DAY = `($asOf::timestamp + interval 8 hour)::date`;
