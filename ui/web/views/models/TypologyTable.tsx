import { Card, Table } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ModelDetail } from '../../../contract/index.ts';
import { day, figure } from '../../controls/numbers.ts';
import { useWords } from '../../controls/words.ts';

/** What each typology said in the served run, and how much a look-alike explained. */
export function TypologyTable({ typologies }: { readonly typologies: ModelDetail['typologies'] }) {
  const { t } = useTranslation('models');
  const { say } = useWords();
  return (
    <Card size="small" title={t('typologies')}>
      <Table
        size="small"
        rowKey="id"
        pagination={false}
        dataSource={typologies}
        scroll={{ x: 'max-content' }}
        columns={[
          {
            title: t('typology'),
            key: 'title',
            render: (_, x) => <Link to={`/leads?typology=${x.id}`}>{`${x.id} ${say(x.title)}`}</Link>,
          },
          { title: t('signals'), dataIndex: 'signals', align: 'right', render: (n: number) => figure(n) },
          { title: t('subjects'), dataIndex: 'subjects', align: 'right', render: (n: number) => figure(n) },
          { title: t('setAside'), dataIndex: 'setAside', align: 'right', render: (n: number) => figure(n) },
          { title: t('last'), dataIndex: 'lastAt', render: (x: string | null) => day(x) },
        ]}
      />
    </Card>
  );
}
