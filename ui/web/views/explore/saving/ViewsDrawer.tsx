import { useQuery } from '@tanstack/react-query';
import { App, Button, Drawer, Empty, Skeleton, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import {
  frozen,
  frozenCheck,
  frozenList,
  view,
  viewList,
  viewVersionList,
  viewVersionState,
} from '../../../../contract/index.ts';
import { type Investigation, compare, passing, stateOf, union } from '../../../../state/index.ts';
import { ask } from '../../../client/api.ts';
import { Problem } from '../../../controls/Problem.tsx';
import { minute } from '../../../controls/numbers.ts';
import type { Workbench } from '../use-workbench.ts';
import { useAskName } from './use-ask-name.tsx';
import type { Saving } from './use-saving.ts';

export interface ViewsDrawerProps {
  readonly bench: Workbench;
  readonly saving: Saving;
  readonly isOpen: boolean;
  readonly close: () => void;
}

/** Saved views, the versions of this one, its frozen snapshots; any other view can be joined to this one or compared with it. */
export function ViewsDrawer({ bench, saving, isOpen, close }: ViewsDrawerProps) {
  const { t } = useTranslation('explore');
  return (
    <Drawer open={isOpen} onClose={close} title={t('views')} size="min(460px, 100vw)" destroyOnHidden>
      <Views bench={bench} saving={saving} close={close} />
      {saving.viewId === null ? null : (
        <>
          <Versions bench={bench} viewId={saving.viewId} />
          <Snapshots bench={bench} saving={saving} viewId={saving.viewId} />
        </>
      )}
    </Drawer>
  );
}

function Views({ bench, saving, close }: Omit<ViewsDrawerProps, 'isOpen'>) {
  const { t } = useTranslation('explore');
  const navigate = useNavigate();
  const { modal, message } = App.useApp();
  const views = useQuery({ queryKey: ['views'], queryFn: ({ signal }) => ask('/api/views', viewList, { signal }) });
  if (views.error !== null) return <Problem error={views.error} retry={() => void views.refetch()} />;
  if (views.data === undefined) return <Skeleton active />;
  const withOther = async (viewId: string, work: (other: Investigation, name: string) => void): Promise<void> => {
    try {
      const found = await ask(`/api/views/${encodeURIComponent(viewId)}`, view);
      const other = stateOf(JSON.stringify(found.state));
      if (other === null) throw new Error(t('notReadable'));
      work(other, found.name);
    } catch (error) {
      void message.error((error as Error).message);
    }
  };
  const difference = (other: Investigation, name: string): void => {
    const c = compare(bench.state, other);
    bench.dispatch({ do: 'select', nodes: c.onlyFirst });
    modal.info({
      title: t('comparedWith', { name }),
      content: (
        <ul>
          <li>{t('inBoth', { n: c.both.length, links: c.linksBoth.length })}</li>
          <li>{t('onlyHere', { n: c.onlyFirst.length, links: c.linksOnlyFirst.length })}</li>
          <li>{t('onlyThere', { n: c.onlySecond.length, links: c.linksOnlySecond.length })}</li>
        </ul>
      ),
    });
  };
  return (
    <section>
      {views.data.views.length === 0 ? <Empty description={t('noViews')} /> : null}
      <ul className="link-list">
        {views.data.views.map((v) => (
          <li key={v.viewId}>
            <Button
              type="link"
              size="small"
              disabled={v.viewId === saving.viewId}
              onClick={() => {
                void navigate(`/explore/${encodeURIComponent(v.viewId)}`);
                close();
              }}
            >
              {v.name}
            </Button>
            <Typography.Text type="secondary">
              {v.ownerName} · {minute(v.savedAt)} · v{v.version}
            </Typography.Text>
            {v.viewId === saving.viewId ? null : (
              <span className="row-wrap">
                <Button
                  size="small"
                  onClick={() =>
                    void withOther(v.viewId, (other) =>
                      bench.dispatch({ do: 'replace', with: union(bench.state, other) }),
                    )
                  }
                >
                  {t('joinView')}
                </Button>
                <Button size="small" onClick={() => void withOther(v.viewId, difference)}>
                  {t('compareView')}
                </Button>
              </span>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Versions({ bench, viewId }: { readonly bench: Workbench; readonly viewId: string }) {
  const { t } = useTranslation('explore');
  const { message } = App.useApp();
  const path = `/api/views/${encodeURIComponent(viewId)}/versions`;
  const found = useQuery({
    queryKey: ['views', viewId, 'versions'],
    queryFn: ({ signal }) => ask(path, viewVersionList, { signal }),
  });
  const restore = async (version: number): Promise<void> => {
    const { state } = await ask(`${path}/${version}`, viewVersionState);
    const old = stateOf(JSON.stringify(state));
    if (old === null) void message.error(t('notReadable'));
    else bench.dispatch({ do: 'replace', with: old });
  };
  if (found.error !== null) return <Problem error={found.error} retry={() => void found.refetch()} />;
  return (
    <section>
      <h3>{t('versions')}</h3>
      <ul className="link-list">
        {(found.data?.versions ?? []).map((v) => (
          <li key={v.version}>
            <span>
              v{v.version} {v.name === null ? t('autosave') : <strong>{v.name}</strong>}
            </span>
            <Typography.Text type="secondary">
              {v.byName} · {minute(v.at)}
            </Typography.Text>
            <Button size="small" onClick={() => void restore(v.version)}>
              {t('restore')}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}

interface SnapshotsProps {
  readonly bench: Workbench;
  readonly saving: Saving;
  readonly viewId: string;
}

/** Frozen copies: what the screen showed, under a hash that anyone may check again. */
function Snapshots({ bench, saving, viewId }: SnapshotsProps) {
  const { t } = useTranslation('explore');
  const { message } = App.useApp();
  const askName = useAskName();
  const path = `/api/views/${encodeURIComponent(viewId)}/frozen`;
  const found = useQuery({
    queryKey: ['views', viewId, 'frozen'],
    queryFn: ({ signal }) => ask(path, frozenList, { signal }),
  });
  const freeze = async (title: string): Promise<void> => {
    const shown = passing(bench.state);
    const content = { state: bench.state, nodes: shown.nodes, links: shown.links };
    await ask(path, frozen, { method: 'POST', body: { version: saving.version, title, content } });
    await found.refetch();
  };
  const verify = async (id: string): Promise<void> => {
    const { isWhole, sha256 } = await ask(`/api/frozen/${encodeURIComponent(id)}/verify`, frozenCheck);
    if (isWhole) void message.success(t('isWhole', { hash: sha256.slice(0, 16) }));
    else void message.error(t('isBroken'));
  };
  return (
    <section>
      <h3>{t('snapshots')}</h3>
      <Button size="small" onClick={() => askName(t('freeze'), '', freeze)}>
        {t('freeze')}
      </Button>
      <ul className="link-list">
        {(found.data?.frozen ?? []).map((f) => (
          <li key={f.frozenId}>
            <strong>{f.title}</strong>
            <Typography.Text type="secondary">
              {f.byName} · {minute(f.at)} · <code>{f.sha256.slice(0, 12)}…</code>
            </Typography.Text>
            <Button size="small" onClick={() => void verify(f.frozenId)}>
              {t('verify')}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
