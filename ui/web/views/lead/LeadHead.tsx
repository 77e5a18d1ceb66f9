import { ArrowLeftOutlined, ClusterOutlined, ProfileOutlined } from '@ant-design/icons';
import { Button, Tag, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Lead, LeadSignals } from '../../../contract/index.ts';
import { KindIcon } from '../../controls/KindIcon.tsx';
import { minute } from '../../controls/numbers.ts';
import { useWords } from '../../controls/words.ts';

export interface LeadHeadProps {
  readonly lead: Lead;
  readonly matters: LeadSignals['matters'];
}

/** Who it is about, where it stands, and the ways to the canvas and the dossier. */
export function LeadHead({ lead, matters }: LeadHeadProps) {
  const { t } = useTranslation(['lead', 'kinds']);
  const { say } = useWords();
  const entities = encodeURIComponent(lead.subjectId);
  return (
    <header>
      <Link to="/leads">
        <ArrowLeftOutlined /> {t('lead:back')}
      </Link>
      <div className="page-head" style={{ marginTop: 6 }}>
        <h1>{lead.label}</h1>
        <Typography.Text>
          <KindIcon kind={lead.kind} /> {t(`kinds:${lead.kind}` as 'kinds:company', { defaultValue: lead.kind })}
        </Typography.Text>
        {matters.map((m) => (
          <Tag key={m.typology} color="geekblue" title={m.typology} style={{ marginInlineEnd: 0 }}>
            {say(m.title)}
          </Tag>
        ))}
        <span style={{ flex: 1 }} />
        <Link to={`/explore?entities=${entities}`}>
          <Button type="primary" icon={<ClusterOutlined />} tabIndex={-1}>
            {t('lead:canvas')}
          </Button>
        </Link>
        {lead.kind === 'company' || lead.kind === 'site' ? (
          <Link to={`/dossier/${entities}`}>
            <Button icon={<ProfileOutlined />} tabIndex={-1}>
              {t('lead:dossier')}
            </Button>
          </Link>
        ) : null}
      </div>
      <Typography.Text type="secondary">
        {lead.leadId} · {t('lead:rank', { n: lead.rank })} · {t('lead:asOf', { date: minute(lead.asOf) })} ·{' '}
        {t('lead:model', { id: lead.modelId })}
      </Typography.Text>
    </header>
  );
}
