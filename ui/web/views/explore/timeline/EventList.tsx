import { useQuery } from '@tanstack/react-query';
import { Skeleton, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { graphEvents } from '../../../../contract/index.ts';
import { ask } from '../../../client/api.ts';
import { Problem } from '../../../controls/Problem.tsx';
import { RowLinks } from '../../../controls/RowLinks.tsx';
import { figure, minute } from '../../../controls/numbers.ts';
import { useKindNames } from '../kind-names.ts';
import type { Workbench } from '../use-workbench.ts';
import { linkHue } from './link-hue.ts';

/** Entities asked for at once, and events listed. */
const MOST_IDS = 2000;
const MOST_EVENTS = 200;

export interface EventListProps {
  readonly bench: Workbench;
  readonly ids: readonly string[];
}

/** What happened, latest first, within the window, to what is selected or else to all that is shown. */
export function EventList({ bench, ids }: EventListProps) {
  const { t } = useTranslation('explore');
  const { kindName } = useKindNames();
  const { state, dispatch } = bench;
  const { window } = state.filter;
  const body = { ids: ids.slice(0, MOST_IDS), from: window?.from ?? null, to: window?.to ?? null, limit: MOST_EVENTS };
  const found = useQuery({
    queryKey: ['events', body],
    enabled: ids.length > 0,
    queryFn: ({ signal }) => ask('/api/events', graphEvents, { method: 'POST', body, signal }),
    placeholderData: (before) => before,
  });
  if (found.error !== null) return <Problem error={found.error} retry={() => void found.refetch()} />;
  if (found.data === undefined) return <Skeleton active className="timeline-events" />;
  const { events, total, notShown } = found.data;
  return (
    <section className="timeline-events" aria-label={t('events')}>
      <Typography.Text type="secondary">
        {t('eventsN', { n: total })}
        {notShown > 0 ? ` · ${t('notShown', { n: notShown })}` : ''}
      </Typography.Text>
      <ul className="link-list">
        {events.toReversed().map((e) => (
          <li key={e.id}>
            <button type="button" className="event" onClick={() => dispatch({ do: 'select', nodes: e.entityIds })}>
              <span className="kind-dot" style={{ background: linkHue(e.kind) }} aria-hidden /> {minute(e.at)}{' '}
              <strong>{kindName(e.kind)}</strong> {e.text ?? ''}{' '}
              {e.value === null ? '' : `${figure(e.value)} ${e.unit ?? ''}`}
            </button>
            <RowLinks rowIds={[e.rowId]} />
          </li>
        ))}
      </ul>
    </section>
  );
}
