import { useQuery } from '@tanstack/react-query';
import { type Colleague, type Queue, type QueueItem, colleagueList, queue } from '../../contract/index.ts';
import { ask } from './api.ts';

/** Where work on each lead of the run stands, by lead. */
export function useQueue(): {
  readonly byLead: ReadonlyMap<string, QueueItem>;
  readonly counts: Queue['counts'] | null;
  readonly mine: (item: QueueItem) => boolean;
  readonly error: Error | null;
} {
  const found = useQuery({
    queryKey: ['queue', 'all'],
    queryFn: ({ signal }) => ask('/api/queue', queue, { query: { scope: 'all', limit: 1000 }, signal }),
    staleTime: 10_000,
  });
  const mine = useQuery({
    queryKey: ['queue', 'mine'],
    queryFn: ({ signal }) => ask('/api/queue', queue, { query: { scope: 'mine', limit: 1000 }, signal }),
    staleTime: 10_000,
  });
  const mineIds = new Set((mine.data?.items ?? []).map((i) => i.leadId));
  return {
    byLead: new Map((found.data?.items ?? []).map((i) => [i.leadId, i])),
    counts: found.data?.counts ?? null,
    mine: (item) => mineIds.has(item.leadId),
    error: found.error ?? mine.error,
  };
}

/** Colleagues, to assign to and to mention. */
export function useColleagues(): readonly Colleague[] {
  const found = useQuery({
    queryKey: ['colleagues'],
    queryFn: ({ signal }) => ask('/api/colleagues', colleagueList, { signal }),
    staleTime: 5 * 60_000,
  });
  return found.data?.colleagues ?? [];
}
