import { App } from 'antd';
import { useCallback, useEffect, useMemo, useReducer, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  type Action,
  type Drawn,
  type History,
  type Investigation,
  drawnOf,
  historyOf,
  redo,
  step,
  undo,
} from '../../../state/index.ts';
import type { LayoutName } from '../../canvas/layout-request.ts';
import { layoutRequestOf, runLayout } from '../../canvas/run-layout.ts';
import { type Outcome, totalsOf } from './commands.ts';

type Move =
  Action | { readonly do: 'undo' } | { readonly do: 'redo' } | { readonly do: 'open'; readonly state: Investigation };

/** One investigation at work: its state with history, and the ways to change it. */
export interface Workbench {
  readonly history: History;
  readonly state: Investigation;
  readonly drawn: Drawn;
  /** Entity → different neighbours in the whole graph, where known. */
  readonly totals: ReadonlyMap<string, number>;
  readonly isBusy: boolean;
  readonly dispatch: (action: Action) => void;
  readonly undo: () => void;
  readonly redo: () => void;
  /** Starts anew from a state, without a way back. */
  readonly open: (state: Investigation) => void;
  /** Asks the API and applies what it says; one at a time, failures are said in words. Whether it worked. */
  readonly run: (work: (state: Investigation, signal: AbortSignal) => Promise<Outcome>) => Promise<boolean>;
  readonly layOut: (layout: LayoutName) => Promise<void>;
  /** Stops what runs. */
  readonly stop: () => void;
}

function _moved(history: History, move: Move): History {
  if (move.do === 'undo') return undo(history);
  if (move.do === 'redo') return redo(history);
  return move.do === 'open' ? historyOf(move.state) : step(history, move);
}

export function useWorkbench(): Workbench {
  const { message } = App.useApp();
  const { t } = useTranslation('explore');
  const [history, move] = useReducer(_moved, undefined, () => historyOf());
  const state = history.present;
  const latest = useRef(state);
  useEffect(() => {
    latest.current = state;
  });
  const running = useRef<AbortController | null>(null);
  const [isBusy, setBusy] = useState(false);
  const drawn = useMemo(() => drawnOf(state), [state]);

  const exclusively = useCallback(
    async (work: (signal: AbortSignal) => Promise<void>): Promise<boolean> => {
      running.current?.abort();
      const mine = new AbortController();
      running.current = mine;
      setBusy(true);
      try {
        await work(mine.signal);
        return true;
      } catch (error) {
        if (!mine.signal.aborted) void message.error((error as Error).message);
        return false;
      } finally {
        if (running.current === mine) setBusy(false);
      }
    },
    [message],
  );

  const run = useCallback<Workbench['run']>(
    (work) =>
      exclusively(async (signal) => {
        const { action, unknown = [], notShown = 0, brought } = await work(latest.current, signal);
        if (action !== null) move(action);
        if (unknown.length > 0)
          void message.warning(t('unknownIds', { n: unknown.length, ids: unknown.slice(0, 5).join(', ') }));
        if (notShown > 0) void message.info(t('notShown', { n: notShown }));
        else if (brought === 0 && unknown.length === 0) void message.info(t('nothingNew'));
      }),
    [exclusively, message, t],
  );

  const layOut = useCallback<Workbench['layOut']>(
    async (layout) => {
      await exclusively(async (signal) => {
        const now = latest.current;
        const places = await runLayout(layoutRequestOf(now, drawnOf(now), layout), signal);
        move({ do: 'place', places, layout });
      });
    },
    [exclusively],
  );

  return {
    history,
    state,
    drawn,
    totals: useTotals(state),
    isBusy,
    dispatch: move,
    undo: useCallback(() => move({ do: 'undo' }), []),
    redo: useCallback(() => move({ do: 'redo' }), []),
    open: useCallback((next) => move({ do: 'open', state: next }), []),
    run,
    layOut,
    stop: useCallback(() => running.current?.abort(), []),
  };
}

/** For the badges; asked once an entity. Without an answer there are no badges. */
function useTotals(state: Investigation): ReadonlyMap<string, number> {
  const [totals, setTotals] = useState<ReadonlyMap<string, number>>(new Map());
  const missing = useMemo(() => Object.keys(state.nodes).filter((id) => !totals.has(id)), [state.nodes, totals]);
  useEffect(() => {
    if (missing.length === 0) return;
    const stop = new AbortController();
    totalsOf(missing, stop.signal).then(
      (found) => setTotals((before) => new Map([...before, ...missing.map((id) => [id, found.get(id) ?? 0] as const)])),
      () => {},
    );
    return () => stop.abort();
  }, [missing]);
  return totals;
}
