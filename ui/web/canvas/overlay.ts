import type { Arrow, Group, Note, Place } from '../../state/index.ts';
import type { SceneNode } from './scene.ts';
import type { Stage } from './stage.ts';

type Sigma = Stage['sigma'];

/** What is drawn over the graph. */
export interface OverlayContent {
  readonly nodes: readonly SceneNode[];
  readonly notes: readonly Note[];
  readonly arrows: readonly Arrow[];
  /** Groups that stand open: an outline around their members. */
  readonly groups: readonly Group[];
  readonly dark: boolean;
}

/** Above so many nodes in sight, signs in the circles are left out: they could not be read. */
const _MOST_SIGNS = 1500;

type Ring = readonly [isIt: boolean, color: string, width: number];

/** Draws signs, rings, badges, notes, arrows and outlines in px over sigma's picture. */
export function drawOverlay(canvas: HTMLCanvasElement, sigma: Sigma, content: OverlayContent): void {
  const { width, height } = sigma.getDimensions();
  const ratio = window.devicePixelRatio || 1;
  if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
  }
  const context = canvas.getContext('2d')!;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  const at = (id: string): (Place & { size: number }) | null => {
    const data = sigma.getNodeDisplayData(id);
    return data === undefined ? null : { ...sigma.framedGraphToViewport(data), size: sigma.scaleSize(data.size) };
  };
  for (const group of content.groups) _outline(context, group, at, content.dark);
  for (const arrow of content.arrows) _arrow(context, arrow, at, content.dark);
  const inSight = content.nodes.flatMap((node) => {
    const p = at(node.id);
    return p === null || p.x < -40 || p.y < -40 || p.x > width + 40 || p.y > height + 40 ? [] : [{ node, ...p }];
  });
  const withSigns = inSight.length <= _MOST_SIGNS;
  for (const { node, x, y, size } of inSight) {
    _rings(context, node, x, y, size);
    if (withSigns && size >= 5) _sign(context, node, x, y, size);
    if (withSigns && size >= 5) _badges(context, node, x, y, size);
  }
  for (const note of content.notes) _note(context, note, at, sigma, content.dark);
}

function _rings(c: CanvasRenderingContext2D, node: SceneNode, x: number, y: number, size: number): void {
  const rings: readonly Ring[] = [
    [node.count > 1, node.color, 1.5],
    [node.isHighlighted, '#ffc400', 3],
    [node.isSelected, '#1677ff', 2.5],
  ];
  let radius = size + 1;
  for (const [isIt, color, width] of rings) {
    if (!isIt) continue;
    radius += width;
    c.beginPath();
    c.arc(x, y, radius, 0, 2 * Math.PI);
    c.strokeStyle = color;
    c.lineWidth = width;
    c.stroke();
    radius += 1;
  }
}

function _sign(c: CanvasRenderingContext2D, node: SceneNode, x: number, y: number, size: number): void {
  c.font = `600 ${Math.round(size * (node.glyph.length > 1 ? 0.95 : 1.15))}px system-ui, "Noto Sans SC", "WenQuanYi Micro Hei", sans-serif`;
  c.textAlign = 'center';
  c.textBaseline = 'middle';
  c.fillStyle = '#fff';
  c.fillText(node.glyph, x, y + 0.5);
}

function _badges(c: CanvasRenderingContext2D, node: SceneNode, x: number, y: number, size: number): void {
  if (node.hidden !== null && node.hidden > 0) _pill(c, _short(node.hidden), x - size * 0.8, y - size * 0.9, '#34475c');
  if (node.badge !== null) _pill(c, node.badge, x + size * 0.9, y - size * 0.9, '#c23b2c');
  if (node.isPinned) {
    c.beginPath();
    c.arc(x, y + size + 1, 2.6, 0, 2 * Math.PI);
    c.fillStyle = '#1677ff';
    c.fill();
  }
}

/** `+120`, `+4.1k` */
function _short(n: number): string {
  return n < 1000 ? `+${n}` : `+${(n / 1000).toFixed(n < 10_000 ? 1 : 0)}k`;
}

function _pill(c: CanvasRenderingContext2D, text: string, x: number, y: number, color: string): void {
  c.font = '600 10px system-ui, "Noto Sans SC", "WenQuanYi Micro Hei", sans-serif';
  const width = Math.max(14, c.measureText(text).width + 7);
  c.beginPath();
  c.roundRect(x - width / 2, y - 7, width, 14, 7);
  c.fillStyle = color;
  c.fill();
  c.fillStyle = '#fff';
  c.textAlign = 'center';
  c.textBaseline = 'middle';
  c.fillText(text, x, y + 0.5);
}

function _outline(
  c: CanvasRenderingContext2D,
  group: Group,
  at: (id: string) => (Place & { size: number }) | null,
  dark: boolean,
): void {
  const points = group.members.flatMap((id) => at(id) ?? []);
  if (points.length === 0) return;
  const left = Math.min(...points.map((p) => p.x - p.size)) - 14;
  const right = Math.max(...points.map((p) => p.x + p.size)) + 14;
  const top = Math.min(...points.map((p) => p.y - p.size)) - 24;
  const bottom = Math.max(...points.map((p) => p.y + p.size)) + 14;
  c.beginPath();
  c.roundRect(left, top, right - left, bottom - top, 10);
  c.fillStyle = dark ? '#7fb5e814' : '#0a5fa80d';
  c.fill();
  c.setLineDash([5, 4]);
  c.lineWidth = 1;
  c.strokeStyle = dark ? '#7fb5e8' : '#0a5fa8';
  c.stroke();
  c.setLineDash([]);
  c.font = '12px system-ui, "Noto Sans SC", "WenQuanYi Micro Hei", sans-serif';
  c.textAlign = 'left';
  c.textBaseline = 'top';
  c.fillStyle = dark ? '#7fb5e8' : '#0a5fa8';
  c.fillText(`${group.label} (${group.members.length})`, left + 8, top + 4);
}

function _arrow(
  c: CanvasRenderingContext2D,
  arrow: Arrow,
  at: (id: string) => (Place & { size: number }) | null,
  dark: boolean,
): void {
  const [from, to] = [at(arrow.from), at(arrow.to)];
  if (from === null || to === null) return;
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  if (length < from.size + to.size + 8) return;
  const [ux, uy] = [(to.x - from.x) / length, (to.y - from.y) / length];
  const start = { x: from.x + ux * (from.size + 4), y: from.y + uy * (from.size + 4) };
  const end = { x: to.x - ux * (to.size + 4), y: to.y - uy * (to.size + 4) };
  const bend = { x: (start.x + end.x) / 2 - uy * 22, y: (start.y + end.y) / 2 + ux * 22 };
  const color = dark ? '#f08a9b' : '#c0304d';
  c.beginPath();
  c.moveTo(start.x, start.y);
  c.quadraticCurveTo(bend.x, bend.y, end.x, end.y);
  c.strokeStyle = color;
  c.lineWidth = 2;
  c.stroke();
  const angle = Math.atan2(end.y - bend.y, end.x - bend.x);
  c.beginPath();
  c.moveTo(end.x, end.y);
  c.lineTo(end.x - 9 * Math.cos(angle - 0.4), end.y - 9 * Math.sin(angle - 0.4));
  c.lineTo(end.x - 9 * Math.cos(angle + 0.4), end.y - 9 * Math.sin(angle + 0.4));
  c.fillStyle = color;
  c.fill();
  if (arrow.text !== '') _boxed(c, arrow.text, bend.x, bend.y, dark ? '#3a1c25' : '#fdecef', color);
}

function _note(
  c: CanvasRenderingContext2D,
  note: Note,
  at: (id: string) => (Place & { size: number }) | null,
  sigma: Sigma,
  dark: boolean,
): void {
  const node = note.node === null ? null : at(note.node);
  const point = node ?? (note.place === null ? null : sigma.graphToViewport(note.place));
  if (point === null || (note.node !== null && node === null)) return;
  const below = node === null ? 0 : node.size + 20;
  _boxed(c, note.text, point.x, point.y + below, dark ? '#4a3d10' : '#fff6cf', dark ? '#ffe28a' : '#5c4700');
}

/** Text in a box around a point, in lines of at most 24 characters, six lines at most. */
function _boxed(c: CanvasRenderingContext2D, text: string, x: number, y: number, ground: string, color: string): void {
  c.font = '12px system-ui, "Noto Sans SC", "WenQuanYi Micro Hei", sans-serif';
  const lines = text.split('\n').flatMap((line) => line.match(/.{1,24}/gu) ?? ['']);
  const shown = lines.length > 6 ? [...lines.slice(0, 5), '…'] : lines;
  const width = Math.max(...shown.map((l) => c.measureText(l).width)) + 12;
  const height = shown.length * 16 + 8;
  c.beginPath();
  c.roundRect(x - width / 2, y - height / 2, width, height, 4);
  c.fillStyle = ground;
  c.fill();
  c.fillStyle = color;
  c.textAlign = 'center';
  c.textBaseline = 'middle';
  shown.forEach((line, i) => c.fillText(line, x, y - height / 2 + 12 + i * 16));
}
