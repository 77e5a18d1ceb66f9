import { useQuery } from '@tanstack/react-query';
import { Button, Pagination, Segmented, Skeleton, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { expansion } from '../../../../contract/index.ts';
import { kindColor } from '../../../canvas/colors.ts';
import { ask } from '../../../client/api.ts';
import { Problem } from '../../../controls/Problem.tsx';
import { expandNode } from '../commands.ts';
import { useKindNames } from '../kind-names.ts';
import type { Workbench } from '../use-workbench.ts';

const PAGE = 20;

/** A node's neighbours, ranked, page by page, without loading them: the way through a node of twenty thousand. */
export function Neighbours({ bench, node }: { readonly bench: Workbench; readonly node: string }) {
  const { t } = useTranslation('explore');
  const { kindName } = useKindNames();
  const [rank, setRank] = useState<'weight' | 'recent' | 'degree'>('weight');
  const [page, setPage] = useState(1);
  const query = { rank, limit: PAGE, offset: (page - 1) * PAGE };
  const found = useQuery({
    queryKey: ['around', node, query],
    queryFn: ({ signal }) =>
      ask(`/api/graph/${encodeURIComponent(node)}/expand`, expansion, { query: { ...query }, signal }),
    placeholderData: (before) => before,
  });
  if (found.error !== null) return <Problem error={found.error} retry={() => void found.refetch()} />;
  if (found.data === undefined) return <Skeleton active />;
  const { nodes, total, remaining } = found.data;
  const rows = nodes.filter((n) => n.id !== node);
  return (
    <>
      <Segmented
        size="small"
        value={rank}
        onChange={(next) => {
          setRank(next);
          setPage(1);
        }}
        options={(['weight', 'recent', 'degree'] as const).map((value) => ({ value, label: t(`rank.${value}`) }))}
      />
      <Typography.Paragraph type="secondary" className="panel-hint">
        {t('ofNeighbours', { total, remaining })}
      </Typography.Paragraph>
      <ul className="hits">
        {rows.map((n) => (
          <li key={n.id} className="hit">
            <span className="kind-dot" style={{ background: kindColor(n.kind) }} aria-hidden />
            <span className="hit-name">{n.label}</span>
            <span className="hit-more">{kindName(n.kind)}</span>
            {bench.state.nodes[n.id] === undefined ? null : <span className="hit-more">✓</span>}
          </li>
        ))}
      </ul>
      <Button
        size="small"
        type="primary"
        ghost
        disabled={rows.length === 0}
        onClick={() => void bench.run((s, signal) => expandNode(s, node, query, signal))}
      >
        {t('addPage', { n: rows.length })}
      </Button>
      <Pagination
        size="small"
        current={page}
        pageSize={PAGE}
        total={total}
        onChange={setPage}
        showSizeChanger={false}
        hideOnSinglePage
      />
    </>
  );
}
