import { ClusterOutlined, PrinterOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Card, Descriptions, Skeleton, Tag, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { type Dossier, dossier } from '../../../contract/index.ts';
import { ask } from '../../client/api.ts';
import { KindIcon } from '../../controls/KindIcon.tsx';
import { Problem } from '../../controls/Problem.tsx';
import { RowLinks } from '../../controls/RowLinks.tsx';
import { minute, percent } from '../../controls/numbers.ts';
import { Permits } from './Permits.tsx';
import { QuarterStrip } from './QuarterStrip.tsx';
import { Readings } from './Readings.tsx';
import { Records } from './Records.tsx';
import './dossier.css';

/** A facility on one page, made to be printed (f8). */
export default function DossierPage() {
  const { t } = useTranslation('dossier');
  const { id = '' } = useParams();
  const found = useQuery({
    queryKey: ['dossier', id],
    queryFn: ({ signal }) => ask(`/api/dossier/${encodeURIComponent(id)}`, dossier, { signal }),
  });
  if (found.error !== null) return <Problem error={found.error} retry={() => void found.refetch()} />;
  if (found.data === undefined) return <Skeleton active className="page" />;
  const of = found.data;
  return (
    <article className="page dossier">
      <Head of={of} />
      <Card
        size="small"
        title={t('strip')}
        extra={<Typography.Text type="secondary">{t('stripNote')}</Typography.Text>}
      >
        <QuarterStrip quarters={of.quarters} strip={of.strip} />
      </Card>
      <Profile of={of} />
      <Permits permits={of.permits} />
      <Readings readings={of.readings} />
      <div className="two-sides">
        <Records title={t('inspections')} of={of.timeline} lane="inspection" />
        <Records title={t('penalties')} of={of.timeline} lane="penalty" />
        <Records title={t('complaints')} of={of.timeline} lane="complaint" />
        <Records title={t('cases')} of={of.timeline} lane="case" />
      </div>
    </article>
  );
}

function Head({ of }: { readonly of: Dossier }) {
  const { t } = useTranslation(['dossier', 'kinds']);
  return (
    <header className="page-head">
      <h1>{of.entity.label}</h1>
      <Typography.Text>
        <KindIcon kind={of.entity.kind} />{' '}
        {t(`kinds:${of.entity.kind}` as 'kinds:site', { defaultValue: of.entity.kind })}
      </Typography.Text>
      <Typography.Text type="secondary">
        {t('dossier:title')} · {t('dossier:asOf', { date: minute(of.asOf) })}
      </Typography.Text>
      {of.leads.map((l) => (
        <Link key={l.leadId} to={`/leads/${l.leadId}`}>
          <Tag color="blue">{t('dossier:lead', { rank: l.rank, p: percent(l.probability) })}</Tag>
        </Link>
      ))}
      <span style={{ flex: 1 }} />
      <span className="row-wrap no-print">
        <Link to={`/explore?entities=${encodeURIComponent(of.entity.entityId)}`}>
          <Button icon={<ClusterOutlined />} tabIndex={-1}>
            {t('dossier:canvas')}
          </Button>
        </Link>
        <Button icon={<PrinterOutlined />} onClick={() => print()}>
          {t('dossier:print')}
        </Button>
      </span>
    </header>
  );
}

function Profile({ of }: { readonly of: Dossier }) {
  const { t } = useTranslation(['dossier', 'kinds']);
  const properties = [...new Set(of.entity.statements.map((s) => s.property))];
  return (
    <Card size="small" title={t('dossier:profile')}>
      <Descriptions
        size="small"
        column={{ xs: 1, md: 2, xl: 3 }}
        items={properties.map((p) => ({
          key: p,
          label: <PropertyName property={p} />,
          children: (
            <span>
              {of.entity.statements
                .filter((s) => s.property === p)
                .map((s) => (
                  <span key={`${s.value} ${s.rowId}`} className="row-wrap" style={{ gap: 6 }}>
                    {s.value} <RowLinks rowIds={[s.rowId]} />
                  </span>
                ))}
            </span>
          ),
        }))}
      />
      {of.members.length === 0 ? null : (
        <>
          <Typography.Text strong>{t('dossier:members')}</Typography.Text>
          <div className="row-wrap">
            {of.members.map((m) => (
              <Link key={m.id} to={`/dossier/${encodeURIComponent(m.id)}`}>
                <KindIcon kind={m.kind} /> {m.label}
              </Link>
            ))}
          </div>
        </>
      )}
    </Card>
  );
}

/** A property's name where the page knows one. */
function PropertyName({ property }: { readonly property: string }) {
  const { t } = useTranslation('properties');
  return <>{t(property as never, { defaultValue: property })}</>;
}
