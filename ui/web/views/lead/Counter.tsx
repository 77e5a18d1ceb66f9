import { Card, Radio, Tag, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Against } from '../../../contract/index.ts';
import { RowLinks } from '../../controls/RowLinks.tsx';
import { useWords } from '../../controls/words.ts';

/** What the reviewer found for each: it holds, it does not, it was not looked at; absent = not answered yet. */
export type Ticks = Readonly<Record<string, boolean | null>>;

export interface CounterProps {
  readonly against: readonly Against[];
  readonly ticks: Ticks;
  readonly tick: (change: Ticks) => void;
}

const KINDS = {
  'look-alike': 'kindLookAlike',
  'missing-data': 'kindMissing',
  'contrary-fact': 'kindContrary',
  'model-limit': 'kindLimit',
} as const;

/** What speaks against the lead (N11). The model says what it tested; the reviewer answers every line. */
export function Counter({ against, ticks, tick }: CounterProps) {
  const { t } = useTranslation('lead');
  const done = against.filter((a) => a.id in ticks).length;
  return (
    <Card size="small" title={t('counter')} extra={t('ticked', { done, all: against.length })}>
      <Typography.Text type="secondary">{t('counterNote')}</Typography.Text>
      <ul className="plain">
        {against.map((a) => (
          <CounterLine key={a.id} against={a} value={ticks[a.id]} tick={(holds) => tick({ [a.id]: holds })} />
        ))}
      </ul>
    </Card>
  );
}

interface CounterLineProps {
  readonly against: Against;
  readonly value: boolean | null | undefined;
  readonly tick: (holds: boolean | null) => void;
}

function CounterLine({ against, value, tick }: CounterLineProps) {
  const { t } = useTranslation('lead');
  const { say } = useWords();
  const tested = _testedKey(against);
  return (
    <li className="counter">
      <div>
        <Tag style={{ marginInlineEnd: 6 }}>{t(KINDS[against.kind])}</Tag>
        {say(against.text)}
      </div>
      <div className="row-wrap" style={{ justifyContent: 'space-between' }}>
        <Typography.Text type="secondary" style={{ fontSize: 12 }}>
          {t(tested)} <RowLinks rowIds={against.rowIds} />
        </Typography.Text>
        <Radio.Group
          size="small"
          aria-label={say(against.text)}
          optionType="button"
          value={value === undefined ? undefined : value === null ? 'unknown' : value ? 'yes' : 'no'}
          onChange={(e) => tick(e.target.value === 'unknown' ? null : e.target.value === 'yes')}
          options={[
            { value: 'yes', label: t('pickHolds') },
            { value: 'no', label: t('pickNot') },
            { value: 'unknown', label: t('pickUnknown') },
          ]}
        />
      </div>
    </li>
  );
}

/** What the model says of it: tested or not, and with what result; a fact is not an explanation. */
function _testedKey({ kind, tested, holds }: Against): 'untested' | 'tested' | 'holdsYes' | 'holdsNot' | 'holdsFact' {
  if (!tested) return 'untested';
  if (holds === null) return 'tested';
  if (kind !== 'look-alike') return holds ? 'holdsFact' : 'holdsNot';
  return holds ? 'holdsYes' : 'holdsNot';
}
