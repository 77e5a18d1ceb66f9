import {
  AimOutlined,
  BorderOutlined,
  DragOutlined,
  FullscreenOutlined,
  HighlightOutlined,
  RedoOutlined,
  UndoOutlined,
  ZoomInOutlined,
  ZoomOutOutlined,
} from '@ant-design/icons';
import { Button, Dropdown, Select, Slider, Space, Tooltip } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type FoldLevel, allShown, inverted, ofKind, withNeighbours } from '../../../state/index.ts';
import type { CanvasHandle, Tool } from '../../canvas/Canvas.tsx';
import { LAYOUTS, type LayoutName } from '../../canvas/layout-request.ts';
import { useKindNames } from './kind-names.ts';
import type { Workbench } from './use-workbench.ts';

export interface ToolbarProps {
  readonly bench: Workbench;
  readonly canvas: () => CanvasHandle | null;
  readonly tool: Tool;
  readonly setTool: (tool: Tool) => void;
  readonly fullScreen: () => void;
  readonly children?: ReactNode;
}

/** Back and forth, selecting, layout, folding, sight. Every button says its key. */
export function Toolbar({ bench, canvas, tool, setTool, fullScreen, children }: ToolbarProps) {
  const { t } = useTranslation('explore');
  const { history, state } = bench;
  const { past, future } = history;
  return (
    <div role="toolbar" aria-label={t('tools')} className="explore-toolbar">
      <Space.Compact>
        <Key label={t('undo')} keys="Ctrl+Z" icon={<UndoOutlined />} off={past.length === 0} onClick={bench.undo} />
        <Key label={t('redo')} keys="Ctrl+Y" icon={<RedoOutlined />} off={future.length === 0} onClick={bench.redo} />
      </Space.Compact>
      <Space.Compact>
        <Key label={t('move')} keys="V" icon={<DragOutlined />} on={tool === 'move'} onClick={() => setTool('move')} />
        <Key
          label={t('lasso')}
          keys="L"
          icon={<HighlightOutlined />}
          on={tool === 'lasso'}
          onClick={() => setTool('lasso')}
        />
        <Key label={t('box')} keys="B" icon={<BorderOutlined />} on={tool === 'box'} onClick={() => setTool('box')} />
        <SelectMenu bench={bench} />
      </Space.Compact>
      <Select<LayoutName>
        size="small"
        aria-label={t('layout')}
        value={state.layout as LayoutName}
        popupMatchSelectWidth={false}
        onSelect={(layout) => void bench.layOut(layout).then(() => canvas()?.fit())}
        options={LAYOUTS.map((value) => ({ value, label: t(`layouts.${value}`) }))}
      />
      {bench.isBusy ? (
        <Button size="small" danger onClick={bench.stop}>
          {t('stop')}
        </Button>
      ) : null}
      <span className="fold">
        <span id="fold-label">{t('fold')}</span>
        <Slider
          min={0}
          max={3}
          value={state.fold}
          ariaLabelledByForHandle="fold-label"
          tooltip={{ formatter: (level) => t(`folds.${(level ?? 0) as FoldLevel}`) }}
          onChange={(level) => bench.dispatch({ do: 'fold', level: level as FoldLevel })}
        />
      </span>
      <Space.Compact>
        <Key label={t('zoomIn')} keys="+" icon={<ZoomInOutlined />} onClick={() => canvas()?.zoom(0.7)} />
        <Key label={t('zoomOut')} keys="-" icon={<ZoomOutOutlined />} onClick={() => canvas()?.zoom(1.4)} />
        <Key label={t('fit')} keys="F" icon={<AimOutlined />} onClick={() => canvas()?.fit()} />
        <Key label={t('fullScreen')} keys="" icon={<FullscreenOutlined />} onClick={fullScreen} />
      </Space.Compact>
      {children}
    </div>
  );
}

interface KeyProps {
  readonly label: string;
  readonly keys: string;
  readonly icon: ReactNode;
  readonly onClick: () => void;
  readonly off?: boolean;
  readonly on?: boolean;
}

function Key({ label, keys, icon, onClick, off = false, on }: KeyProps) {
  return (
    <Tooltip title={keys === '' ? label : `${label} (${keys})`}>
      <Button
        size="small"
        icon={icon}
        aria-label={label}
        disabled={off}
        {...(keys === '' ? {} : { 'aria-keyshortcuts': keys.replace('Ctrl', 'Control') })}
        {...(on === undefined ? {} : { 'aria-pressed': on, type: on ? 'primary' : 'default' })}
        onClick={onClick}
      />
    </Tooltip>
  );
}

function SelectMenu({ bench }: { readonly bench: Workbench }) {
  const { t } = useTranslation('explore');
  const { kindName } = useKindNames();
  const { state, dispatch } = bench;
  const kinds = [...new Set(Object.values(state.nodes).map((n) => n.kind))].sort();
  const select = (nodes: readonly string[]): void => dispatch({ do: 'select', nodes });
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: [
          { key: 'all', label: t('selectAll'), onClick: () => select(allShown(state)) },
          { key: 'invert', label: t('selectInvert'), onClick: () => select(inverted(state)) },
          { key: 'neighbours', label: t('selectNeighbours'), onClick: () => select(withNeighbours(state)) },
          { key: 'none', label: t('selectNone'), onClick: () => select([]) },
          { type: 'divider' },
          ...kinds.map((kind) => ({
            key: `kind:${kind}`,
            label: kindName(kind),
            onClick: () => select(ofKind(state, kind)),
          })),
        ],
      }}
    >
      <Button size="small">{t('select')}</Button>
    </Dropdown>
  );
}
