import type { Investigation } from '../../state/index.ts';
import type { Scene } from './scene.ts';
import type { Stage } from './stage.ts';

/** The stage as it is seen, all its layers over one ground. */
export async function pngOf(stage: Stage): Promise<Blob> {
  stage.sigma.refresh();
  const layers = Object.values(stage.sigma.getCanvases());
  const box = stage.sigma.getContainer().parentElement!;
  const first = layers[0]!;
  const out = document.createElement('canvas');
  out.width = first.width;
  out.height = first.height;
  const c = out.getContext('2d')!;
  c.fillStyle = getComputedStyle(box).backgroundColor;
  c.fillRect(0, 0, out.width, out.height);
  for (const layer of [...layers, ...box.querySelectorAll<HTMLCanvasElement>('.canvas-overlay')])
    c.drawImage(layer, 0, 0, out.width, out.height);
  return new Promise((done, fail) =>
    out.toBlob((blob) => (blob === null ? fail(new Error('png: the picture is empty')) : done(blob)), 'image/png'),
  );
}

/** px for a unit of the canvas. */
const _UNIT = 40;
const _MARGIN = 60;

/** The whole scene as SVG, with names, signs and notes. Texts of the data are escaped. */
export function svgOf(scene: Scene, state: Investigation): string {
  const xs = scene.nodes.map((n) => n.x);
  const ys = scene.nodes.map((n) => n.y);
  const [left, right] = [xs.reduce((a, b) => Math.min(a, b), Infinity), xs.reduce((a, b) => Math.max(a, b), -Infinity)];
  const [low, high] = [ys.reduce((a, b) => Math.min(a, b), Infinity), ys.reduce((a, b) => Math.max(a, b), -Infinity)];
  const at = ({ x, y }: { readonly x: number; readonly y: number }) => ({
    x: _round((x - left) * _UNIT + _MARGIN),
    y: _round((high - y) * _UNIT + _MARGIN),
  });
  const places = new Map(scene.nodes.map((n) => [n.id, at(n)]));
  const lines = scene.edges.map((e) => {
    const [a, b] = [places.get(e.from)!, places.get(e.to)!];
    const dash = e.kind === 'dashed' ? ' stroke-dasharray="6 4"' : '';
    const head = e.kind === 'arrow' ? ' marker-end="url(#head)"' : '';
    return `<line x1="${a.x}" y1="${a.y}" x2="${b.x}" y2="${b.y}" stroke="${e.color}" stroke-width="${_round(e.size)}"${dash}${head}/>`;
  });
  const nodes = scene.nodes.map((n) => {
    const { x, y } = places.get(n.id)!;
    const size = _round(n.size);
    return `<circle cx="${x}" cy="${y}" r="${size}" fill="${_text(n.color)}"/><text x="${x}" y="${y + 4}" font-size="${size}" fill="#fff" text-anchor="middle">${_text(n.glyph)}</text><text x="${x + size + 4}" y="${y + 4}" font-size="12" fill="#1c2733">${_text(n.label)}</text>`;
  });
  const notes = state.notes.flatMap((note) => {
    const place = note.node === null ? (note.place === null ? null : at(note.place)) : (places.get(note.node) ?? null);
    return place === null
      ? []
      : [
          `<text x="${place.x}" y="${place.y + 34}" font-size="12" fill="#5c4700" text-anchor="middle">${_text(note.text)}</text>`,
        ];
  });
  const [width, height] = [(right - left) * _UNIT + 2 * _MARGIN + 120, (high - low) * _UNIT + 2 * _MARGIN];
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${_round(width)}" height="${_round(height)}" font-family="sans-serif">
<defs><marker id="head" viewBox="0 0 8 8" refX="16" refY="4" markerWidth="6" markerHeight="6" orient="auto"><path d="M0 0L8 4L0 8z" fill="#8894a3"/></marker></defs>
<rect width="100%" height="100%" fill="#fff"/>
${[...lines, ...nodes, ...notes].join('\n')}
</svg>
`;
}

const _round = (v: number): number => Math.round(v * 100) / 100;

function _text(text: string): string {
  // XML has no place for control characters but tab, line feed and carriage return.
  return Array.from(text, (c) => (c < ' ' && c !== '\t' && c !== '\n' && c !== '\r' ? '' : c))
    .join('')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
