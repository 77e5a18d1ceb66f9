import { type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { SearchPanel } from '../SearchPanel.tsx';
import type { Workbench } from '../use-workbench.ts';
import { FilterPanel } from './FilterPanel.tsx';
import { MeasurePanel } from './MeasurePanel.tsx';
import { PatternPanel } from './PatternPanel.tsx';
import { StylePanel } from './StylePanel.tsx';

const PANELS = [
  { key: 'search', Panel: SearchPanel },
  { key: 'filters', Panel: FilterPanel },
  { key: 'styles', Panel: StylePanel },
  { key: 'measuresTab', Panel: MeasurePanel },
  { key: 'pattern', Panel: PatternPanel },
] as const;

/** The panels left of the canvas, under tabs that wrap in a narrow column; a panel that was opened keeps what was typed in it. */
export function SidePanels({ bench }: { readonly bench: Workbench }) {
  const { t } = useTranslation('explore');
  const [shown, setShown] = useState(0);
  const [opened, setOpened] = useState<readonly number[]>([0]);
  const show = (i: number): void => {
    setShown(i);
    if (!opened.includes(i)) setOpened([...opened, i]);
  };
  const onKey = (event: KeyboardEvent<HTMLDivElement>): void => {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (by === 0) return;
    event.preventDefault();
    const next = (shown + by + PANELS.length) % PANELS.length;
    show(next);
    event.currentTarget.querySelectorAll<HTMLElement>('[role=tab]')[next]?.focus();
  };
  return (
    <>
      <div role="tablist" tabIndex={-1} className="side-tabs" aria-label={t('tools')} onKeyDown={onKey}>
        {PANELS.map(({ key }, i) => (
          <button
            key={key}
            type="button"
            role="tab"
            id={`side-tab-${key}`}
            aria-selected={i === shown}
            aria-controls={`side-panel-${key}`}
            tabIndex={i === shown ? 0 : -1}
            onClick={() => show(i)}
          >
            {t(key)}
          </button>
        ))}
      </div>
      {PANELS.map(({ key, Panel }, i) => (
        <div
          key={key}
          role="tabpanel"
          id={`side-panel-${key}`}
          aria-labelledby={`side-tab-${key}`}
          hidden={i !== shown}
        >
          {opened.includes(i) ? <Panel bench={bench} /> : null}
        </div>
      ))}
    </>
  );
}
