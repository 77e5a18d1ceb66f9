import { MoreOutlined } from '@ant-design/icons';
import { App, Button, Dropdown, type MenuProps } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EMPTY } from '../../../state/index.ts';
import type { CanvasHandle } from '../../canvas/Canvas.tsx';
import type { Scene } from '../../canvas/scene.ts';
import { type ExportKind, exportAs, importFile } from './exchange.ts';
import { ViewsDrawer } from './saving/ViewsDrawer.tsx';
import type { Saving } from './saving/use-saving.ts';
import type { Workbench } from './use-workbench.ts';

export interface MoreMenuProps {
  readonly bench: Workbench;
  readonly saving: Saving;
  readonly canvas: () => CanvasHandle | null;
  readonly scene: Scene;
  readonly note: () => void;
  readonly arrow: () => void;
  readonly paths: () => void;
}

const EXPORTS: readonly ExportKind[] = ['png', 'svg', 'json', 'graphml', 'gexf', 'csv', 'graphology'];

/** What is done less often: views, paths, notes, export, import, a new canvas. */
export function MoreMenu({ bench, saving, canvas, scene, note, arrow, paths }: MoreMenuProps) {
  const { t } = useTranslation('explore');
  const { message } = App.useApp();
  const file = useRef<HTMLInputElement>(null);
  const [isOpen, setOpen] = useState(false);
  const said = (work: () => Promise<void>): void =>
    void work().catch((error: unknown) => void message.error((error as Error).message));
  const isEmpty = Object.keys(bench.state.nodes).length === 0;
  const items: MenuProps['items'] = [
    { key: 'views', label: t('views'), onClick: () => setOpen(true) },
    { key: 'paths', label: t('paths'), disabled: isEmpty, onClick: paths },
    { key: 'note', label: t('addNote'), onClick: note },
    { key: 'arrow', label: t('addArrow'), disabled: bench.state.selected.length !== 2, onClick: arrow },
    {
      key: 'export',
      type: 'group',
      label: t('export'),
      children: EXPORTS.map((kind) => ({
        key: kind,
        label: t(`exports.${kind}`),
        disabled: isEmpty,
        onClick: () => said(() => exportAs(kind, { state: bench.state, scene, canvas: canvas(), name: saving.name })),
      })),
    },
    { key: 'import', label: t('import'), onClick: () => file.current?.click() },
    { type: 'divider' },
    {
      key: 'clear',
      label: t('clear'),
      disabled: isEmpty,
      onClick: () => bench.dispatch({ do: 'replace', with: EMPTY }),
    },
  ];
  return (
    <>
      <Dropdown trigger={['click']} menu={{ items }}>
        <Button size="small" icon={<MoreOutlined />} aria-label={t('more')} />
      </Dropdown>
      <input
        ref={file}
        type="file"
        hidden
        aria-label={t('import')}
        accept=".json,.graphml,.xml"
        onChange={(event) => {
          const chosen = event.target.files?.[0];
          event.target.value = '';
          if (chosen !== undefined) said(async () => bench.dispatch({ do: 'replace', with: await importFile(chosen) }));
        }}
      />
      <ViewsDrawer bench={bench} saving={saving} isOpen={isOpen} close={() => setOpen(false)} />
    </>
  );
}
