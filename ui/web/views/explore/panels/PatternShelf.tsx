import { Button, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAskName } from '../saving/use-ask-name.tsx';
import type { Draft } from './pattern-draft.ts';

const KEY = 'tributary.explore.patterns';

interface Kept {
  readonly name: string;
  readonly draft: Draft;
}

export interface PatternShelfProps {
  readonly draft: Draft;
  readonly open: (draft: Draft) => void;
}

/** Patterns kept by name on this device: one that is opened again can be given another date before it is run. */
export function PatternShelf({ draft, open }: PatternShelfProps) {
  const { t } = useTranslation('explore');
  const ask = useAskName();
  const [kept, setKept] = useState<readonly Kept[]>(_kept);
  const keep = (list: readonly Kept[]): void => {
    setKept(list);
    localStorage.setItem(KEY, JSON.stringify(list));
  };
  return (
    <div className="row-wrap">
      <Select
        size="small"
        aria-label={t('keptPatterns')}
        placeholder={t('keptPatterns')}
        style={{ minWidth: 130 }}
        value={null}
        options={kept.map(({ name }) => ({ value: name, label: name }))}
        onSelect={(name: string | null) => {
          const found = kept.find((k) => k.name === name);
          if (found !== undefined) open(found.draft);
        }}
      />
      <Button
        size="small"
        onClick={() =>
          ask(t('keepPattern'), '', (name) => keep([...kept.filter((k) => k.name !== name), { name, draft }]))
        }
      >
        {t('keepPattern')}
      </Button>
    </div>
  );
}

function _kept(): readonly Kept[] {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? '[]') as Kept[];
  } catch {
    return [];
  }
}
