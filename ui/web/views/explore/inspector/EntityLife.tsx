import { useQuery } from '@tanstack/react-query';
import { Skeleton, Typography } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type EntityContext, entityContext } from '../../../../contract/index.ts';
import { ask } from '../../../client/api.ts';
import { Problem } from '../../../controls/Problem.tsx';
import { RowLinks } from '../../../controls/RowLinks.tsx';
import { day, percent } from '../../../controls/numbers.ts';
import { useWords } from '../../../controls/words.ts';
import { useKindNames } from '../kind-names.ts';

/** What happened with an entity and what stands against it: leads, signals, results of checks, events, and the sources that know it. */
export function EntityLife({ id }: { readonly id: string }) {
  const found = useQuery({
    queryKey: ['context', id],
    queryFn: ({ signal }) => ask(`/api/graph/${encodeURIComponent(id)}/context`, entityContext, { signal }),
  });
  if (found.error !== null) return <Problem error={found.error} retry={() => void found.refetch()} />;
  if (found.data === undefined) return <Skeleton active />;
  return <Life life={found.data} />;
}

function Life({ life }: { readonly life: EntityContext }) {
  const { t } = useTranslation('explore');
  const { kindName } = useKindNames();
  return (
    <div className="life">
      <Part title={t('leads')} none={t('noLeads')} count={life.leads.length}>
        {life.leads.map((l) => (
          <li key={l.leadId}>
            <Link to={`/leads/${encodeURIComponent(l.leadId)}`}>{t('leadRank', { rank: l.rank })}</Link>
            <span>{percent(l.probability)}</span>
          </li>
        ))}
      </Part>
      <Part title={t('signals')} none={t('noSignals')} count={life.signals.length}>
        {life.signals.map((s) => (
          <li key={s.signalId}>
            <span>
              {s.typology} · {day(s.at)}
            </span>
            <RowLinks rowIds={s.rowIds} />
          </li>
        ))}
      </Part>
      <Part title={t('outcomes')} none={t('noOutcomes')} count={life.outcomes.length}>
        {life.outcomes.map((o) => (
          <li key={o.outcomeId}>
            <span>
              {kindName(o.verdict)} {o.act ?? ''} · {day(o.foundAt)}
            </span>
            {o.rowId === null ? null : <RowLinks rowIds={[o.rowId]} />}
          </li>
        ))}
      </Part>
      <Part title={t('events')} none={t('noEvents')} count={life.events.length}>
        {life.events.map((e) => (
          <li key={e.kind}>
            <span>
              {kindName(e.kind)} ×{e.count}
            </span>
            <Typography.Text type="secondary">
              {day(e.first)} – {day(e.last)}
            </Typography.Text>
          </li>
        ))}
      </Part>
      <Sources life={life} />
    </div>
  );
}

function Sources({ life }: { readonly life: EntityContext }) {
  const { t } = useTranslation('explore');
  const { say } = useWords();
  return (
    <>
      <Part title={t('sources')} none="" count={life.sources.length}>
        {life.sources.map((s) => (
          <li key={s.source}>
            <span>{say(s.title)}</span>
            <Typography.Text type="secondary">
              ×{s.mentions} · {day(s.firstKnownAt)}
            </Typography.Text>
          </li>
        ))}
      </Part>
      <Part title={t('keys')} none="" count={life.keys.length}>
        {life.keys.map((k) => (
          <li key={`${k.keyKind} ${k.key}`}>
            <Typography.Text type="secondary">{k.keyKind}</Typography.Text>
            <Typography.Text copyable>{k.key}</Typography.Text>
          </li>
        ))}
      </Part>
    </>
  );
}

interface PartProps {
  readonly title: string;
  /** Said when there is nothing; empty = the part is left out. */
  readonly none: string;
  readonly count: number;
  readonly children: ReactNode;
}

function Part({ title, none, count, children }: PartProps) {
  if (count === 0 && none === '') return null;
  return (
    <section>
      <h3>
        {title} {count === 0 ? null : <span className="menu-count">{count}</span>}
      </h3>
      {count === 0 ? <Typography.Text type="secondary">{none}</Typography.Text> : <ul>{children}</ul>}
    </section>
  );
}
