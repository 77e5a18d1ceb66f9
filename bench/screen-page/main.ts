import { MultiDirectedGraph } from 'graphology';
import { Sigma } from 'sigma';
import { seeded } from '../../ingest/base/random.ts';
import { drawOverlay } from '../../ui/web/canvas/overlay.ts';
import type { Scene, SceneEdge, SceneNode } from '../../ui/web/canvas/scene.ts';
import { Stage } from '../../ui/web/canvas/stage.ts';

/** Draws the same seeded graph once by the product's stage (`?way=ours`) or by sigma alone (`?way=bare`), pans it, and leaves the figures in `window.figures`. */
interface Figures {
  readonly firstFrameMs: number;
  readonly panFps: number;
}

const query = new URLSearchParams(location.search);
const nodes = Number(query.get('nodes'));
const edges = Number(query.get('edges'));
const frames = Number(query.get('frames') ?? 10);

function scene(): Scene {
  const random = seeded('screen:1');
  const side = Math.sqrt(nodes);
  const list = Array.from({ length: nodes }, (_x, i): SceneNode => ({
    id: `n${i}`,
    x: random() * side,
    y: random() * side,
    size: 4,
    color: i % 3 === 0 ? '#0f6fb8' : '#d07a00',
    label: `企业 ${i}`,
    glyph: '企',
    hidden: i % 7,
    badge: null,
    isSelected: false,
    isPinned: false,
    isHighlighted: false,
    count: 1,
  }));
  const pairs = new Set<string>();
  const lines: SceneEdge[] = [];
  while (lines.length < edges) {
    const [a, b] = [Math.floor(random() * nodes), Math.floor(random() * nodes)];
    if (a === b || pairs.has(`${a},${b}`)) continue;
    pairs.add(`${a},${b}`);
    lines.push({
      id: `e${lines.length}`,
      from: `n${a}`,
      to: `n${b}`,
      size: 1,
      color: '#b3bdc9',
      kind: 'line',
      bundles: [],
    });
  }
  return { nodes: list, edges: lines };
}

const box = document.getElementById('stage')!;
const overlay = document.getElementById('overlay') as HTMLCanvasElement;
const given = scene();

function ours(): Sigma<never> {
  const none = (): void => {};
  const events = {
    onNode: none,
    onOpen: none,
    onMenu: none,
    onEdge: none,
    onEmpty: none,
    onMoved: none,
    onHover: none,
  };
  const stage = new Stage(box, events, false);
  const content = { nodes: given.nodes, notes: [], arrows: [], groups: [], dark: false };
  stage.sigma.on('afterRender', () => drawOverlay(overlay, stage.sigma, content));
  stage.show(given);
  return stage.sigma as unknown as Sigma<never>;
}

function bare(): Sigma<never> {
  const graph = new MultiDirectedGraph();
  for (const { id, x, y, size, color, label } of given.nodes) graph.addNode(id, { x, y, size, color, label });
  for (const { id, from, to, size, color } of given.edges) graph.addEdgeWithKey(id, from, to, { size, color });
  return new Sigma(graph, box, { defaultEdgeType: 'line' }) as unknown as Sigma<never>;
}

const frame = (): Promise<number> => new Promise((done) => requestAnimationFrame(done));

async function measure(): Promise<Figures> {
  const started = performance.now();
  const sigma = query.get('way') === 'bare' ? bare() : ours();
  const drawn = new Promise<void>((done) => sigma.once('afterRender', () => done()));
  sigma.scheduleRefresh();
  await drawn;
  await frame();
  const firstFrameMs = performance.now() - started;
  const camera = sigma.getCamera();
  const from = performance.now();
  for (let i = 0; i < frames; i++) {
    camera.setState({ x: 0.5 + 0.02 * Math.sin(i), y: 0.5 + 0.02 * Math.cos(i), ratio: 0.5 });
    await frame();
    // Waits for the picture itself: without reading a pixel the commands only queue up.
    const gl = sigma.getCanvases()['edges']!.getContext('webgl2') as WebGL2RenderingContext | null;
    gl?.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4));
  }
  return { firstFrameMs, panFps: (frames * 1000) / (performance.now() - from) };
}

const found = await measure();
(globalThis as unknown as { figures: Figures }).figures = found;
