export { cockpit, snapshotAsOf, type Cockpit, type TileFigure, type Trend } from './cockpit.ts';
export { type Tile, type TileRow, type Tone, TONES, TILE_GROUPS, type TileGroup } from './tile.ts';
export { TILES, sqlOf, tableNames, tileList } from './tiles.ts';
