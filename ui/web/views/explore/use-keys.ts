import { type RefObject, useEffect, useRef } from 'react';
import { allShown } from '../../../state/index.ts';
import type { CanvasHandle, Tool } from '../../canvas/Canvas.tsx';
import type { Workbench } from './use-workbench.ts';

export interface ExploreKeys {
  readonly bench: Workbench;
  readonly canvas: RefObject<CanvasHandle | null>;
  readonly setTool: (tool: Tool) => void;
  readonly openMenu: () => void;
  readonly close: () => void;
}

/** The keys of the canvas; they are left alone while one types or a dialog is open. Arrows move the sight, + − F zoom and fit, V L B choose a tool, M opens the
 *  menu of what is selected, Ctrl+Z and Ctrl+Y go back and forth, Ctrl+A selects all, Delete removes what is selected, Escape lets go. */
export function useExploreKeys(keys: ExploreKeys): void {
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      if (_isBusy(event.target)) return;
      if (_act(event, latest.current)) event.preventDefault();
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, []);
}

function _act(event: KeyboardEvent, { bench, canvas, setTool, openMenu, close }: ExploreKeys): boolean {
  const { key } = event;
  if (event.ctrlKey || event.metaKey) return _withControl(key.toLowerCase(), event.shiftKey, bench);
  const to = canvas.current;
  const acts: Readonly<Record<string, () => void>> = {
    ArrowLeft: () => to?.pan(-1, 0),
    ArrowRight: () => to?.pan(1, 0),
    ArrowUp: () => to?.pan(0, 1),
    ArrowDown: () => to?.pan(0, -1),
    '+': () => to?.zoom(0.7),
    '=': () => to?.zoom(0.7),
    '-': () => to?.zoom(1.4),
    f: () => to?.fit(),
    v: () => setTool('move'),
    l: () => setTool('lasso'),
    b: () => setTool('box'),
    m: openMenu,
    Delete: () => bench.dispatch({ do: 'remove', nodes: bench.state.selected }),
    Escape: () => {
      close();
      setTool('move');
    },
  };
  const act = Object.hasOwn(acts, key) ? acts[key] : undefined;
  if (act === undefined || (key.startsWith('Arrow') && _usesArrows(event.target))) return false;
  act();
  return true;
}

function _withControl(key: string, shift: boolean, bench: Workbench): boolean {
  if (key === 'z' && !shift) bench.undo();
  else if (key === 'y' || key === 'z') bench.redo();
  else if (key === 'a') bench.dispatch({ do: 'select', nodes: allShown(bench.state) });
  else return false;
  return true;
}

function _isBusy(target: EventTarget | null): boolean {
  if (document.querySelector('.ant-modal-wrap:not([style*="display: none"]), .ant-drawer-open') !== null) return true;
  return (
    target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}

/** Controls that use the arrow keys themselves. */
const _ARROWS = '[role=slider],[role=tablist],[role=menu],[role=listbox],[role=radiogroup],.ant-segmented';

function _usesArrows(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest(_ARROWS) !== null;
}
