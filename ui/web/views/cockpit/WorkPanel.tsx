import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { caseList } from '../../../contract/index.ts';
import { ask } from '../../client/api.ts';
import { useMay } from '../../client/session.ts';

/** Cases in hand and how many are late; each number opens the list. Nothing is shown to who may not see cases. */
export function WorkPanel() {
  const { t } = useTranslation('cockpit');
  const may = useMay();
  const isAllowed = may('cases.read');
  const found = useQuery({
    queryKey: ['cases', 'wall'],
    queryFn: ({ signal }) => ask('/api/cases', caseList, { query: { scope: 'open', limit: 500 }, signal }),
    enabled: isAllowed,
    refetchInterval: 60_000,
  });
  if (!isAllowed || found.data === undefined) return null;
  const late = found.data.cases.filter((c) => c.isOverdue).length;
  return (
    <div className="numbers">
      <Link to="/cases" className="number">
        <span className="number-value">{found.data.total}</span>
        <span className="number-title">{t('casesOpen')}</span>
      </Link>
      <Link to="/cases" className="number">
        <span className={`number-value ${late > 0 ? 'tone-bad' : ''}`}>{late}</span>
        <span className="number-title">{t('casesOverdue')}</span>
      </Link>
    </div>
  );
}
