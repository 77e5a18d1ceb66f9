import { App, Input, Result, Spin } from 'antd';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams, useSearchParams } from 'react-router';
import { sceneOf } from '../../canvas/scene.ts';
import type { CanvasHandle, Tool } from '../../canvas/Canvas.tsx';
import { useSession } from '../../client/session.ts';
import { CanvasArea, type MenuAt } from './CanvasArea.tsx';
import { Dock } from './Dock.tsx';
import { Inspector } from './Inspector.tsx';
import { MoreMenu } from './MoreMenu.tsx';
import { PathsDialog } from './PathsDialog.tsx';
import { Toolbar } from './Toolbar.tsx';
import { addEntities } from './commands.ts';
import { useIsDark } from './is-dark.ts';
import { useKindNames } from './kind-names.ts';
import { SidePanels } from './panels/SidePanels.tsx';
import { SaveBar } from './saving/SaveBar.tsx';
import { useAskName } from './saving/use-ask-name.tsx';
import { useSaving } from './saving/use-saving.ts';
import { useExploreKeys } from './use-keys.ts';
import { type Workbench, useWorkbench } from './use-workbench.ts';
import './explore.css';

/** The analyst's graph; each address is an investigation of its own. */
export default function Explore() {
  const { viewId = '' } = useParams();
  return <Investigating key={viewId} />;
}

/** Search, canvas, table, timeline, map and inspector over one investigation. */
function Investigating() {
  const { t } = useTranslation('explore');
  const { kindName, glyphOf } = useKindNames();
  const bench = useWorkbench();
  const { state, drawn, totals } = bench;
  const saving = useSaving(state, bench.open);
  const dark = useIsDark();
  const root = useRef<HTMLDivElement>(null);
  const canvas = useRef<CanvasHandle>(null);
  const [tool, setTool] = useState<Tool>('move');
  const [menu, setMenu] = useState<MenuAt | null>(null);
  const [edge, setEdge] = useState<readonly string[] | null>(null);
  const [pathFrom, setPathFrom] = useState<string | null>(null);
  const { note, arrow } = useAnnotations(bench, canvas);
  const scene = useMemo(
    () => sceneOf(state, drawn, { dark, glyph: glyphOf, nameOf: kindName, totals }),
    [state, drawn, dark, glyphOf, kindName, totals],
  );
  useEntitiesInAddress(saving.standing !== 'loading', bench);
  const openMenu = (): void => {
    const id = state.selected[0];
    if (id !== undefined) setMenu({ node: id, at: { x: 120, y: 60 } });
  };
  useExploreKeys({ bench, canvas, setTool, openMenu, close: () => setMenu(null) });
  if (saving.standing === 'gone')
    return (
      <Result
        status="404"
        title={t('viewGone')}
        subTitle={saving.problem}
        extra={<Link to="/explore">{t('newCanvas')}</Link>}
      />
    );
  const fullScreen = (): void => {
    if (document.fullscreenElement === null) void root.current?.requestFullscreen();
    else void document.exitFullscreen();
  };
  return (
    <div ref={root} className={`explore ${dark ? 'is-dark' : ''}`}>
      <aside className="explore-left" aria-label={t('tools')}>
        <SidePanels bench={bench} />
      </aside>
      <div className="explore-middle">
        <header className="explore-head">
          <SaveBar saving={saving} />
          <Toolbar bench={bench} canvas={() => canvas.current} tool={tool} setTool={setTool} fullScreen={fullScreen}>
            <MoreMenu
              bench={bench}
              saving={saving}
              canvas={() => canvas.current}
              scene={scene}
              note={() => note(null)}
              arrow={arrow}
              paths={() => setPathFrom(state.selected[0] ?? '')}
            />
          </Toolbar>
        </header>
        {saving.standing === 'loading' ? <Spin className="explore-wait" /> : null}
        <CanvasArea
          bench={bench}
          scene={scene}
          dark={dark}
          canvas={canvas}
          tool={tool}
          setTool={setTool}
          menu={menu}
          setMenu={setMenu}
          setEdge={setEdge}
          pathFrom={setPathFrom}
          note={note}
        />
        <Dock bench={bench} centre={(id) => canvas.current?.centre(id)} />
      </div>
      <aside className="explore-right" aria-label={t('inspector')}>
        <Inspector bench={bench} edge={edge} />
      </aside>
      {pathFrom === null ? null : <PathsDialog bench={bench} from={pathFrom} close={() => setPathFrom(null)} />}
    </div>
  );
}

/** Notes and arrows, signed with who is signed in and when. */
function useAnnotations(
  bench: Workbench,
  canvas: { readonly current: CanvasHandle | null },
): { readonly note: (node: string | null) => void; readonly arrow: () => void } {
  const { t } = useTranslation('explore');
  const { modal } = App.useApp();
  const askName = useAskName();
  const author = useSession().session?.account?.displayName ?? t('someone');
  const { dispatch } = bench;
  const note = useCallback(
    (node: string | null) => {
      let text = '';
      modal.confirm({
        title: t('addNote'),
        content: (
          <Input.TextArea
            rows={3}
            maxLength={1000}
            aria-label={t('addNote')}
            onChange={(e) => (text = e.target.value)}
          />
        ),
        onOk: () => {
          const at = new Date().toISOString();
          const stage = canvas.current?.stage() ?? null;
          const place = node === null ? (stage?.placeAt({ x: 240, y: 120 }) ?? { x: 0, y: 0 }) : null;
          if (text.trim() !== '')
            dispatch({ do: 'note', note: { id: `note:${at}`, text: text.trim(), author, at, node, place } });
        },
      });
    },
    [modal, t, dispatch, author, canvas],
  );
  const arrow = (): void => {
    const [from, to] = bench.state.selected;
    if (from === undefined || to === undefined) return;
    askName(t('addArrow'), '', (text) => {
      const at = new Date().toISOString();
      dispatch({ do: 'arrow', arrow: { id: `arrow:${at}`, from, to, text, author, at } });
    });
  };
  return { note, arrow };
}

/** `/explore?entities=a,b` brings these in, once. */
function useEntitiesInAddress(isReady: boolean, { run }: Workbench): void {
  const [search, setSearch] = useSearchParams();
  const ids = search.get('entities');
  const done = useRef<string | null>(null);
  useEffect(() => {
    if (!isReady || ids === null || ids === '' || done.current === ids) return;
    done.current = ids;
    // After what was opened has become the state that this is added to.
    setTimeout(() => void run((state, signal) => addEntities(state, ids.split(','), 'link', signal)));
    setSearch(
      (before) => {
        const next = new URLSearchParams(before);
        next.delete('entities');
        return next;
      },
      { replace: true },
    );
  }, [isReady, ids, run, setSearch]);
}
