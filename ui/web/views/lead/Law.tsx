import { Card, Tag, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import type { LeadSignals } from '../../../contract/index.ts';
import { day } from '../../controls/numbers.ts';
import { useWords } from '../../controls/words.ts';

type Matter = LeadSignals['matters'][number];

/** Law by date of conduct, and the evidence that a case would need. */
export function Law({ matters }: { readonly matters: readonly Matter[] }) {
  const { t } = useTranslation('lead');
  if (matters.length === 0) return null;
  return (
    <Card size="small" title={t('law')} extra={<Typography.Text type="secondary">{t('lawNote')}</Typography.Text>}>
      {matters.map((m) => (
        <MatterOf key={m.typology} matter={m} />
      ))}
    </Card>
  );
}

function MatterOf({ matter }: { readonly matter: Matter }) {
  const { t } = useTranslation('lead');
  const { say } = useWords();
  return (
    <section className="matter">
      <Typography.Text strong>{say(matter.title)}</Typography.Text>{' '}
      <Typography.Text type="secondary">
        {t('conduct', { from: day(matter.conductFrom), to: day(matter.conductTo) })}
      </Typography.Text>
      <div className="two-sides">
        <ul className="plain">
          {matter.law.map((l) => (
            <li key={`${l.name.zh} ${l.law} ${l.articles.join()}`}>
              {say(l.name)}：《{l.law}》
              {l.articles.length === 0 ? '' : t('article', { articles: l.articles.join('、') })}{' '}
              {l.later ? <Tag>{t('later')}</Tag> : null}
              <Typography.Text type="secondary" style={{ fontSize: 12 }}>
                {t('gradeOfSource', { grade: l.grade })}
                {l.note === null ? '' : ` · ${l.note}`}
              </Typography.Text>
            </li>
          ))}
          {matter.notes.map((n) => (
            <li key={n.zh}>
              <Typography.Text type="secondary">{say(n)}</Typography.Text>
            </li>
          ))}
        </ul>
        <div>
          <Typography.Text type="secondary">{t('checklist')}</Typography.Text>
          <ul className="plain">
            {matter.evidence.map((e) => (
              <li key={e.id}>
                {say(e.text)}{' '}
                <Tag color={e.from.length > 0 ? 'blue' : 'default'} title={e.from.join(', ')}>
                  {t(e.from.length > 0 ? 'fromData' : 'fromField')}
                </Tag>
              </li>
            ))}
          </ul>
        </div>
      </div>
    </section>
  );
}
