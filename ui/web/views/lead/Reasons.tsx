import { Card, Typography, theme } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Reason } from '../../../contract/index.ts';
import { RowLinks } from '../../controls/RowLinks.tsx';
import { useWords } from '../../controls/words.ts';

/** Reasons for and against side by side; a bar is a reason's share of the score, on one scale for both. */
export function Reasons({ reasons }: { readonly reasons: readonly Reason[] }) {
  const { t } = useTranslation('lead');
  const top = Math.max(...reasons.map((r) => Math.abs(r.contribution)), 1e-9);
  const sides = (['for', 'against'] as const).map((direction) => ({
    direction,
    list: reasons
      .filter((r) => r.direction === direction)
      .toSorted((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution)),
  }));
  return (
    <Card size="small" title={t('reasons')}>
      <div className="two-sides">
        {sides.map(({ direction, list }) => (
          <section key={direction} aria-label={t(direction)}>
            <Typography.Text strong>{t(direction)}</Typography.Text>
            {list.length === 0 ? (
              <p>
                <Typography.Text type="secondary">
                  {t(direction === 'for' ? 'nothingFor' : 'nothingAgainst')}
                </Typography.Text>
              </p>
            ) : (
              <ul className="plain">
                {list.map((r) => (
                  <ReasonLine key={r.id} reason={r} top={top} />
                ))}
              </ul>
            )}
          </section>
        ))}
      </div>
    </Card>
  );
}

function ReasonLine({ reason, top }: { readonly reason: Reason; readonly top: number }) {
  const { t } = useTranslation('lead');
  const { say } = useWords();
  const { token } = theme.useToken();
  const isRest = reason.family === 'rest';
  const color = isRest
    ? token.colorTextQuaternary
    : reason.direction === 'for'
      ? token.colorWarning
      : token.colorSuccess;
  const words = t('contribution', { value: `${reason.contribution > 0 ? '+' : ''}${reason.contribution.toFixed(2)}` });
  return (
    <li className="reason">
      <div className="reason-text">
        <span>{say(reason.text)}</span>
        <RowLinks rowIds={reason.rowIds} />
      </div>
      <div className="reason-bar" title={words}>
        <span style={{ width: `${(Math.abs(reason.contribution) / top) * 100}%`, background: color }} />
      </div>
      <Typography.Text type="secondary" style={{ fontSize: 12 }}>
        {words}
      </Typography.Text>
    </li>
  );
}
