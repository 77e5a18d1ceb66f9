import { Button, Checkbox } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { kindColor } from '../../../canvas/colors.ts';
import { useKindNames } from '../kind-names.ts';
import type { Workbench } from '../use-workbench.ts';
import { ActiveFilters } from './ActiveFilters.tsx';
import { ConditionForm } from './ConditionForm.tsx';

/** What is kept off the canvas: kinds by a tick, properties by a condition; every filter that is on is named and can be taken off. */
export function FilterPanel({ bench }: { readonly bench: Workbench }) {
  const { t } = useTranslation('explore');
  const { kindName, linkName } = useKindNames();
  const { state, dispatch } = bench;
  const { filter } = state;
  const [isAdding, setAdding] = useState(false);
  return (
    <section className="panel" aria-label={t('filters')}>
      <ActiveFilters bench={bench} />
      <h3>{t('entityKinds')}</h3>
      <KindTicks
        counts={_counts(Object.values(state.nodes).map((n) => n.kind))}
        hidden={filter.hiddenNodeKinds}
        name={kindName}
        color={kindColor}
        change={(hiddenNodeKinds) => dispatch({ do: 'filter', change: { hiddenNodeKinds } })}
      />
      <h3>{t('linkKinds')}</h3>
      <KindTicks
        counts={_counts(Object.values(state.links).map((l) => l.kind))}
        hidden={filter.hiddenLinkKinds}
        name={linkName}
        change={(hiddenLinkKinds) => dispatch({ do: 'filter', change: { hiddenLinkKinds } })}
      />
      <h3>{t('conditions')}</h3>
      {isAdding ? (
        <ConditionForm
          bench={bench}
          done={(condition) => {
            setAdding(false);
            if (condition !== null)
              dispatch({ do: 'filter', change: { conditions: [...filter.conditions, condition] } });
          }}
        />
      ) : (
        <Button size="small" onClick={() => setAdding(true)}>
          {t('addCondition')}
        </Button>
      )}
    </section>
  );
}

interface KindTicksProps {
  readonly counts: readonly (readonly [string, number])[];
  readonly hidden: readonly string[];
  readonly name: (kind: string) => string;
  readonly color?: (kind: string) => string;
  readonly change: (hidden: string[]) => void;
}

function KindTicks({ counts, hidden, name, color, change }: KindTicksProps) {
  const set = (kind: string, isShown: boolean): void =>
    change(isShown ? hidden.filter((k) => k !== kind) : [...hidden, kind].sort());
  return (
    <div className="ticks">
      {counts.map(([kind, n]) => (
        <Checkbox key={kind} checked={!hidden.includes(kind)} onChange={(event) => set(kind, event.target.checked)}>
          {color === undefined ? null : <span className="kind-dot" style={{ background: color(kind) }} aria-hidden />}
          {name(kind)} <span className="menu-count">{n}</span>
        </Checkbox>
      ))}
    </div>
  );
}

function _counts(kinds: readonly string[]): (readonly [string, number])[] {
  const counts = new Map<string, number>();
  for (const kind of kinds) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
}
