import { Card, Empty, Skeleton, Table, Typography, theme } from 'antd';
import { useTranslation } from 'react-i18next';
import type { LeadSignals } from '../../../contract/index.ts';
import { RowLinks } from '../../controls/RowLinks.tsx';
import { figure, minute, percent } from '../../controls/numbers.ts';
import { useWords } from '../../controls/words.ts';

type Signal = LeadSignals['signals'][number];

/** Findings of the models: each value beside the range of its peers, with the rows it rests on. */
export function Signals({ found }: { readonly found: LeadSignals | undefined }) {
  const { t } = useTranslation('lead');
  const { say } = useWords();
  if (found === undefined) return <Skeleton active />;
  const titles = new Map(found.matters.map((m) => [m.typology, m.title]));
  return (
    <Card
      size="small"
      title={t('signals')}
      extra={<Typography.Text type="secondary">{t('signalsNote')}</Typography.Text>}
    >
      <Table<Signal>
        size="small"
        rowKey="signalId"
        dataSource={found.signals}
        pagination={found.signals.length > 10 ? { pageSize: 10, showSizeChanger: false } : false}
        scroll={{ x: 'max-content' }}
        locale={{ emptyText: <Empty description={t('noSignals')} /> }}
        columns={[
          { title: t('when'), dataIndex: 'at', width: 130, render: (at: string) => minute(at) },
          {
            title: t('rule'),
            key: 'rule',
            width: 260,
            render: (_, s) => (
              <div title={`${s.typology} ${s.rule}`}>
                {say(s.ruleTitle)}
                <div>
                  <Typography.Text type="secondary" style={{ fontSize: 12 }}>
                    {say(titles.get(s.typology) ?? { zh: s.typology, en: s.typology })}
                  </Typography.Text>
                </div>
              </div>
            ),
          },
          { title: t('value'), key: 'value', width: 240, render: (_, s) => <Beside signal={s} /> },
          { title: t('strength'), dataIndex: 'strength', width: 70, render: (x: number) => percent(x, 0) },
          { title: t('evidence'), key: 'rows', render: (_, s) => <RowLinks rowIds={s.rowIds} /> },
        ]}
      />
    </Card>
  );
}

/** A value on a line with its peers' middle 80 % as a band. */
function Beside({ signal }: { readonly signal: Signal }) {
  const { t } = useTranslation('lead');
  const { token } = theme.useToken();
  const { value, unit, peerLow, peerHigh } = signal;
  if (value === null) return <>—</>;
  const words = `${figure(value)}${unit === null || unit === '' ? '' : ` ${unit}`}`;
  if (peerLow === null || peerHigh === null) return <>{words}</>;
  const ends = [value, peerLow, peerHigh, 0];
  const [from, to] = [Math.min(...ends), Math.max(...ends)];
  const x = (v: number): string => `${to === from ? 0 : ((v - from) / (to - from)) * 100}%`;
  const peers = t('peers', { low: figure(peerLow), high: figure(peerHigh) });
  return (
    <figure aria-label={`${words}; ${peers}`} style={{ margin: 0 }}>
      <div className="row-wrap" style={{ justifyContent: 'space-between', gap: 8 }}>
        <strong>{words}</strong>
        <Typography.Text type="secondary" style={{ fontSize: 12 }}>
          {peers}
        </Typography.Text>
      </div>
      <div className="probability-bar" style={{ background: token.colorFillSecondary }}>
        <span
          className="probability-band"
          style={{ left: x(peerLow), width: `calc(${x(peerHigh)} - ${x(peerLow)})`, background: token.colorFill }}
        />
        <span className="probability-mark" style={{ left: x(value), background: token.colorWarning }} />
      </div>
    </figure>
  );
}
