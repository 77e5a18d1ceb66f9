import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { health, view, viewSummary } from '../../../../contract/index.ts';
import { EMPTY, type Investigation, stateOf } from '../../../../state/index.ts';
import { ApiProblem, ask } from '../../../client/api.ts';
import { forgetLocal, keepLocal, localCopy } from './local-copy.ts';

/** How the investigation stands with its copy on the server. `local`: it has none yet, and is kept on this device. */
export type Standing =
  'loading' | 'local' | 'saved' | 'changed' | 'saving' | 'conflict' | 'failed' | 'gone' | 'read-only';

export interface Saving {
  readonly standing: Standing;
  readonly viewId: string | null;
  readonly name: string | null;
  readonly version: number;
  readonly problem: string | null;
  /** Makes a view of it under a name, and goes to its address. */
  readonly saveAs: (name: string) => Promise<void>;
  /** Saves now; a name makes it a version that is kept. */
  readonly saveVersion: (versionName: string | null) => Promise<void>;
  /** Takes what the server has in place of what is here. */
  readonly reload: () => Promise<void>;
}

/** Time between a change and its saving, ms. */
const _PAUSE_MS = 1200;
/** Time before a saving that failed is tried again, ms. */
const _AGAIN_MS = 5000;

/** Keeps the investigation: on this device at once, on the server soon after. A copy that another tab or colleague has changed is never overwritten. */
export function useSaving(state: Investigation, open: (state: Investigation) => void): Saving {
  const { viewId = null } = useParams();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [draft] = useState(() => (viewId === null ? (localCopy(null)?.state ?? EMPTY) : null));
  const [standing, setStanding] = useState<Standing>(draft === null ? 'loading' : 'local');
  const [problem, setProblem] = useState<string | null>(null);
  const [name, setName] = useState<string | null>(null);
  const [version, setVersion] = useState(0);
  const [saved, setSaved] = useState<Investigation | null>(draft);
  const latest = useRef({ state, version });
  useEffect(() => {
    latest.current = { state, version };
  });

  const load = useCallback(
    async (preferLocal: boolean): Promise<void> => {
      const local = preferLocal ? localCopy(viewId) : null;
      try {
        const found = await ask(`/api/views/${encodeURIComponent(viewId ?? '')}`, view);
        const theirs = stateOf(JSON.stringify(found.state)) ?? EMPTY;
        setVersion(found.version);
        setName(found.name);
        setSaved(theirs);
        open(local !== null && local.version === found.version ? local.state : theirs);
        setProblem(null);
        setStanding(found.mayWrite ? 'saved' : 'read-only');
      } catch (error) {
        setProblem((error as Error).message);
        setStanding(error instanceof ApiProblem && [403, 404].includes(error.status) ? 'gone' : 'failed');
      }
    },
    [viewId, open],
  );

  useEffect(() => {
    if (draft !== null) {
      open(draft);
      return;
    }
    const timer = setTimeout(() => void load(true));
    return () => clearTimeout(timer);
  }, [load, draft, open]);

  const save = useCallback(
    async (versionName: string | null): Promise<void> => {
      const { state: now, version: baseVersion } = latest.current;
      setStanding('saving');
      try {
        const body = { baseVersion, runId: await _runId(), state: now, versionName };
        const done = await ask(`/api/views/${encodeURIComponent(viewId!)}`, viewSummary, { method: 'PUT', body });
        setVersion(done.version);
        setSaved(now);
        keepLocal(viewId, done.version, latest.current.state);
        setProblem(null);
        setStanding('saved');
        void queries.invalidateQueries({ queryKey: ['views'] });
      } catch (error) {
        setProblem((error as Error).message);
        setStanding(error instanceof ApiProblem && error.status === 409 ? 'conflict' : 'failed');
      }
    },
    [viewId, queries],
  );

  useEffect(() => {
    if (standing === 'loading' || standing === 'saving' || state === saved) return;
    keepLocal(viewId, version, state);
    if (viewId === null || (standing !== 'saved' && standing !== 'failed')) return;
    const timer = setTimeout(() => void save(null), standing === 'failed' ? _AGAIN_MS : _PAUSE_MS);
    return () => clearTimeout(timer);
  }, [state, saved, standing, version, viewId, save]);

  const saveAs = useCallback(
    async (newName: string): Promise<void> => {
      const body = { name: newName, runId: await _runId(), state: latest.current.state };
      const made = await ask('/api/views', view, { method: 'POST', body });
      if (viewId === null) forgetLocal(null);
      void queries.invalidateQueries({ queryKey: ['views'] });
      await navigate(`/explore/${encodeURIComponent(made.viewId)}`);
    },
    [navigate, viewId, queries],
  );

  return {
    standing: standing === 'saved' && state !== saved ? 'changed' : standing,
    viewId,
    name,
    version,
    problem,
    saveAs,
    saveVersion: save,
    reload: useCallback(() => load(false), [load]),
  };
}

async function _runId(): Promise<string | null> {
  return (await ask('/api/health', health)).runId;
}
