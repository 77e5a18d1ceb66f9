import { Card, Tag, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Lead } from '../../../contract/index.ts';
import { GradeTag } from '../../controls/GradeTag.tsx';
import { ProbabilityBar } from '../../controls/ProbabilityBar.tsx';
import { percent } from '../../controls/numbers.ts';
import { confidenceIn, useWords } from '../../controls/words.ts';

/** How sure, in plain words and on a line; risk and pick stand apart from it. */
export function Confidence({ lead }: { readonly lead: Lead }) {
  const { t } = useTranslation(['lead', 'kinds']);
  const { language } = useWords();
  const words = t('lead:interval', { p: percent(lead.probability), low: percent(lead.low), high: percent(lead.high) });
  return (
    <Card size="small">
      <div className="confidence">
        <div>
          <Typography.Text type="secondary">{t('lead:confidence')}</Typography.Text>
          <div className="confidence-words">
            {lead.confidence === null ? percent(lead.probability) : confidenceIn(language, lead.confidence)}
          </div>
          {lead.probability === null ? null : (
            <ProbabilityBar probability={lead.probability} low={lead.low} high={lead.high} label={words} />
          )}
          <Typography.Text type="secondary">{words}</Typography.Text>
        </div>
        <div>
          <Typography.Text type="secondary">{t('lead:grade')}</Typography.Text>
          <div>
            <GradeTag grade={lead.grade} />
          </div>
          <Typography.Text type="secondary">{t('lead:gradeNote')}</Typography.Text>
        </div>
        <div>
          <Typography.Text type="secondary">{t('lead:pickNote')}</Typography.Text>
          <div>
            <Tag color={lead.pick === 'exploration' ? 'purple' : 'blue'}>
              {t(`kinds:${lead.pick}` as 'kinds:ranked', { defaultValue: lead.pick })}
            </Tag>
          </div>
          {lead.pickChance === null ? null : (
            <Typography.Text type="secondary">{t('lead:chance', { p: percent(lead.pickChance) })}</Typography.Text>
          )}
        </div>
      </div>
    </Card>
  );
}
