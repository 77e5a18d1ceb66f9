import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, DatePicker, Form, Modal, Select } from 'antd';
import type { Dayjs } from 'dayjs';
import { useTranslation } from 'react-i18next';
import { assignmentList } from '../../contract/index.ts';
import { ask } from '../client/api.ts';
import { useColleagues } from '../client/work.ts';
import { Problem } from './Problem.tsx';

export interface AssignDialogProps {
  readonly leadIds: readonly string[];
  readonly close: (isDone: boolean) => void;
}

interface Given {
  readonly assignee: string;
  readonly due?: Dayjs | null;
  readonly priority: 'high' | 'normal' | 'low';
}

/** Gives any number of leads to one colleague in one act (f3), or takes them back. */
export function AssignDialog({ leadIds, close }: AssignDialogProps) {
  const { t } = useTranslation(['leads', 'kinds']);
  const { message } = App.useApp();
  const [form] = Form.useForm<Given>();
  const colleagues = useColleagues().filter((c) => c.rights.includes('leads.decide'));
  const client = useQueryClient();
  const assign = useMutation({
    mutationFn: (given: Given | null) =>
      ask('/api/queue/assign', assignmentList, {
        method: 'POST',
        body: {
          leadIds,
          assignee: given?.assignee ?? null,
          dueAt: given?.due?.endOf('day').toISOString() ?? null,
          priority: given?.priority ?? 'normal',
        },
      }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['queue'] });
      await client.invalidateQueries({ queryKey: ['lead'] });
      void message.success(t('leads:assigned', { n: leadIds.length }));
      close(true);
    },
  });
  return (
    <Modal
      open
      title={t('leads:assignTitle', { n: leadIds.length })}
      okText={t('leads:assign')}
      confirmLoading={assign.isPending}
      onOk={() => form.submit()}
      onCancel={() => close(false)}
      footer={(buttons) => (
        <>
          <Button type="link" danger style={{ float: 'inline-start' }} onClick={() => assign.mutate(null)}>
            {t('leads:takeBack')}
          </Button>
          {buttons}
        </>
      )}
    >
      {assign.error === null ? null : <Problem error={assign.error} />}
      <Form<Given>
        form={form}
        layout="vertical"
        initialValues={{ priority: 'normal' }}
        onFinish={(given) => assign.mutate(given)}
      >
        <Form.Item name="assignee" label={t('leads:assignee')} rules={[{ required: true }]}>
          <Select
            showSearch={{ optionFilterProp: 'label' }}
            options={colleagues.map((c) => ({ value: c.accountId, label: `${c.displayName}（${c.unit ?? c.name}）` }))}
          />
        </Form.Item>
        <Form.Item name="due" label={t('leads:due')}>
          <DatePicker style={{ width: '100%' }} />
        </Form.Item>
        <Form.Item name="priority" label={t('leads:priority')}>
          <Select options={(['high', 'normal', 'low'] as const).map((p) => ({ value: p, label: t(`kinds:${p}`) }))} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
