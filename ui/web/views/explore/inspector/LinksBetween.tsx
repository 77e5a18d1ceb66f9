import { useQuery } from '@tanstack/react-query';
import { Tag, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { type GraphLink, linkEvidence } from '../../../../contract/index.ts';
import type { CanvasNode } from '../../../../state/index.ts';
import { ask } from '../../../client/api.ts';
import { RowLinks } from '../../../controls/RowLinks.tsx';
import { day, percent } from '../../../controls/numbers.ts';
import { useKindNames } from '../kind-names.ts';

/** Links listed at once. */
const MOST = 200;

export interface LinksBetweenProps {
  readonly links: readonly GraphLink[];
  readonly nodes: Readonly<Record<string, CanvasNode>>;
}

/** The links of one line on the canvas: kind, dates, how each is known, with what probability, and the rows that say so. */
export function LinksBetween({ links, nodes }: LinksBetweenProps) {
  const { t } = useTranslation('explore');
  const { linkName } = useKindNames();
  const sorted = links.toSorted((a, b) => ((a.validFrom ?? '') < (b.validFrom ?? '') ? 1 : -1)).slice(0, MOST);
  const ids = sorted.map((l) => l.id);
  const evidence = useQuery({
    queryKey: ['evidence', ids],
    queryFn: ({ signal }) => ask('/api/graph/evidence', linkEvidence, { method: 'POST', body: { ids }, signal }),
  });
  const rowsOf = new Map(evidence.data?.links.map((l) => [l.id, l.rowIds]));
  const label = (id: string): string => nodes[id]?.label ?? id;
  return (
    <section className="panel" aria-label={t('links')}>
      <Typography.Title level={5}>
        {t('links')} ({links.length})
      </Typography.Title>
      <ul className="link-list">
        {sorted.map((l) => (
          <li key={l.id}>
            <span>
              {label(l.from)} <strong>{linkName(l.kind)}</strong> {label(l.to)}
            </span>
            <span className="fact-source">
              <Typography.Text type="secondary">
                {l.validFrom === null ? t('undated') : day(l.validFrom)}
                {l.validTo === null || day(l.validTo) === day(l.validFrom) ? '' : ` – ${day(l.validTo)}`}
              </Typography.Text>
              <Tag color={l.origin === 'derived' ? 'purple' : 'default'}>
                {t(`origin.${(l.origin ?? 'recorded') as 'recorded'}`)}
                {l.probability === null ? '' : ` ${percent(l.probability)}`}
              </Tag>
              <RowLinks rowIds={rowsOf.get(l.id) ?? []} />
            </span>
          </li>
        ))}
      </ul>
      {links.length > MOST ? (
        <Typography.Text type="secondary">{t('notShown', { n: links.length - MOST })}</Typography.Text>
      ) : null}
    </section>
  );
}
