import { type RefObject, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { insideOutline } from '../../../state/index.ts';
import { Canvas, type CanvasHandle, type Tool } from '../../canvas/Canvas.tsx';
import type { Scene } from '../../canvas/scene.ts';
import type { Hovered } from '../../canvas/stage.ts';
import { HoverCard } from './HoverCard.tsx';
import { NodeMenu } from './NodeMenu.tsx';
import { expandNode } from './commands.ts';
import type { Workbench } from './use-workbench.ts';

export interface MenuAt {
  readonly node: string;
  readonly at: { readonly x: number; readonly y: number };
}

export interface CanvasAreaProps {
  readonly bench: Workbench;
  readonly scene: Scene;
  readonly dark: boolean;
  readonly canvas: RefObject<CanvasHandle | null>;
  readonly tool: Tool;
  readonly setTool: (tool: Tool) => void;
  readonly menu: MenuAt | null;
  readonly setMenu: (menu: MenuAt | null) => void;
  /** Links of the line that was pressed; null = none. */
  readonly setEdge: (links: readonly string[] | null) => void;
  readonly pathFrom: (node: string) => void;
  readonly note: (node: string) => void;
}

/** The canvas with what floats over it: the menu, the card under the pointer, the count of what is shown. */
export function CanvasArea(props: CanvasAreaProps) {
  const { bench, scene, dark, canvas, tool, setTool, menu, setMenu, setEdge, pathFrom, note } = props;
  const { t } = useTranslation('explore');
  const { state, drawn, dispatch, run, totals } = bench;
  const [hovered, setHovered] = useState<Hovered | null>(null);
  const press = (id: string, add: boolean): void => {
    setEdge(null);
    setMenu(null);
    const members = drawn.nodes.find((n) => n.id === id)?.members ?? [id];
    const isOn = members.every((m) => state.selected.includes(m));
    const others = state.selected.filter((s) => !members.includes(s));
    dispatch({ do: 'select', nodes: add ? (isOn ? others : [...others, ...members]) : members });
  };
  const open = (id: string): void => {
    if (state.groups.some((g) => g.id === id)) dispatch({ do: 'fold-group', group: id, folded: false });
    else if (state.nodes[id] !== undefined)
      void run((s, signal) => expandNode(s, id, { offset: s.expanded[id] ?? 0 }, signal));
  };
  return (
    <div className="explore-canvas">
      <Canvas
        handle={canvas}
        scene={scene}
        notes={state.notes}
        arrows={state.arrows}
        groups={state.groups.filter((g) => !g.folded)}
        dark={dark}
        tool={tool}
        withMinimap={drawn.nodes.length > 30}
        label={t('canvasLabel', { nodes: drawn.nodes.length, edges: scene.edges.length })}
        onNode={(id, { add }) => press(id, add)}
        onOpen={open}
        onMenu={(id, at) => setMenu(id === null || state.nodes[id] === undefined ? null : { node: id, at })}
        onEdge={(edge) => {
          setMenu(null);
          setEdge(edge.bundles.flatMap((b) => b.links));
        }}
        onEmpty={() => {
          setMenu(null);
          setEdge(null);
          if (state.selected.length > 0) dispatch({ do: 'select', nodes: [] });
        }}
        onMoved={(places) => dispatch({ do: 'place', places, layout: null })}
        onHover={setHovered}
        onOutline={(outline, add) => {
          const inside = insideOutline(drawn.nodes, outline);
          dispatch({ do: 'select', nodes: add ? [...state.selected, ...inside] : inside });
          setTool('move');
        }}
      />
      {drawn.nodes.length === 0 ? (
        <p className="explore-empty">{drawn.hiddenNodes > 0 ? t('allHidden') : t('emptyCanvas')}</p>
      ) : null}
      {hovered !== null && menu === null ? <HoverCard hovered={hovered} state={state} totals={totals} /> : null}
      {menu === null ? null : (
        <NodeMenu key={menu.node} {...menu} bench={bench} close={() => setMenu(null)} pathFrom={pathFrom} note={note} />
      )}
      <output className="explore-status">
        {t('onScreen', { nodes: drawn.nodes.length, edges: scene.edges.length })}
        {drawn.hiddenNodes + drawn.hiddenLinks > 0
          ? ` · ${t('hiddenN', { nodes: drawn.hiddenNodes, links: drawn.hiddenLinks })}`
          : ''}
      </output>
    </div>
  );
}
