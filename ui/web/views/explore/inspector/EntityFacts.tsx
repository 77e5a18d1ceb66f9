import { useQuery } from '@tanstack/react-query';
import { Empty, Skeleton, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { entity } from '../../../../contract/index.ts';
import { ask } from '../../../client/api.ts';
import { Problem } from '../../../controls/Problem.tsx';
import { RowLinks } from '../../../controls/RowLinks.tsx';
import { day } from '../../../controls/numbers.ts';
import { useProperties } from './property-names.ts';

/** Every value of an entity with its source and first date; values that contradict each other stand side by side. One press leads to the rows. */
export function EntityFacts({ id }: { readonly id: string }) {
  const { t } = useTranslation('explore');
  const propertyName = useProperties();
  const found = useQuery({
    queryKey: ['entity', id],
    queryFn: ({ signal }) => ask(`/api/entities/${encodeURIComponent(id)}`, entity, { signal }),
  });
  if (found.error !== null) return <Problem error={found.error} retry={() => void found.refetch()} />;
  if (found.data === undefined) return <Skeleton active />;
  const facts = _grouped(found.data.statements);
  if (facts.length === 0)
    return (
      <Empty
        image={Empty.PRESENTED_IMAGE_SIMPLE}
        description={['person', 'phone'].includes(found.data.kind) ? t('closedFacts') : t('noFacts')}
      />
    );
  return (
    <dl className="facts">
      {facts.map(({ property, values }) => (
        <div key={property}>
          <dt>{propertyName(property)}</dt>
          {values.map(({ value, rows, first }) => (
            <dd key={value}>
              <span className="fact-value">{value}</span>
              <span className="fact-source">
                <Typography.Text type="secondary">
                  {[...new Set(rows.map((r) => r.split(':')[0]!))].join(', ')} · {day(first)}
                </Typography.Text>
                <RowLinks rowIds={rows} />
              </span>
            </dd>
          ))}
        </div>
      ))}
    </dl>
  );
}

interface Fact {
  readonly property: string;
  readonly values: readonly {
    readonly value: string;
    readonly rows: readonly string[];
    readonly first: string | null;
  }[];
}

function _grouped(
  statements: readonly { property: string; value: string; rowId: string; firstKnownAt: string | null }[],
): Fact[] {
  const facts = new Map<string, Map<string, { rows: string[]; first: string | null }>>();
  for (const { property, value, rowId, firstKnownAt } of statements) {
    const values = facts.get(property) ?? new Map<string, { rows: string[]; first: string | null }>();
    facts.set(property, values);
    const known = values.get(value) ?? { rows: [], first: null };
    known.rows.push(rowId);
    if (firstKnownAt !== null && (known.first === null || firstKnownAt < known.first)) known.first = firstKnownAt;
    values.set(value, known);
  }
  return [...facts].map(([property, values]) => ({
    property,
    values: [...values].map(([value, known]) => ({ value, ...known })),
  }));
}
