import { COLOURS, type Picture, type Shape } from './picture.ts';

/** A layer under the map: lines or rings of [lon, lat] in WGS-84. */
export interface MapLayer {
  readonly kind: 'water' | 'zone' | 'road' | 'outline';
  readonly lines: readonly (readonly (readonly [number, number])[])[];
  readonly closed: boolean;
}

export interface MapPoint {
  readonly lon: number;
  readonly lat: number;
  readonly tag: string;
  readonly label: string;
  readonly colour: string;
  readonly isSubject: boolean;
}

const LAYER_COLOURS: Readonly<Record<MapLayer['kind'], string>> = {
  water: COLOURS.water,
  zone: '#F6D9C8',
  road: '#D8D8D8',
  outline: '#BBBBBB',
};

/** Points over plain layers: no tiles, no network. Plate carrée at the middle latitude, with a scale bar in km.
 *  Points outside the earth's ranges must have been refused before. With no points the picture says nothing and is null. */
export function mapPicture(
  points: readonly MapPoint[],
  layers: readonly MapLayer[],
  options: { title: string; width?: number; height?: number },
): Picture | null {
  if (points.length === 0) return null;
  const width = options.width ?? 680;
  const height = options.height ?? 360;
  const lat0 = _middle(points.map((p) => p.lat));
  const lon0 = _middle(points.map((p) => p.lon));
  const kmPerLat = 111.2;
  const kmPerLon = kmPerLat * Math.cos((lat0 * Math.PI) / 180);
  const halfKm =
    Math.max(
      1.5,
      ...points.map((p) =>
        Math.max((Math.abs(p.lon - lon0) * kmPerLon) / (width / height), Math.abs(p.lat - lat0) * kmPerLat),
      ),
    ) * 1.15;
  const pixelsPerKm = height / 2 / halfKm;
  const project = (lon: number, lat: number): [number, number] => [
    width / 2 + (lon - lon0) * kmPerLon * pixelsPerKm,
    height / 2 - (lat - lat0) * kmPerLat * pixelsPerKm,
  ];
  const shapes: Shape[] = [{ kind: 'box', x: 0, y: 0, width, height, fill: COLOURS.land }];
  for (const layer of layers) {
    for (const line of layer.lines) {
      const placed = _clip(
        line.map(([lon, lat]) => project(lon, lat)),
        width,
        height,
      );
      if (placed.length < 2) continue;
      if (layer.closed) shapes.push({ kind: 'area', points: placed, fill: LAYER_COLOURS[layer.kind], opacity: 0.7 });
      else
        shapes.push({
          kind: 'line',
          points: placed,
          colour: LAYER_COLOURS[layer.kind],
          width: layer.kind === 'water' ? 3 : 1.5,
        });
    }
  }
  for (const p of [...points].sort((a, b) => Number(a.isSubject) - Number(b.isSubject))) {
    const [x, y] = project(p.lon, p.lat);
    shapes.push({
      kind: 'dot',
      x,
      y,
      radius: p.isSubject ? 8 : 5,
      fill: p.colour,
      ...(p.isSubject ? { stroke: COLOURS.subject } : {}),
    });
    shapes.push({
      kind: 'text',
      x: x + 9,
      y: y + 4,
      text: `${p.tag} ${p.label}`.trim(),
      tag: p.tag,
      size: 11,
      colour: COLOURS.ink,
    });
  }
  const barKm = _niceKm(halfKm / 2);
  shapes.push({
    kind: 'line',
    points: [
      [16, height - 16],
      [16 + barKm * pixelsPerKm, height - 16],
    ],
    colour: COLOURS.ink,
    width: 2,
  });
  shapes.push({ kind: 'text', x: 16, y: height - 22, text: `${barKm} km`, size: 11, colour: COLOURS.ink });
  return { width, height, title: options.title, shapes };
}

function _middle(values: readonly number[]): number {
  return (Math.min(...values) + Math.max(...values)) / 2;
}

function _niceKm(km: number): number {
  const power = 10 ** Math.floor(Math.log10(km));
  const lead = km / power;
  return (lead >= 5 ? 5 : lead >= 2 ? 2 : 1) * power;
}

/** Drops a line that lies wholly outside; a crossing one is kept whole, since the drawing area cuts it. */
function _clip(points: [number, number][], width: number, height: number): [number, number][] {
  const far = 20_000;
  const near = points.map(([x, y]): [number, number] => [
    Math.max(-far, Math.min(far, x)),
    Math.max(-far, Math.min(far, y)),
  ]);
  const xs = near.map((p) => p[0]);
  const ys = near.map((p) => p[1]);
  const outside = Math.max(...xs) < 0 || Math.min(...xs) > width || Math.max(...ys) < 0 || Math.min(...ys) > height;
  return outside ? [] : near;
}
