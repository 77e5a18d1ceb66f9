import { AutoComplete, Button, InputNumber, Select, Space } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Condition, propertyOf } from '../../../../state/index.ts';
import type { Workbench } from '../use-workbench.ts';
import { usePropertyOptions } from './condition-text.ts';

const OPERATORS = ['=', '!=', '>=', '<=', 'contains', 'missing', 'present'] as const;

export interface ConditionFormProps {
  readonly bench: Workbench;
  /** null = given up. */
  readonly done: (condition: Condition | null) => void;
}

/** One condition over a property; values that occur are offered. */
export function ConditionForm({ bench, done }: ConditionFormProps) {
  const { t } = useTranslation('explore');
  const options = usePropertyOptions(bench);
  const [property, setProperty] = useState('town');
  const [operator, setOperator] = useState<Condition['operator']>('=');
  const [value, setValue] = useState<string | number | null>(null);
  const isNumber = property === 'mentions' || property.startsWith('measure:');
  const needsValue = operator !== 'missing' && operator !== 'present';
  const { state } = bench;
  const occurring = isNumber
    ? []
    : [...new Set(Object.values(state.nodes).map((n) => propertyOf(state, n, property)))]
        .filter((v) => v !== null)
        .map(String)
        .sort()
        .slice(0, 100);
  return (
    <Space orientation="vertical" size={4} style={{ width: '100%' }}>
      <Select
        size="small"
        aria-label={t('property')}
        value={property}
        options={options}
        style={{ width: '100%' }}
        onChange={(next) => {
          setProperty(next);
          setValue(null);
        }}
      />
      <Select
        size="small"
        aria-label={t('operator')}
        value={operator}
        style={{ width: '100%' }}
        options={OPERATORS.map((o) => ({ value: o, label: t(`operators.${o}`) }))}
        onChange={setOperator}
      />
      {!needsValue ? null : isNumber ? (
        <InputNumber
          size="small"
          aria-label={t('value')}
          value={value as number | null}
          onChange={setValue}
          style={{ width: '100%' }}
        />
      ) : (
        <AutoComplete
          size="small"
          aria-label={t('value')}
          value={value === null ? '' : String(value)}
          style={{ width: '100%' }}
          options={occurring.map((v) => ({ value: v }))}
          onChange={setValue}
        />
      )}
      <Space>
        <Button
          size="small"
          type="primary"
          disabled={needsValue && (value === null || value === '')}
          onClick={() => done({ property, operator, value: needsValue ? value : null })}
        >
          {t('apply')}
        </Button>
        <Button size="small" onClick={() => done(null)}>
          {t('cancel')}
        </Button>
      </Space>
    </Space>
  );
}
