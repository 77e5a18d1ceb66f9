import { Empty, Table, type TableColumnsType, Tag, Tooltip, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { LeadItem, LeadList } from '../../../contract/index.ts';
import { GradeTag } from '../../controls/GradeTag.tsx';
import { KindIcon } from '../../controls/KindIcon.tsx';
import { ProbabilityBar } from '../../controls/ProbabilityBar.tsx';
import { percent } from '../../controls/numbers.ts';
import { confidenceIn, confidenceShare, useWords } from '../../controls/words.ts';

export interface LeadTableProps {
  readonly list: LeadList | undefined;
  /** Those of the list that are shown. */
  readonly leads: readonly LeadItem[];
  readonly loading: boolean;
  readonly capacity: number;
  readonly current: number;
  readonly setCurrent: (place: number) => void;
  readonly selected: readonly string[];
  readonly select: ((ids: readonly string[]) => void) | null;
  readonly work: TableColumnsType<LeadItem>[number] | null;
}

/** The queue: one line a lead, most promising first. What lies beyond the capacity is fainter. */
export function LeadTable(props: LeadTableProps) {
  const { t } = useTranslation('leads');
  const { list, leads, loading, capacity, current, setCurrent, selected, select, work } = props;
  const columns = useColumns(list, work);
  return (
    <Table<LeadItem>
      size="small"
      loading={loading}
      rowKey="leadId"
      dataSource={[...leads]}
      pagination={false}
      scroll={{ x: 'max-content' }}
      columns={columns}
      rowClassName={(lead, place) =>
        `${place === current ? 'is-current' : ''} ${lead.rank > capacity ? 'is-beyond' : ''}`
      }
      onRow={(_lead, place) => ({ onClick: () => setCurrent(place ?? -1) })}
      {...(select === null
        ? {}
        : {
            rowSelection: {
              selectedRowKeys: [...selected],
              columnTitle: <span className="sr-only">{t('selected', { n: selected.length })}</span>,
              onChange: (keys) => select(keys.map(String)),
              getCheckboxProps: (lead) => ({ 'aria-label': t('select1', { name: lead.label }) }),
            },
          })}
      locale={{ emptyText: <Empty description={t('empty')}>{t('emptyHint')}</Empty> }}
    />
  );
}

function useColumns(list: LeadList | undefined, work: LeadTableProps['work']): TableColumnsType<LeadItem> {
  const { t } = useTranslation(['leads', 'kinds']);
  const { say } = useWords();
  const top = Math.max(0.05, ...(list?.leads ?? []).map((l) => l.high ?? l.probability ?? 0));
  return [
    { title: t('leads:rank'), dataIndex: 'rank', width: 44, align: 'right' },
    {
      title: t('leads:subject'),
      key: 'subject',
      width: 220,
      render: (_, lead) => (
        <div>
          <Link to={`/leads/${lead.leadId}`} aria-label={t('leads:open1', { name: lead.label })}>
            <strong>{lead.label}</strong>
          </Link>
          <div style={{ fontSize: 12 }}>
            <Typography.Text type="secondary">
              <KindIcon kind={lead.kind} /> {t(`kinds:${lead.kind}` as 'kinds:company', { defaultValue: lead.kind })}
              {lead.town === null ? '' : ` · ${lead.town}`}
            </Typography.Text>
          </div>
        </div>
      ),
    },
    {
      title: t('leads:confidence'),
      key: 'confidence',
      width: 180,
      render: (_, lead) => (
        <div>
          <Sure lead={lead} />
          {lead.probability === null ? null : (
            <ProbabilityBar
              probability={lead.probability}
              low={lead.low}
              high={lead.high}
              top={top}
              label={t('leads:probability', {
                p: percent(lead.probability),
                low: percent(lead.low),
                high: percent(lead.high),
              })}
            />
          )}
        </div>
      ),
    },
    {
      title: t('leads:grade'),
      dataIndex: 'grade',
      width: 70,
      render: (grade: string | null) => <GradeTag grade={grade} />,
    },
    {
      title: t('leads:types'),
      key: 'typologies',
      width: 180,
      render: (_, lead) => <Typologies ids={lead.typologies} list={list} />,
    },
    {
      title: t('leads:because'),
      key: 'because',
      width: 230,
      render: (_, lead) => (lead.because === null ? '—' : say(lead.because)),
    },
    {
      title: t('leads:pickShort'),
      dataIndex: 'pick',
      width: 96,
      render: (pick: string, lead) => (
        <Tooltip
          title={
            pick === 'exploration'
              ? t('leads:explorationHint', { p: percent(lead.pickChance) })
              : pick === 'reserve'
                ? t('leads:reserveHint')
                : ''
          }
        >
          <Tag color={pick === 'exploration' ? 'purple' : pick === 'reserve' ? 'default' : 'blue'}>
            {t(`kinds:${pick}` as 'kinds:ranked', { defaultValue: pick })}
          </Tag>
        </Tooltip>
      ),
    },
    ...(work === null ? [] : [work]),
  ];
}

/** Names of the typologies that a lead touches. */
export function Typologies({
  ids,
  list,
}: {
  readonly ids: readonly string[];
  readonly list: Pick<LeadList, 'typologies'> | undefined;
}) {
  const { say } = useWords();
  if (ids.length === 0) return <>—</>;
  return (
    <span style={{ display: 'inline-flex', flexWrap: 'wrap', gap: 4 }}>
      {ids.map((id) => {
        const title = list?.typologies.find((x) => x.id === id)?.title;
        return (
          <Tag key={id} style={{ marginInlineEnd: 0 }} title={id}>
            {title === undefined ? id : say(title)}
          </Tag>
        );
      })}
    </span>
  );
}

/** The confidence in few words; its full sentence on pointing. */
function Sure({ lead }: { readonly lead: LeadItem }) {
  const { t } = useTranslation('leads');
  const { language } = useWords();
  if (lead.confidence === null) return <div>{percent(lead.probability)}</div>;
  const share = confidenceShare(lead.confidence);
  const full = confidenceIn(language, lead.confidence);
  return <div title={full}>{share === null ? full : t('of10', share)}</div>;
}
