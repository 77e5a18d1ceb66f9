import { Tag, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import type { QueueItem } from '../../../contract/index.ts';
import { day } from '../../controls/numbers.ts';

const COLORS = { new: 'default', assigned: 'blue', 'in-case': 'geekblue', decided: 'success' } as const;

/** Where work on a lead stands: state or decision, who has it, and when it is due. */
export function WorkCell({ item }: { readonly item: QueueItem | undefined }) {
  const { t } = useTranslation(['leads', 'kinds']);
  if (item === undefined) return <>—</>;
  return (
    <div>
      <Tag color={COLORS[item.state]} style={{ marginInlineEnd: 4 }}>
        {t(`kinds:${item.decision ?? item.state}`)}
      </Tag>
      {item.isOverdue ? <Tag color="error">{t('leads:overdue')}</Tag> : null}
      <div style={{ fontSize: 12 }}>
        <Typography.Text type="secondary">
          {item.assigneeName ?? ''} {item.dueAt === null ? '' : day(item.dueAt)}
        </Typography.Text>
      </div>
    </div>
  );
}
