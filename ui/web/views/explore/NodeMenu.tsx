import { useQuery } from '@tanstack/react-query';
import { Divider, Spin } from 'antd';
import { type ReactNode, type RefObject, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { neighbourCounts } from '../../../contract/index.ts';
import { ask } from '../../client/api.ts';
import { Problem } from '../../controls/Problem.tsx';
import { type ExpandChoice, PAGE, expandNode } from './commands.ts';
import { useKindNames } from './kind-names.ts';
import type { Workbench } from './use-workbench.ts';

export interface NodeMenuProps {
  readonly bench: Workbench;
  readonly node: string;
  readonly at: { readonly x: number; readonly y: number };
  readonly close: () => void;
  readonly pathFrom: (node: string) => void;
  readonly note: (node: string) => void;
}

/** What can be done with a node: what surrounds it, by kind and direction, counted before anything is loaded; then pin, collapse, hide, remove. */
export function NodeMenu(props: NodeMenuProps) {
  const { bench, node, at, close } = props;
  const menu = useRef<HTMLDivElement>(null);
  const label = bench.state.nodes[node]?.label ?? node;
  useEffect(() => {
    menu.current?.querySelector('button')?.focus();
  }, []);
  useKeptInside(menu);
  const expand = (choice: ExpandChoice): void => {
    void bench.run((s, signal) => expandNode(s, node, choice, signal));
    close();
  };
  return (
    <div
      ref={menu}
      role="menu"
      tabIndex={-1}
      aria-label={label}
      className="node-menu"
      style={{ left: `min(${at.x}px, calc(100% - 270px))`, top: at.y }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') close();
        else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
          event.preventDefault();
          _moveFocus(menu.current!, event.key === 'ArrowDown' ? 1 : -1);
        }
      }}
    >
      <strong className="node-menu-head">{label}</strong>
      <Counts
        node={node}
        shown={bench.state.expanded[node] ?? 0}
        total={bench.totals.get(node) ?? null}
        expand={expand}
      />
      <Divider size="small" />
      <Acts {...props} />
    </div>
  );
}

function Acts({ bench, node, close, pathFrom, note }: NodeMenuProps) {
  const { t } = useTranslation('explore');
  const navigate = useNavigate();
  const { state, dispatch } = bench;
  const chosen = state.selected.includes(node) && state.selected.length > 1 ? state.selected : [node];
  const act = (work: () => void) => () => {
    work();
    close();
  };
  const isPinned = state.pinned.includes(node);
  const isHighlighted = state.highlighted.includes(node);
  const hidden = (): string[] => [...new Set([...state.filter.hiddenNodes, ...chosen])].sort();
  return (
    <>
      <Item onClick={act(() => pathFrom(node))}>{t('pathFrom')}</Item>
      <Item onClick={act(() => note(node))}>{t('addNote')}</Item>
      <Item onClick={act(() => dispatch({ do: 'pin', nodes: chosen, pinned: !isPinned }))}>
        {isPinned ? t('unpin') : t('pin')}
      </Item>
      <Item onClick={act(() => dispatch({ do: 'highlight', nodes: chosen, on: !isHighlighted }))}>
        {isHighlighted ? t('unhighlight') : t('highlight')}
      </Item>
      <Item disabled={state.expanded[node] === undefined} onClick={act(() => dispatch({ do: 'collapse', node }))}>
        {t('collapse')}
      </Item>
      <Item onClick={act(() => dispatch({ do: 'filter', change: { hiddenNodes: hidden() } }))}>{t('hide')}</Item>
      <Item onClick={act(() => dispatch({ do: 'remove', nodes: chosen }))}>{t('remove')}</Item>
      <Item onClick={act(() => void navigate(`/dossier/${encodeURIComponent(node)}`))}>{t('dossier')}</Item>
    </>
  );
}

interface ItemProps {
  readonly onClick: () => void;
  readonly disabled?: boolean;
  readonly children: ReactNode;
}

function Item({ onClick, disabled = false, children }: ItemProps) {
  return (
    <button type="button" role="menuitem" className="menu-item" disabled={disabled} onClick={onClick}>
      {children}
    </button>
  );
}

interface CountsProps {
  readonly node: string;
  /** Neighbours that pages have brought so far. */
  readonly shown: number;
  /** Different neighbours in the whole graph; null = not known. */
  readonly total: number | null;
  readonly expand: (choice: ExpandChoice) => void;
}

function Counts({ node, shown, total, expand }: CountsProps) {
  const { t } = useTranslation('explore');
  const { kindName, linkName } = useKindNames();
  const counts = useQuery({
    queryKey: ['neighbours', node],
    queryFn: ({ signal }) => ask(`/api/graph/${encodeURIComponent(node)}/neighbours`, neighbourCounts, { signal }),
  });
  if (counts.error !== null) return <Problem error={counts.error} retry={() => void counts.refetch()} />;
  if (counts.data === undefined) return <Spin size="small" />;
  const rows = counts.data.counts;
  const left = total === null ? null : Math.max(0, total - shown);
  return (
    <div className="node-menu-counts">
      <Item disabled={rows.length === 0 || left === 0} onClick={() => expand({ offset: shown })}>
        {rows.length === 0
          ? t('noNeighbours')
          : shown === 0
            ? t('expandAll')
            : t('nextPage', { n: Math.min(PAGE, left ?? PAGE) })}
      </Item>
      {rows.map((c) => (
        <Item
          key={`${c.linkKind} ${c.direction} ${c.nodeKind}`}
          onClick={() => expand({ linkKinds: [c.linkKind], nodeKinds: [c.nodeKind], direction: c.direction })}
        >
          <span aria-label={c.direction === 'out' ? t('out') : t('in')}>{c.direction === 'out' ? '→' : '←'}</span>{' '}
          {linkName(c.linkKind)} · {kindName(c.nodeKind)}
          <span className="menu-count">{c.neighbours}</span>
        </Item>
      ))}
    </div>
  );
}

/** Moves the menu up as far as its foot would stick out below the canvas, also when its counts arrive. */
function useKeptInside(menu: RefObject<HTMLDivElement | null>): void {
  useEffect(() => {
    const box = menu.current!;
    const keep = (): void => {
      const room = box.parentElement!.clientHeight - box.offsetHeight - 4;
      if (box.offsetTop > room) box.style.top = `${Math.max(0, room)}px`;
    };
    const watch = new ResizeObserver(keep);
    watch.observe(box);
    return () => watch.disconnect();
  }, [menu]);
}

function _moveFocus(menu: HTMLElement, by: number): void {
  const items = [...menu.querySelectorAll<HTMLButtonElement>('button:not(:disabled)')];
  const now = items.indexOf(document.activeElement as HTMLButtonElement);
  items[(now + by + items.length) % items.length]?.focus();
}
