import { InputError } from '../../ingest/base/index.ts';

/** Where each node stands; y grows upwards. The unit is the ideal length of an edge, unless the layout says otherwise. */
export interface Positions {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/** The corners of what is drawn; all 0 for no nodes. */
export interface Bounds {
  readonly left: number;
  readonly right: number;
  readonly bottom: number;
  readonly top: number;
}

export function boundsOf(positions: Positions): Bounds {
  const { x, y } = positions;
  if (x.length === 0) return { left: 0, right: 0, bottom: 0, top: 0 };
  const most = (values: Float64Array): number => values.reduce((a, b) => Math.max(a, b), -Infinity);
  const least = (values: Float64Array): number => values.reduce((a, b) => Math.min(a, b), Infinity);
  return { left: least(x), right: most(x), bottom: least(y), top: most(y) };
}

/** The same picture moved and scaled, without distortion, to fill a box from (0, 0) to (width, height) with a margin; y then grows downwards, as on
 *  a page. A picture of no extent is put in the middle. @throws InputError `bad-box` */
export function fitInBox(
  positions: Positions,
  box: { readonly width: number; readonly height: number; readonly margin: number },
): Positions {
  const inner = { width: box.width - 2 * box.margin, height: box.height - 2 * box.margin };
  if (!(inner.width > 0 && inner.height > 0 && box.margin >= 0))
    throw new InputError(
      'bad-box',
      `fitInBox: ${box.width} × ${box.height} has no room inside a margin of ${box.margin}`,
      {
        ...box,
      },
    );
  const b = boundsOf(positions);
  const scales = [inner.width / (b.right - b.left), inner.height / (b.top - b.bottom)].filter(Number.isFinite);
  const scale = scales.length === 0 ? 1 : Math.min(...scales);
  const middleX = (b.left + b.right) / 2;
  const middleY = (b.bottom + b.top) / 2;
  return {
    x: positions.x.map((x) => box.width / 2 + (x - middleX) * scale),
    y: positions.y.map((y) => box.height / 2 - (y - middleY) * scale),
  };
}
