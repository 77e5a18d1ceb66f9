export { cockpit, snapshotAsOf, type Cockpit, type TileFigure, type Trend } from './cockpit.ts';
export { type Tile, type TileRow, type Tone, TONES, TILE_GROUPS, type TileGroup } from './tile.ts';
export { TILES, tileList } from './tiles.ts';
