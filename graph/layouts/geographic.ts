import { InputError } from '../../ingest/base/index.ts';
import type { SimpleGraph } from '../build/simple.ts';
import type { Positions } from './positions.ts';

/** Places on the map, and who has one of their own. */
export interface GeographicPositions extends Positions {
  /** 1 = at its own coordinates; 0 = set beside its neighbours, or below the map. */
  readonly located: Uint8Array;
}

/** Nodes at their coordinates in Web Mercator, km from the middle of what is located; a node without coordinates stands at the mean of its located neighbours, and those
 *  without any in a row below the map. Takes `toSimple(graph, 'both')`. O(n + m).
 *  @param lon  degrees WGS-84; NaN = unknown  @throws InputError `ragged-columns` */
export function geographicLayout(graph: SimpleGraph, lon: Float64Array, lat: Float64Array): GeographicPositions {
  const n = graph.nodeCount;
  if (lon.length !== n || lat.length !== n)
    throw new InputError(
      'ragged-columns',
      `geographicLayout: ${lon.length} and ${lat.length} coordinates for ${n} nodes`,
      {},
    );
  const located = Uint8Array.from(lon, (x, u) => (Number.isFinite(x) && Math.abs(lat[u]!) <= 85 ? 1 : 0));
  const x = lon.map((degrees) => (EARTH_KM * degrees * Math.PI) / 180);
  const y = lat.map((degrees) => EARTH_KM * Math.log(Math.tan(Math.PI / 4 + (degrees * Math.PI) / 360)));
  _centre(x, located);
  _centre(y, located);
  const lost: number[] = [];
  for (let u = 0; u < n; u++) if (located[u] === 0 && !_besideNeighbours(graph, u, { x, y }, located)) lost.push(u);
  const bottom = y.reduce((least, v, u) => (located[u] === 1 ? Math.min(least, v) : least), 0);
  lost.forEach((u, i) => {
    x[u] = i - (lost.length - 1) / 2;
    y[u] = bottom - 1;
  });
  return { x, y, located };
}

/** Radius of Web Mercator's sphere. */
const EARTH_KM = 6378.137;

function _centre(values: Float64Array, located: Uint8Array): void {
  const there = values.filter((_v, u) => located[u] === 1);
  if (there.length === 0) return;
  const middle = (there.reduce((a, b) => Math.max(a, b)) + there.reduce((a, b) => Math.min(a, b))) / 2;
  values.forEach((v, u) => (values[u] = v - middle));
}

function _besideNeighbours(graph: SimpleGraph, u: number, at: Positions, located: Uint8Array): boolean {
  let count = 0;
  let x = 0;
  let y = 0;
  for (let slot = graph.starts[u]!; slot < graph.starts[u + 1]!; slot++) {
    const v = graph.ends[slot]!;
    if (located[v] === 0) continue;
    count++;
    x += at.x[v]!;
    y += at.y[v]!;
  }
  if (count === 0) return false;
  at.x[u] = x / count;
  at.y[u] = y / count;
  return true;
}
