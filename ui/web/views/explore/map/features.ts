import type { FeatureCollection, LineString, Point } from 'geojson';
import type { Tracks } from '../../../../contract/index.ts';
import type { CanvasNode } from '../../../../state/index.ts';
import { kindColor } from '../../../canvas/colors.ts';

export interface PointProperties {
  readonly id: string;
  readonly label: string;
  readonly color: string;
  readonly selected: boolean;
}

/** Entities that have a place, degrees WGS 84. */
export function pointsOf(
  nodes: readonly CanvasNode[],
  selected: readonly string[],
): FeatureCollection<Point, PointProperties> {
  const chosen = new Set(selected);
  return {
    type: 'FeatureCollection',
    features: nodes.flatMap(({ id, label, kind, lon, lat }) =>
      lon === null || lat === null
        ? []
        : [
            {
              type: 'Feature' as const,
              geometry: { type: 'Point' as const, coordinates: [lon, lat] },
              properties: { id, label, color: kindColor(kind), selected: chosen.has(id) },
            },
          ],
    ),
  };
}

/** Two points of a track further apart in time than this are not joined: nothing is known in between. ms */
const _GAP_MS = 6 * 3_600_000;

/** Tracks as lines, cut where nothing is known for six hours. */
export function tracksOf(tracks: Tracks['tracks']): FeatureCollection<LineString, { readonly id: string }> {
  return {
    type: 'FeatureCollection',
    features: tracks.flatMap(({ id, points }) =>
      _runs(points).map((run) => ({
        type: 'Feature' as const,
        geometry: { type: 'LineString' as const, coordinates: run.map(([lon, lat]) => [lon, lat]) },
        properties: { id },
      })),
    ),
  };
}

type TrackPoint = Tracks['tracks'][number]['points'][number];

function _runs(points: readonly TrackPoint[]): TrackPoint[][] {
  const runs: TrackPoint[][] = [];
  let last: TrackPoint | null = null;
  for (const point of points) {
    if (last === null || Date.parse(point[2]) - Date.parse(last[2]) > _GAP_MS) runs.push([point]);
    else runs.at(-1)!.push(point);
    last = point;
  }
  return runs.filter((run) => run.length > 1);
}
