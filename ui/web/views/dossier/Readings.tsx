import { Card, Empty, Typography, theme } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Dossier } from '../../../contract/index.ts';
import { figure } from '../../controls/numbers.ts';

type Month = Dossier['readings'][number];

const WIDTH = 300;
const HEIGHT = 84;

/** A small drawing for each outlet and factor. */
export function Readings({ readings }: Pick<Dossier, 'readings'>) {
  const { t } = useTranslation('dossier');
  const groups = new Map<string, Month[]>();
  for (const r of readings) {
    const key = JSON.stringify([r.permitNo, r.outlet, r.factor]);
    groups.set(key, [...(groups.get(key) ?? []), r]);
  }
  return (
    <Card
      size="small"
      title={t('readings')}
      extra={<Typography.Text type="secondary">{t('readingsNote')}</Typography.Text>}
    >
      {groups.size === 0 ? (
        <Empty description={t('noReadings')} image={Empty.PRESENTED_IMAGE_SIMPLE} />
      ) : (
        <div className="readings">
          {[...groups].map(([key, months]) => (
            <Factor key={key} months={months} />
          ))}
        </div>
      )}
    </Card>
  );
}

function Factor({ months }: { readonly months: readonly Month[] }) {
  const { t } = useTranslation(['dossier', 'factors']);
  const { token } = theme.useToken();
  const first = months[0]!;
  const limit = months.at(-1)!.limit;
  const top = Math.max(limit ?? 0, ...months.map((m) => m.mean ?? 0), 1e-9) * 1.1;
  const from = _number(first.month);
  const span = Math.max(1, _number(months.at(-1)!.month) - from);
  const x = (m: Month): number => 4 + ((_number(m.month) - from) / span) * (WIDTH - 8);
  const y = (value: number): number => HEIGHT - 4 - (value / top) * (HEIGHT - 8);
  const name = t(`factors:${first.factor}` as 'factors:w01018', { defaultValue: first.factor });
  const over = months.reduce((n, m) => n + (m.overHours ?? 0), 0);
  const hours = months.reduce((n, m) => n + m.hours, 0);
  const valid = months.reduce((n, m) => n + m.validHours, 0);
  return (
    <figure style={{ margin: 0 }}>
      <figcaption>
        <strong>
          {first.outlet} {name}
        </strong>{' '}
        <Typography.Text type="secondary">
          {limit === null ? '' : `${t('dossier:limit')} ${figure(limit)} ${first.unit ?? ''} · `}
          {t('dossier:validHours', { valid: figure(valid), all: figure(hours) })}
        </Typography.Text>{' '}
        {over === 0 ? null : <Typography.Text type="danger">{t('dossier:over', { n: over })}</Typography.Text>}
      </figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} className="reading" aria-label={`${first.outlet} ${name}`}>
        {limit === null ? null : (
          <line x1={0} x2={WIDTH} y1={y(limit)} y2={y(limit)} stroke={token.colorError} strokeDasharray="4 3" />
        )}
        {months.map((m, i) => {
          const before = months[i - 1];
          return m.mean === null ? null : (
            <g key={m.month}>
              {before !== undefined && before.mean !== null && _number(m.month) - _number(before.month) === 1 ? (
                <line x1={x(before)} y1={y(before.mean)} x2={x(m)} y2={y(m.mean)} stroke={token.colorPrimary} />
              ) : null}
              <circle
                cx={x(m)}
                cy={y(m.mean)}
                r={3}
                fill={(m.overHours ?? 0) > 0 ? token.colorError : token.colorPrimary}
              >
                <title>{`${m.month}: ${figure(m.mean)} ${m.unit ?? ''}`}</title>
              </circle>
            </g>
          );
        })}
      </svg>
      <Typography.Text type="secondary" style={{ fontSize: 12 }}>
        {first.month} – {months.at(-1)!.month}
      </Typography.Text>
    </figure>
  );
}

/** Months since year 0, so that neighbours differ by one. */
function _number(month: string): number {
  const [year = '0', m = '1'] = month.split('-');
  return Number(year) * 12 + Number(m);
}
