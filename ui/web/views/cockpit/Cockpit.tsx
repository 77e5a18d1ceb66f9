import { useQuery } from '@tanstack/react-query';
import { Table } from 'antd';
import { leadList } from '../../../contract/index.ts';
import { ask } from '../../client/api.ts';
import { Problem } from '../../controls/Problem.tsx';

/** The ranked leads. */
export default function Cockpit() {
  const leads = useQuery({ queryKey: ['leads'], queryFn: () => ask('/api/leads', leadList, { query: { top: 200 } }) });
  if (leads.error !== null) return <Problem error={leads.error} retry={() => void leads.refetch()} />;
  return (
    <Table
      loading={leads.isPending}
      rowKey="leadId"
      dataSource={leads.data?.leads ?? []}
      columns={[
        { title: '#', dataIndex: 'rank' },
        { title: 'ID', dataIndex: 'leadId' },
        { title: '对象', dataIndex: 'label' },
      ]}
    />
  );
}
