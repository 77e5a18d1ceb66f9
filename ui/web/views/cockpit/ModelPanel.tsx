import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Cockpit } from '../../../contract/index.ts';
import { percent } from '../../controls/numbers.ts';

/** How the model did on its last matured lists; it opens the model's card. */
export function ModelPanel({ model }: { readonly model: Cockpit['model'] }) {
  const { t } = useTranslation('cockpit');
  if (model === null) return <p>{t('noModel')}</p>;
  const { value, low, high } = model.precision;
  return (
    <div className="model">
      <Link to="/models" className="number">
        <span className="number-value">{percent(value)}</span>
        <span className="number-title">{t('precision')}</span>
        <span className="number-tones wall-soft">
          {t('precisionOf', { p: percent(value), low: percent(low), high: percent(high) })}
        </span>
      </Link>
      <ol className="weeks" aria-label={t('eightWeeks')}>
        {model.weeks.map((w) => (
          <li key={w.asOf} title={t('week', { week: w.asOf, listed: w.listed, found: w.found })}>
            <span className="sr-only">{t('week', { week: w.asOf, listed: w.listed, found: w.found })}</span>
            <span className="week-bar" aria-hidden>
              <span style={{ height: `${w.listed === 0 ? 0 : (w.found / w.listed) * 100}%` }} />
            </span>
            <span aria-hidden>{w.found}</span>
          </li>
        ))}
      </ol>
    </div>
  );
}
