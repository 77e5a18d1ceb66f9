import { useEffect, useImperativeHandle, useRef, useState } from 'react';
import type { Ref } from 'react';
import type { Arrow, Group, Note, Place } from '../../state/index.ts';
import { Lasso } from './Lasso.tsx';
import { Minimap } from './Minimap.tsx';
import { drawOverlay } from './overlay.ts';
import type { Scene } from './scene.ts';
import { Stage, type StageEvents } from './stage.ts';

/** What the hand draws: nothing, a free outline, a box. */
export type Tool = 'move' | 'lasso' | 'box';

/** What the toolbar and the keyboard do to the picture. */
export interface CanvasHandle {
  fit(): void;
  zoom(factor: number): void;
  pan(dx: number, dy: number): void;
  centre(id: string): void;
  /** The stage; null before it is there. */
  stage(): Stage | null;
}

export interface CanvasProps extends StageEvents {
  readonly scene: Scene;
  readonly notes: readonly Note[];
  readonly arrows: readonly Arrow[];
  readonly groups: readonly Group[];
  readonly dark: boolean;
  readonly tool: Tool;
  readonly withMinimap: boolean;
  readonly label: string;
  readonly onOutline: (outline: readonly Place[], add: boolean) => void;
  readonly handle: Ref<CanvasHandle>;
}

/** The graph, drawn. Everything that can be done here by mouse can be done by menu and keyboard in the view around it. */
export function Canvas(props: CanvasProps) {
  const { scene, notes, arrows, groups, dark, tool, handle } = props;
  const container = useRef<HTMLDivElement>(null);
  const overlay = useRef<HTMLCanvasElement>(null);
  const events = useRef<StageEvents>(props);
  const content = useRef({ nodes: scene.nodes, notes, arrows, groups, dark });
  const [stage, setStage] = useState<Stage | null>(null);
  useEffect(() => {
    events.current = props;
    content.current = { nodes: scene.nodes, notes, arrows, groups, dark };
  });
  useEffect(() => {
    const made = new Stage(container.current!, _through(events), content.current.dark);
    made.sigma.on('afterRender', () => drawOverlay(overlay.current!, made.sigma, content.current));
    (container.current as HTMLDivElement & { stage?: Stage }).stage = made;
    setStage(made);
    return () => {
      made.destroy();
      setStage(null);
    };
  }, []);
  useEffect(() => stage?.show(scene), [stage, scene]);
  useEffect(() => stage?.setDark(dark), [stage, dark]);
  useEffect(() => stage?.setMoving(tool === 'move'), [stage, tool]);
  useEffect(() => {
    stage?.sigma.scheduleRefresh();
  }, [stage, notes, arrows, groups]);
  useImperativeHandle(handle, () => ({
    fit: () => stage?.fit(),
    zoom: (factor) => stage?.zoom(factor),
    pan: (dx, dy) => stage?.pan(dx, dy),
    centre: (id) => stage?.centre(id),
    stage: () => stage,
  }));
  return (
    <figure className="canvas" aria-label={props.label}>
      <div ref={container} className="canvas-stage" data-testid="stage" />
      <canvas ref={overlay} className="canvas-overlay" aria-hidden />
      {tool === 'move' || stage === null ? null : <Lasso tool={tool} stage={stage} onOutline={props.onOutline} />}
      {props.withMinimap && stage !== null ? <Minimap stage={stage} scene={scene} dark={dark} /> : null}
    </figure>
  );
}

/** Handlers that always reach the newest ones. */
function _through(events: { readonly current: StageEvents }): StageEvents {
  return {
    onNode: (id, how) => events.current.onNode(id, how),
    onOpen: (id) => events.current.onOpen(id),
    onMenu: (id, at) => events.current.onMenu(id, at),
    onEdge: (edge) => events.current.onEdge(edge),
    onEmpty: () => events.current.onEmpty(),
    onMoved: (places) => events.current.onMoved(places),
    onHover: (what) => events.current.onHover(what),
  };
}
