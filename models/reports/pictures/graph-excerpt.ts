import { seeded } from '../../../ingest/base/index.ts';
import { COLOURS, type Picture, type Shape, colourOf } from './picture.ts';

export interface ExcerptNode {
  readonly id: string;
  readonly kind: string;
  readonly label: string;
  /** Short ASCII name in the picture and in the table under it, e.g. `C1`. */
  readonly tag: string;
  readonly isSubject: boolean;
}

export interface ExcerptEdge {
  readonly from: string;
  readonly to: string;
  readonly label: string;
  /** Derived or uncertain links are dashed. */
  readonly dashed: boolean;
}

/** Places nodes by springs and charges (Fruchterman–Reingold, seeded): same nodes, same picture. O(n²) a step; meant for ≤ 60 nodes. */
export function excerptPositions(
  nodes: readonly ExcerptNode[],
  edges: readonly ExcerptEdge[],
  width: number,
  height: number,
): Map<string, readonly [number, number]> {
  const random = seeded('excerpt');
  const n = nodes.length;
  const index = new Map(nodes.map((node, i) => [node.id, i]));
  const x = Float64Array.from({ length: n }, (_v, i) => (nodes[i]!.isSubject ? 0.5 : random()));
  const y = Float64Array.from({ length: n }, (_v, i) => (nodes[i]!.isSubject ? 0.5 : random()));
  const ideal = 0.9 / Math.sqrt(Math.max(n, 1));
  const pairs = edges
    .map((e) => [index.get(e.from), index.get(e.to)] as const)
    .filter(([a, b]) => a !== undefined && b !== undefined && a !== b);
  for (let step = 0; step < 200; step++) {
    const dx = new Float64Array(n);
    const dy = new Float64Array(n);
    const push = (a: number, b: number, force: (d: number) => number): void => {
      const ex = x[a]! - x[b]! || 1e-4 * (a - b);
      const ey = y[a]! - y[b]! || 1e-4 * (b - a);
      const d = Math.max(Math.hypot(ex, ey), 1e-3);
      const f = force(d) / d;
      dx[a]! += ex * f;
      dy[a]! += ey * f;
      dx[b]! -= ex * f;
      dy[b]! -= ey * f;
    };
    for (let a = 0; a < n; a++) for (let b = a + 1; b < n; b++) push(a, b, (d) => (ideal * ideal) / d);
    for (const [a, b] of pairs) push(a!, b!, (d) => -(d * d) / ideal);
    const heat = 0.1 * (1 - step / 200);
    for (let i = 0; i < n; i++) {
      if (nodes[i]!.isSubject) continue;
      const d = Math.max(Math.hypot(dx[i]!, dy[i]!), 1e-9);
      x[i]! += (dx[i]! / d) * Math.min(d, heat);
      y[i]! += (dy[i]! / d) * Math.min(d, heat);
    }
  }
  const fit = (v: Float64Array, size: number, margin: number): number[] => {
    const low = Math.min(...v);
    const span = Math.max(Math.max(...v) - low, 1e-9);
    return [...v].map((t) => margin + ((t - low) / span) * (size - 2 * margin));
  };
  const px = fit(x, width, 60);
  const py = fit(y, height, 30);
  return new Map(nodes.map((node, i) => [node.id, [px[i]!, py[i]!] as const]));
}

/** The subject and what it is linked to, as a picture with tags; the legend is a table beside it. */
export function graphExcerptPicture(
  nodes: readonly ExcerptNode[],
  edges: readonly ExcerptEdge[],
  options: { title: string; width?: number; height?: number },
): Picture {
  const width = options.width ?? 680;
  const height = options.height ?? 380;
  const places = excerptPositions(nodes, edges, width, height);
  const shapes: Shape[] = edges.flatMap((edge): Shape[] => {
    const a = places.get(edge.from);
    const b = places.get(edge.to);
    if (a === undefined || b === undefined) return [];
    return [
      { kind: 'line', points: [a, b], colour: COLOURS.pale, width: 1.5, dashed: edge.dashed },
      {
        kind: 'text',
        x: (a[0] + b[0]) / 2,
        y: (a[1] + b[1]) / 2 - 2,
        text: edge.label,
        size: 10,
        colour: COLOURS.other,
        anchor: 'middle',
      },
    ];
  });
  for (const node of nodes) {
    const [x, y] = places.get(node.id)!;
    shapes.push({
      kind: 'dot',
      x,
      y,
      radius: node.isSubject ? 11 : 8,
      fill: colourOf(node.kind),
      ...(node.isSubject ? { stroke: COLOURS.subject } : {}),
    });
    const label = node.label.length > 12 ? `${node.label.slice(0, 11)}…` : node.label;
    shapes.push({
      kind: 'text',
      x,
      y: y + 22,
      text: `${node.tag} ${label}`,
      tag: node.tag,
      size: 11,
      colour: COLOURS.ink,
      anchor: 'middle',
    });
  }
  return { width, height, title: options.title, shapes };
}
