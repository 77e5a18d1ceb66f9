import { Button, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type LegendEntry, legendOf } from '../../../../state/index.ts';
import { kindColor } from '../../../canvas/colors.ts';
import { figure } from '../../../controls/numbers.ts';
import { useKindNames } from '../kind-names.ts';
import type { Workbench } from '../use-workbench.ts';
import { RuleForm } from './RuleForm.tsx';
import { useConditionText, usePropertyName } from './condition-text.ts';

/** Rules by which entities look: colour, size or a badge, by a property or under a condition; the legend says what each means. */
export function StylePanel({ bench }: { readonly bench: Workbench }) {
  const { t } = useTranslation('explore');
  const { kindName } = useKindNames();
  const { state, dispatch } = bench;
  const [isAdding, setAdding] = useState(false);
  const kinds = [...new Set(Object.values(state.nodes).map((n) => n.kind))].sort();
  return (
    <section className="panel" aria-label={t('styles')}>
      <h3>{t('legend')}</h3>
      <ul className="legend">
        {kinds.map((kind) => (
          <li key={kind}>
            <span className="kind-dot" style={{ background: kindColor(kind) }} aria-hidden /> {kindName(kind)}
          </li>
        ))}
        <li>
          <span className="line-solid" aria-hidden /> {t('solidMeans')}
        </li>
        <li>
          <span className="line-dashed" aria-hidden /> {t('dashedMeans')}
        </li>
      </ul>
      {legendOf(state).map((entry) => (
        <RuleLegend
          key={entry.rule.id}
          entry={entry}
          remove={() => dispatch({ do: 'rules', rules: state.rules.filter((r) => r.id !== entry.rule.id) })}
        />
      ))}
      {isAdding ? (
        <RuleForm
          bench={bench}
          done={(rule) => {
            setAdding(false);
            if (rule !== null) dispatch({ do: 'rules', rules: [...state.rules, rule] });
          }}
        />
      ) : (
        <Button size="small" onClick={() => setAdding(true)}>
          {t('addRule')}
        </Button>
      )}
    </section>
  );
}

const MOST_COLORS = 12;

function RuleLegend({ entry, remove }: { readonly entry: LegendEntry; readonly remove: () => void }) {
  const { t } = useTranslation('explore');
  const { kindName } = useKindNames();
  const conditionText = useConditionText();
  const propertyName = usePropertyName();
  const { rule, colors, range } = entry;
  const by = rule.by === null ? '' : t('byProperty', { property: propertyName(rule.by) });
  return (
    <div className="rule">
      <div className="rule-head">
        <Typography.Text strong>
          {[t(`sets.${rule.set}`), by, rule.when === null ? '' : conditionText(rule.when)].filter(Boolean).join(' · ')}
        </Typography.Text>
        {rule.by !== null ? null : rule.set === 'color' ? (
          <span className="kind-dot" style={{ background: String(rule.value) }} aria-hidden />
        ) : (
          <code>{String(rule.value)}</code>
        )}
        <Button size="small" type="text" aria-label={t('takeOff', { what: t(`sets.${rule.set}`) })} onClick={remove}>
          ×
        </Button>
      </div>
      {range === null ? null : (
        <span className={rule.set === 'color' ? 'scale-color' : 'scale-size'}>
          <span>{figure(range[0])}</span>
          <span>{figure(range[1])}</span>
        </span>
      )}
      <ul className="legend">
        {colors.slice(0, MOST_COLORS).map((c) => (
          <li key={c.value}>
            <span className="kind-dot" style={{ background: c.color }} aria-hidden />{' '}
            {rule.by === 'kind' ? kindName(c.value) : c.value}
          </li>
        ))}
      </ul>
      {colors.length > MOST_COLORS ? (
        <Typography.Text type="secondary">{t('notShown', { n: colors.length - MOST_COLORS })}</Typography.Text>
      ) : null}
    </div>
  );
}
