import { useQuery } from '@tanstack/react-query';
import { Card, Skeleton, Statistic, Table, Tag, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { type CardFigure, type ModelDetail, modelDetail } from '../../../contract/index.ts';
import { ask } from '../../client/api.ts';
import { Problem } from '../../controls/Problem.tsx';
import { day, figure, percent } from '../../controls/numbers.ts';
import { useWords } from '../../controls/words.ts';
import { ModelCharts } from './ModelCharts.tsx';
import { Slices } from './Slices.tsx';
import { TypologyTable } from './TypologyTable.tsx';

/** One model in one page: what decides, how sure, for whom it is off, and what it cannot do. */
export function ModelView({ id }: { readonly id: string }) {
  const { t } = useTranslation('models');
  const { say } = useWords();
  const found = useQuery({
    queryKey: ['models', id],
    queryFn: ({ signal }) => ask(`/api/models/${encodeURIComponent(id)}`, modelDetail, { signal }),
  });
  if (found.error !== null) return <Problem error={found.error} retry={() => void found.refetch()} />;
  if (found.data === undefined) return <Skeleton active />;
  const model = found.data;
  const { card } = model;
  return (
    <section className="model-view" aria-label={id}>
      <Card
        size="small"
        title={`${say(card.title)} · ${id}`}
        extra={
          <>
            {model.isServed ? <Tag color="blue">{t('served')}</Tag> : null}
            {model.isChampion ? <Tag color="warning">{t('champion')}</Tag> : null}
            {model.isShadow ? <Tag>{t('shadow')}</Tag> : null}
          </>
        }
      >
        <Typography.Text type="secondary">
          {t('trained', {
            from: day(model.trainedFrom),
            to: day(model.asOf),
            features: model.features,
            setting: model.setting,
          })}
        </Typography.Text>
        <div className="figures">
          {card.headline.map((f) => (
            <FigureOf key={f.id} of={f} />
          ))}
        </div>
        <Typography.Text type="secondary">{say(card.protocol)}</Typography.Text>
      </Card>
      <ModelCharts model={model} />
      <Rivals model={model} />
      <Slices slices={card.slices} />
      <TypologyTable typologies={model.typologies} />
      <Card size="small" title={t('besideFigures')}>
        <div className="figures">
          {[...card.ablation, ...card.beside].map((f) => (
            <FigureOf key={f.id} of={f} />
          ))}
        </div>
      </Card>
      <Card size="small" title={t('limits')}>
        <ul style={{ margin: 0, paddingInlineStart: 18 }}>
          {card.limits.map((l) => (
            <li key={l.zh}>{say(l)}</li>
          ))}
        </ul>
      </Card>
    </section>
  );
}

/** A figure with its interval. */
export function shown(of: Pick<CardFigure, 'value' | 'unit'>): string {
  return of.unit === 'share' ? percent(of.value, 1) : figure(of.value, of.unit === 'score' ? 4 : 1);
}

function FigureOf({ of }: { readonly of: CardFigure }) {
  const { t } = useTranslation('models');
  const { say } = useWords();
  return (
    <div>
      <Statistic title={say(of.label)} value={shown(of)} styles={{ content: { fontSize: 18 } }} />
      {of.low === null || of.high === null ? null : (
        <Typography.Text type="secondary" style={{ fontSize: 12 }}>
          {t('interval', { low: shown({ ...of, value: of.low }), high: shown({ ...of, value: of.high }) })}
        </Typography.Text>
      )}
    </div>
  );
}

function Rivals({ model }: { readonly model: ModelDetail }) {
  const { t } = useTranslation('models');
  const { say } = useWords();
  const range = (f: CardFigure): string =>
    f.low === null || f.high === null
      ? shown(f)
      : `${shown(f)}（${shown({ ...f, value: f.low })}–${shown({ ...f, value: f.high })}）`;
  return (
    <Card size="small" title={t('rivals')}>
      <Table
        size="small"
        rowKey="id"
        pagination={false}
        dataSource={model.card.rivals}
        scroll={{ x: 'max-content' }}
        columns={[
          { title: t('rival'), key: 'label', render: (_, r) => say(r.label) },
          { title: t('figure'), key: 'figure', render: (_, r) => range(r.figure) },
          { title: t('difference'), key: 'difference', render: (_, r) => range(r.difference) },
          {
            title: '',
            key: 'beaten',
            render: (_, r) => (
              <Tag color={r.beaten ? 'success' : 'default'}>{t(r.beaten ? 'beaten' : 'notBeaten')}</Tag>
            ),
          },
        ]}
      />
    </Card>
  );
}
