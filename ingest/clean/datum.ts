import gcoordModule from 'gcoord';

/** The package is CommonJS whose types promise a `default` that Node already unwraps. */
const { BD09, GCJ02, WGS84, transform } = gcoordModule as unknown as typeof gcoordModule.default;

/** Geodetic datums met here. CGCS2000 and WGS-84 are centimetres apart and count as equal. */
export type Datum = 'wgs84' | 'gcj02' | 'bd09' | 'cgcs2000';
export type LonLat = readonly [lon: number, lat: number];

const TOLERANCE_DEGREES = 1e-9;
const MOST_STEPS = 30;

/** WGS-84 degrees as another datum writes them (outside China GCJ-02 equals WGS-84). */
export function fromWgs84(point: LonLat, datum: Datum): LonLat {
  if (datum === 'wgs84' || datum === 'cgcs2000') return point;
  const [lon, lat] = transform([point[0], point[1]], WGS84, datum === 'gcj02' ? GCJ02 : BD09) as [number, number];
  return [lon, lat];
}

/** WGS-84 degrees of a point sent in `datum`: the forward conversion inverted by fixed-point iteration, below 1e-7°. */
export function toWgs84(point: LonLat, datum: Datum): LonLat {
  if (datum === 'wgs84' || datum === 'cgcs2000') return point;
  let [lon, lat] = point;
  for (let step = 0; step < MOST_STEPS; step++) {
    const [x, y] = fromWgs84([lon, lat], datum);
    const [dx, dy] = [x - point[0], y - point[1]];
    lon -= dx;
    lat -= dy;
    if (Math.abs(dx) < TOLERANCE_DEGREES && Math.abs(dy) < TOLERANCE_DEGREES) break;
  }
  return [lon, lat];
}

const METRES_PER_DEGREE = 111_195;

/** East and north of `to` seen from `from`, metres, on a plane at their latitude; good to 0.1 % within 100 km. */
export function offsetMetres(from: LonLat, to: LonLat): readonly [east: number, north: number] {
  const scale = Math.cos((((from[1] + to[1]) / 2) * Math.PI) / 180);
  return [(to[0] - from[0]) * METRES_PER_DEGREE * scale, (to[1] - from[1]) * METRES_PER_DEGREE];
}
