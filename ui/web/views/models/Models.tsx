import { useQuery } from '@tanstack/react-query';
import { Card, Empty, Select, Skeleton, Table, Tag, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { type ModelSummary, modelList } from '../../../contract/index.ts';
import { ask } from '../../client/api.ts';
import { Problem } from '../../controls/Problem.tsx';
import { useAddress } from '../../controls/address.ts';
import { minute } from '../../controls/numbers.ts';
import { ModelView } from './ModelView.tsx';
import './models.css';

/** The models: the served one in full; a second one beside it when there is one. */
export default function Models() {
  const { t } = useTranslation('models');
  const { at, put } = useAddress();
  const found = useQuery({ queryKey: ['models'], queryFn: ({ signal }) => ask('/api/models', modelList, { signal }) });
  if (found.error !== null) return <Problem error={found.error} retry={() => void found.refetch()} />;
  if (found.data === undefined) return <Skeleton active className="page" />;
  const { models, decisions } = found.data;
  const first = models.find((m) => m.modelId === at('model')) ?? models[0];
  if (first === undefined) return <Empty description={t('none')} style={{ margin: 48 }} />;
  const second = models.find((m) => m.modelId === at('beside') && m !== first);
  return (
    <div className="page">
      <header className="page-head">
        <h1>{t('title')}</h1>
        <Chooser label={t('choose')} models={models} value={first.modelId} choose={(model) => put({ model })} />
        {models.length < 2 ? null : (
          <Chooser
            label={t('beside')}
            models={models.filter((m) => m !== first)}
            value={second?.modelId ?? null}
            choose={(beside) => put({ beside })}
          />
        )}
      </header>
      <div className={second === undefined ? 'models' : 'models models-two'}>
        <ModelView id={first.modelId} />
        {second === undefined ? null : <ModelView id={second.modelId} />}
      </div>
      {decisions.length === 0 ? null : (
        <Card size="small" title={t('decisions')}>
          <Table
            size="small"
            rowKey="seq"
            pagination={false}
            dataSource={decisions.toReversed()}
            columns={[
              { key: 'at', render: (_, d) => minute(d.at) },
              { key: 'action', render: (_, d) => <Tag>{t(`action.${d.action}`)}</Tag> },
              { dataIndex: 'modelId' },
              { dataIndex: 'by' },
              { dataIndex: 'why' },
            ]}
          />
        </Card>
      )}
    </div>
  );
}

interface ChooserProps {
  readonly label: string;
  readonly models: readonly ModelSummary[];
  readonly value: string | null;
  readonly choose: (id: string | null) => void;
}

function Chooser({ label, models, value, choose }: ChooserProps) {
  const { t } = useTranslation('models');
  const marks = (m: ModelSummary): string =>
    [m.isServed ? t('served') : '', m.isChampion ? t('champion') : '', m.isShadow ? t('shadow') : '']
      .filter((x) => x !== '')
      .join(' · ');
  return (
    <label className="row-wrap">
      <Typography.Text type="secondary">{label}</Typography.Text>
      <Select
        aria-label={label}
        style={{ minWidth: 260 }}
        allowClear={value === null || label === t('beside')}
        value={value}
        placeholder={t('compare')}
        onChange={(id: string | null | undefined) => choose(id ?? null)}
        options={models.map((m) => ({ value: m.modelId, label: `${m.modelId}（${m.setting}）${marks(m)}` }))}
      />
    </label>
  );
}
