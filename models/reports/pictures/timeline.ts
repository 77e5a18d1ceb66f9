import { chinaDate } from '../../../ingest/base/index.ts';
import { COLOURS, type Picture, type Shape } from './picture.ts';

/** One thing on the time line. */
export interface Moment {
  readonly atMs: number;
  /** Name of the lane it lies in, e.g. the typology or the kind of record. */
  readonly lane: string;
  readonly colour: string;
}

/** Lanes of dots over a common time axis; the window is what the moments span, at least a day.
 *  @param options.laneLabels  text of each lane, in the order drawn; lanes without a moment are left out */
export function timelinePicture(
  moments: readonly Moment[],
  options: { title: string; laneLabels: ReadonlyMap<string, string>; width?: number },
): Picture {
  const width = options.width ?? 680;
  const lanes = [...options.laneLabels.keys()].filter((lane) => moments.some((m) => m.lane === lane));
  const left = 190;
  const top = 12;
  const rowHeight = 24;
  const height = top + Math.max(lanes.length, 1) * rowHeight + 34;
  const times = moments.map((m) => m.atMs);
  const first = times.length === 0 ? 0 : Math.min(...times);
  const last = times.length === 0 ? 1 : Math.max(...times, first + 86_400_000);
  const x = (ms: number): number => left + ((ms - first) / (last - first)) * (width - left - 20);
  const shapes: Shape[] = lanes.flatMap((lane, i): Shape[] => {
    const y = top + i * rowHeight + rowHeight / 2;
    return [
      {
        kind: 'line',
        points: [
          [left, y],
          [width - 12, y],
        ],
        colour: COLOURS.pale,
        width: 1,
      },
      {
        kind: 'text',
        x: left - 8,
        y: y + 4,
        text: options.laneLabels.get(lane)!,
        tag: lane,
        size: 12,
        colour: COLOURS.ink,
        anchor: 'end',
      },
      ...moments
        .filter((m) => m.lane === lane)
        .map((m): Shape => ({ kind: 'dot', x: x(m.atMs), y, radius: 4.5, fill: m.colour })),
    ];
  });
  const axis = height - 26;
  shapes.push({
    kind: 'line',
    points: [
      [left, axis],
      [width - 12, axis],
    ],
    colour: COLOURS.ink,
    width: 1,
  });
  for (let i = 0; i <= 4; i++) {
    const at = first + ((last - first) * i) / 4;
    shapes.push({
      kind: 'line',
      points: [
        [x(at), axis],
        [x(at), axis + 4],
      ],
      colour: COLOURS.ink,
      width: 1,
    });
    const anchor = i === 0 ? 'start' : i === 4 ? 'end' : 'middle';
    if (times.length > 0)
      shapes.push({ kind: 'text', x: x(at), y: axis + 17, text: chinaDate(at), size: 11, colour: COLOURS.ink, anchor });
  }
  return { width, height, title: options.title, shapes };
}
