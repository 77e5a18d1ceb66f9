import { theme } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Dossier } from '../../../contract/index.ts';

const GRAVE = new Set(['confirmed', 'penalty', 'case', 'signal']);

/** One line a kind of record, one cell a quarter; the darker, the more. Grave kinds stand first and in a colour of their own. */
export function QuarterStrip({ quarters, strip }: Pick<Dossier, 'quarters' | 'strip'>) {
  const { t } = useTranslation(['dossier', 'kinds']);
  const { token } = theme.useToken();
  const lanes = strip.toSorted(
    (a, b) => Number(GRAVE.has(b.lane)) - Number(GRAVE.has(a.lane)) || (a.lane < b.lane ? -1 : 1),
  );
  if (lanes.length === 0) return <>{t('dossier:none')}</>;
  return (
    <div style={{ overflowX: 'auto' }}>
      <table className="strip">
        <thead>
          <tr>
            <th scope="col" aria-label={t('dossier:what')} />
            {quarters.map((q) => (
              <th key={q} scope="col">
                {q.slice(2)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lanes.map(({ lane, counts }) => {
            const top = Math.max(1, ...counts);
            const color = GRAVE.has(lane) ? token.colorError : token.colorPrimary;
            return (
              <tr key={lane}>
                <th scope="row">{t(`kinds:${lane}` as 'kinds:signal', { defaultValue: lane })}</th>
                {counts.map((n, i) => (
                  <td
                    key={quarters[i]}
                    style={
                      n === 0
                        ? {}
                        : {
                            background: `color-mix(in srgb, ${color} ${Math.round(18 + (n / top) * 42)}%, ${token.colorBgContainer})`,
                          }
                    }
                  >
                    {n === 0 ? '' : n}
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
