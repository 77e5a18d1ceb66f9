import { Card, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Timeline } from '../../../contract/index.ts';
import { RowLinks } from '../../controls/RowLinks.tsx';
import { day, figure } from '../../controls/numbers.ts';
import { useWords } from '../../controls/words.ts';

export interface RecordsProps {
  readonly title: string;
  readonly of: Timeline;
  readonly lane: string;
}

/** The records of one kind, latest first, each with its row. */
export function Records({ title, of, lane }: RecordsProps) {
  const { t } = useTranslation(['dossier', 'shell']);
  const { say } = useWords();
  const items = of.items.filter((i) => i.lane === lane).toReversed();
  const hidden = of.lanes.find((l) => l.lane === lane)?.notShown ?? 0;
  return (
    <Card size="small" title={`${title} ${items.length + hidden}`}>
      {items.length === 0 ? (
        <Typography.Text type="secondary">{t('dossier:none')}</Typography.Text>
      ) : (
        <ul className="plain records">
          {items.map((i) => (
            <li key={i.id}>
              <Typography.Text type="secondary">{day(i.at)}</Typography.Text> <span>{say(i.title)}</span>
              {i.value === null ? null : ` ${figure(i.value)} ${i.unit ?? ''}`} <RowLinks rowIds={[i.rowId]} />
            </li>
          ))}
        </ul>
      )}
      {hidden > 0 ? <Typography.Text type="secondary">{t('shell:notShown', { n: hidden })}</Typography.Text> : null}
    </Card>
  );
}
