import { fitInBox, graphFromColumns, stressLayout, toSimple } from '../../../graph/index.ts';
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

/** Places nodes by stress majorisation: same nodes and edges, same picture. Unconnected parts stand side by side. Meant for ≤ 60 nodes. */
export function excerptPositions(
  nodes: readonly ExcerptNode[],
  edges: readonly ExcerptEdge[],
  box: { readonly width: number; readonly height: number },
): Map<string, readonly [number, number]> {
  const text = (values: readonly string[]) => ({ kind: 'text' as const, values });
  const { graph } = graphFromColumns(
    { rows: nodes.length, data: { entity_id: text(nodes.map((n) => n.id)), kind: text(nodes.map((n) => n.kind)) } },
    {
      rows: edges.length,
      data: {
        from_id: text(edges.map((e) => e.from)),
        to_id: text(edges.map((e) => e.to)),
        kind: text(edges.map((e) => e.label)),
      },
    },
  );
  const placed = fitInBox(stressLayout(toSimple(graph, 'both'), { random: seeded('excerpt') }), { ...box, margin: 50 });
  return new Map(nodes.map((node, i) => [node.id, [placed.x[i]!, placed.y[i]!] as const]));
}

/** The subject and what it is linked to, as a picture with tags; the legend is a table beside it. */
export function graphExcerptPicture(
  nodes: readonly ExcerptNode[],
  edges: readonly ExcerptEdge[],
  options: { title: string; width?: number; height?: number },
): Picture {
  const width = options.width ?? 680;
  const height = options.height ?? 380;
  const places = excerptPositions(nodes, edges, { width, height });
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
