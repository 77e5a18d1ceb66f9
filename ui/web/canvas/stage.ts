import { MultiDirectedGraph } from 'graphology';
import { Sigma } from 'sigma';
import { EdgeArrowProgram, EdgeRectangleProgram, type NodeHoverDrawingFunction } from 'sigma/rendering';
import type { Place } from '../../state/index.ts';
import { DashedEdgeProgram } from './dashed-edge.ts';
import type { Scene, SceneEdge, SceneNode } from './scene.ts';

/** What happens on the stage. Points are px from its top left corner. */
export interface StageEvents {
  readonly onNode: (id: string, how: { readonly add: boolean }) => void;
  readonly onOpen: (id: string) => void;
  readonly onMenu: (id: string | null, at: { readonly x: number; readonly y: number }) => void;
  readonly onEdge: (edge: SceneEdge) => void;
  readonly onEmpty: () => void;
  readonly onMoved: (places: Readonly<Record<string, Place>>) => void;
  readonly onHover: (what: Hovered | null) => void;
}

export type Hovered =
  | { readonly node: string; readonly at: { readonly x: number; readonly y: number } }
  | { readonly edge: SceneEdge; readonly at: { readonly x: number; readonly y: number } };

/** Nodes and edges as graphology holds them for sigma. */
type Drawing = MultiDirectedGraph<NodeDrawing, EdgeDrawing>;
export interface NodeDrawing {
  x: number;
  y: number;
  size: number;
  color: string;
  label: string;
  scene: SceneNode;
  highlighted: boolean;
  zIndex: number;
}
interface EdgeDrawing {
  size: number;
  color: string;
  type: string;
  scene: SceneEdge;
}

/** Above so many edges their events are off: sigma would draw every edge a second time for them. */
const _MOST_LIVE_EDGES = 3000;

/** The picture of a scene: sigma over graphology. Shows what it is given, reports what the hand does, knows nothing of the investigation. */
export class Stage {
  readonly sigma: Sigma<NodeDrawing, EdgeDrawing>;
  readonly #graph: Drawing = new MultiDirectedGraph<NodeDrawing, EdgeDrawing>();
  readonly #events: StageEvents;
  #dark: boolean;
  #isFitted = false;
  #drag: { readonly id: string; moved: boolean; last: Place } | null = null;
  #mayMove = true;
  /** sigma notices only when the window changes its size, not when what stands around it does. */
  readonly #watch: ResizeObserver;

  constructor(container: HTMLElement, events: StageEvents, dark: boolean) {
    this.#events = events;
    this.#dark = dark;
    this.sigma = new Sigma<NodeDrawing, EdgeDrawing>(this.#graph, container, {
      allowInvalidContainer: true,
      edgeProgramClasses: { line: EdgeRectangleProgram, arrow: EdgeArrowProgram, dashed: DashedEdgeProgram },
      defaultEdgeType: 'line',
      hideEdgesOnMove: false,
      labelFont: 'system-ui, "Noto Sans SC", "Microsoft YaHei", "WenQuanYi Micro Hei", sans-serif',
      labelSize: 12,
      labelDensity: 0.9,
      labelGridCellSize: 120,
      labelRenderedSizeThreshold: 5,
      minCameraRatio: 0.02,
      maxCameraRatio: 20,
      zIndex: true,
      stagePadding: 60,
      doubleClickTimeout: 500,
      doubleClickZoomingRatio: 1,
      defaultDrawNodeHover: (context, data, settings) => this.#drawHover(context, data, settings),
    });
    this.#paintLabels();
    this.#listen();
    this.#watch = new ResizeObserver(() => {
      this.sigma.resize();
      this.sigma.scheduleRefresh();
    });
    this.#watch.observe(container);
  }

  /** Makes the picture that of a scene, changing only what differs. */
  show(scene: Scene): void {
    const graph = this.#graph;
    const nodes = new Map(scene.nodes.map((n) => [n.id, n]));
    const edges = new Set(scene.edges.map((e) => e.id));
    for (const id of graph.edges()) if (!edges.has(id)) graph.dropEdge(id);
    for (const id of graph.nodes()) if (!nodes.has(id)) graph.dropNode(id);
    for (const node of scene.nodes) {
      const drawing = _nodeDrawing(node);
      if (graph.hasNode(node.id)) graph.replaceNodeAttributes(node.id, drawing);
      else graph.addNode(node.id, drawing);
    }
    for (const edge of scene.edges) this.#showEdge(edge);
    this.sigma.setSetting('enableEdgeEvents', graph.size <= _MOST_LIVE_EDGES);
    if (!this.#isFitted && graph.order > 0) {
      this.#isFitted = graph.order > 1;
      this.fit(false);
    }
    this.sigma.scheduleRefresh();
  }

  /** Brings everything into sight; the measure of the picture is taken anew. */
  fit(animated = true): void {
    this.sigma.setCustomBBox(_boxOf(this.#graph));
    this.sigma.refresh();
    if (animated) void this.sigma.getCamera().animatedReset({ duration: 250 });
    else this.sigma.getCamera().setState({ x: 0.5, y: 0.5, ratio: 1, angle: 0 });
  }

  /** Brings one node to the middle. */
  centre(id: string): void {
    const at = this.sigma.getNodeDisplayData(id);
    if (at !== undefined) void this.sigma.getCamera().animate({ x: at.x, y: at.y }, { duration: 250 });
  }

  zoom(factor: number): void {
    const camera = this.sigma.getCamera();
    void camera.animate({ ratio: camera.getBoundedRatio(camera.ratio * factor) }, { duration: 150 });
  }

  pan(dx: number, dy: number): void {
    const camera = this.sigma.getCamera();
    camera.setState({ x: camera.x + dx * camera.ratio * 0.1, y: camera.y + dy * camera.ratio * 0.1 });
  }

  setDark(dark: boolean): void {
    this.#dark = dark;
    this.#paintLabels();
  }

  /** Whether dragging moves nodes and the picture; off while an outline is drawn. */
  setMoving(mayMove: boolean): void {
    this.#mayMove = mayMove;
    this.sigma.setSetting('enableCameraPanning', mayMove);
  }

  /** px → place. */
  placeAt(point: { readonly x: number; readonly y: number }): Place {
    return this.sigma.viewportToGraph({ ...point });
  }

  pointOf(place: Place): { x: number; y: number } {
    return this.sigma.graphToViewport({ ...place });
  }

  destroy(): void {
    this.#watch.disconnect();
    this.sigma.kill();
  }

  #showEdge(edge: SceneEdge): void {
    const drawing: EdgeDrawing = { size: edge.size, color: edge.color, type: edge.kind, scene: edge };
    const graph = this.#graph;
    if (graph.hasEdge(edge.id) && graph.source(edge.id) === edge.from) graph.replaceEdgeAttributes(edge.id, drawing);
    else {
      if (graph.hasEdge(edge.id)) graph.dropEdge(edge.id);
      graph.addEdgeWithKey(edge.id, edge.from, edge.to, drawing);
    }
  }

  #paintLabels(): void {
    this.sigma.setSetting('labelColor', { color: this.#dark ? '#d7e0ea' : '#1c2733' });
  }

  readonly #drawHover: NodeHoverDrawingFunction<NodeDrawing, EdgeDrawing> = (context, data, settings) => {
    context.font = `${settings.labelWeight} ${settings.labelSize}px ${settings.labelFont}`;
    const width = context.measureText(data.label ?? '').width;
    context.beginPath();
    context.roundRect(
      data.x - data.size - 4,
      data.y - data.size - 4,
      data.size * 2 + width + 18,
      data.size * 2 + 8,
      data.size + 4,
    );
    context.fillStyle = this.#dark ? '#1d2c3d' : '#ffffff';
    context.shadowColor = '#0006';
    context.shadowBlur = 6;
    context.fill();
    context.shadowBlur = 0;
    context.fillStyle = this.#dark ? '#e6edf5' : '#1c2733';
    context.fillText(data.label ?? '', data.x + data.size + 6, data.y + settings.labelSize / 3);
  };

  #listen(): void {
    const { sigma } = this;
    sigma.on('clickNode', ({ node, event }) => this.#events.onNode(node, { add: _isAdding(event.original) }));
    sigma.on('doubleClickNode', (payload) => {
      payload.preventSigmaDefault();
      this.#events.onOpen(payload.node);
    });
    sigma.on('doubleClickStage', (payload) => payload.preventSigmaDefault());
    sigma.on('clickEdge', ({ edge }) => this.#events.onEdge(this.#graph.getEdgeAttribute(edge, 'scene')));
    sigma.on('clickStage', () => this.#events.onEmpty());
    sigma.on('rightClickNode', (payload) => {
      payload.preventSigmaDefault();
      payload.event.original.preventDefault();
      this.#events.onMenu(payload.node, { x: payload.event.x, y: payload.event.y });
    });
    sigma.on('rightClickStage', (payload) => {
      payload.preventSigmaDefault();
      payload.event.original.preventDefault();
      this.#events.onMenu(null, { x: payload.event.x, y: payload.event.y });
    });
    sigma.on('enterNode', ({ node, event }) => this.#events.onHover({ node, at: { x: event.x, y: event.y } }));
    sigma.on('leaveNode', () => this.#events.onHover(null));
    sigma.on('enterEdge', ({ edge, event }) =>
      this.#events.onHover({ edge: this.#graph.getEdgeAttribute(edge, 'scene'), at: { x: event.x, y: event.y } }),
    );
    sigma.on('leaveEdge', () => this.#events.onHover(null));
    this.#listenToDrags();
  }

  #listenToDrags(): void {
    const { sigma } = this;
    sigma.on('downNode', ({ node, event }) => {
      if (this.#mayMove && _isMain(event.original)) this.#drag = { id: node, moved: false, last: this.placeAt(event) };
    });
    sigma.on('moveBody', (payload) => {
      if (this.#drag === null) return;
      payload.preventSigmaDefault();
      payload.event.original.preventDefault();
      this.#dragTo(this.placeAt(payload.event));
    });
    const drop = (): void => {
      const drag = this.#drag;
      this.#drag = null;
      if (drag?.moved === true)
        this.#events.onMoved(Object.fromEntries(this.#moving(drag.id).map((id) => [id, this.#place(id)])));
    };
    sigma.on('upNode', drop);
    sigma.on('upStage', drop);
    sigma.getMouseCaptor().on('mouseup', drop);
  }

  #dragTo(place: Place): void {
    const drag = this.#drag!;
    const [dx, dy] = [place.x - drag.last.x, place.y - drag.last.y];
    drag.last = place;
    drag.moved = true;
    for (const id of this.#moving(drag.id)) {
      this.#graph.updateNodeAttribute(id, 'x', (x) => (x ?? 0) + dx);
      this.#graph.updateNodeAttribute(id, 'y', (y) => (y ?? 0) + dy);
    }
  }

  /** A selected node takes the other selected ones along. */
  #moving(id: string): string[] {
    if (!this.#graph.getNodeAttribute(id, 'scene').isSelected) return [id];
    return this.#graph.filterNodes((_id, drawing) => drawing.scene.isSelected);
  }

  #place(id: string): Place {
    const { x, y } = this.#graph.getNodeAttributes(id);
    return { x: Math.round(x * 1000) / 1000, y: Math.round(y * 1000) / 1000 };
  }
}

function _nodeDrawing(node: SceneNode): NodeDrawing {
  return {
    x: node.x,
    y: node.y,
    size: node.size,
    color: node.color,
    label: node.label,
    scene: node,
    highlighted: false,
    zIndex: node.isSelected ? 2 : 1,
  };
}

/** The main button or a finger. */
function _isMain(event: MouseEvent | TouchEvent): boolean {
  return !('button' in event) || event.button === 0;
}

function _isAdding(event: MouseEvent | TouchEvent): boolean {
  return event.ctrlKey || event.metaKey || event.shiftKey;
}

/** The corners of what is drawn, at least ten units wide and high, so that few nodes do not fill the screen. */
function _boxOf(graph: Drawing): { x: [number, number]; y: [number, number] } {
  let [left, right, bottom, top] = [Infinity, -Infinity, Infinity, -Infinity];
  graph.forEachNode((_id, { x, y }) => {
    left = Math.min(left, x);
    right = Math.max(right, x);
    bottom = Math.min(bottom, y);
    top = Math.max(top, y);
  });
  if (graph.order === 0) return { x: [-5, 5], y: [-5, 5] };
  const grow = (low: number, high: number): [number, number] => {
    const missing = Math.max(0, 10 - (high - low)) / 2;
    return [low - missing, high + missing];
  };
  return { x: grow(left, right), y: grow(bottom, top) };
}
