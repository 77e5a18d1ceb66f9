import { Button, ColorPicker, Input, InputNumber, Segmented, Select, Space } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Condition, StyleRule } from '../../../../state/index.ts';
import type { Workbench } from '../use-workbench.ts';
import { ConditionForm } from './ConditionForm.tsx';
import { useConditionText, usePropertyOptions } from './condition-text.ts';

const SETS = ['color', 'size', 'badge'] as const;
const FIRST = { color: '#d6578f', size: 1.6, badge: '!' } as const;

export interface RuleFormProps {
  readonly bench: Workbench;
  /** null = given up. */
  readonly done: (rule: StyleRule | null) => void;
}

/** One rule: what it sets, and by which value or under which condition. */
export function RuleForm({ bench, done }: RuleFormProps) {
  const { t } = useTranslation('explore');
  const options = usePropertyOptions(bench);
  const conditionText = useConditionText();
  const [set, setSet] = useState<StyleRule['set']>('color');
  const [way, setWay] = useState<'by' | 'when'>('by');
  const [by, setBy] = useState('town');
  const [when, setWhen] = useState<Condition | null>(null);
  const [value, setValue] = useState<string | number>(FIRST.color);
  const make = (): void => {
    const id = `rule:${bench.state.rules.reduce((most, r) => Math.max(most, Number(r.id.slice(5)) || 0), 0) + 1}`;
    const isBy = way === 'by';
    done({ id, target: 'node', set, when: isBy ? null : when, by: isBy ? by : null, value: isBy ? null : value });
  };
  return (
    <Space orientation="vertical" size={6} style={{ width: '100%' }}>
      <Segmented
        size="small"
        value={set}
        options={SETS.map((s) => ({ value: s, label: t(`sets.${s}`) }))}
        onChange={(next) => {
          setSet(next);
          setValue(FIRST[next]);
          if (next === 'badge') setWay('when');
        }}
      />
      {set === 'badge' ? null : (
        <Segmented
          size="small"
          value={way}
          options={[
            { value: 'by', label: t('byValue') },
            { value: 'when', label: t('whenMet') },
          ]}
          onChange={setWay}
        />
      )}
      {way === 'by' ? (
        <Select
          size="small"
          aria-label={t('property')}
          value={by}
          options={options}
          onChange={setBy}
          style={{ width: '100%' }}
        />
      ) : (
        <>
          {when === null ? (
            <ConditionForm bench={bench} done={(c) => (c === null ? done(null) : setWhen(c))} />
          ) : (
            <code>{conditionText(when)}</code>
          )}
          {set === 'color' ? (
            <ColorPicker size="small" value={String(value)} onChange={(color) => setValue(color.toHexString())} />
          ) : set === 'size' ? (
            <InputNumber
              size="small"
              aria-label={t('sets.size')}
              min={0.5}
              max={4}
              step={0.1}
              value={Number(value)}
              onChange={(v) => setValue(v ?? 1)}
            />
          ) : (
            <Input
              size="small"
              aria-label={t('sets.badge')}
              maxLength={2}
              value={String(value)}
              onChange={(e) => setValue(e.target.value)}
            />
          )}
        </>
      )}
      <Space>
        <Button size="small" type="primary" disabled={way === 'when' && when === null} onClick={make}>
          {t('addRule')}
        </Button>
        <Button size="small" onClick={() => done(null)}>
          {t('cancel')}
        </Button>
      </Space>
    </Space>
  );
}
