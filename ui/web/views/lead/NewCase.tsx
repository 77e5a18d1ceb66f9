import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Form, Input, Modal, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { CASE_LEVELS, CASE_TEMPLATES, type Lead, caseDetail } from '../../../contract/index.ts';
import { ask } from '../../client/api.ts';
import { Problem } from '../../controls/Problem.tsx';
import { useWords } from '../../controls/words.ts';

export interface NewCaseProps {
  readonly lead: Lead;
  readonly close: () => void;
}

interface Given {
  readonly title: string;
  readonly template: string;
  readonly level: (typeof CASE_LEVELS)[number];
}

/** Opens a case on a lead (f1) from a template that brings its tasks (f2). */
export function NewCase({ lead, close }: NewCaseProps) {
  const { t } = useTranslation('verdict');
  const { say } = useWords();
  const navigate = useNavigate();
  const client = useQueryClient();
  const [form] = Form.useForm<Given>();
  const create = useMutation({
    mutationFn: (given: Given) =>
      ask('/api/cases', caseDetail, { method: 'POST', body: { ...given, leadIds: [lead.leadId] } }),
    onSuccess: async (made) => {
      await client.invalidateQueries({ queryKey: ['lead', lead.leadId, 'work'] });
      await client.invalidateQueries({ queryKey: ['cases'] });
      void navigate(`/cases/${encodeURIComponent(made.caseId)}`);
    },
  });
  return (
    <Modal
      open
      title={t('openCase')}
      okText={t('create')}
      confirmLoading={create.isPending}
      onOk={() => form.submit()}
      onCancel={close}
    >
      {create.error === null ? null : <Problem error={create.error} />}
      <Form<Given>
        form={form}
        layout="vertical"
        initialValues={{ title: lead.label, level: 'III' }}
        onFinish={(given) => create.mutate(given)}
      >
        <Form.Item name="title" label={t('caseTitle')} rules={[{ required: true, min: 2 }]}>
          <Input maxLength={200} />
        </Form.Item>
        <Form.Item name="template" label={t('template')} rules={[{ required: true }]}>
          <Select options={CASE_TEMPLATES.map((x) => ({ value: x.id, label: say(x) }))} />
        </Form.Item>
        <Form.Item name="level" label={t('level')}>
          <Select options={CASE_LEVELS.map((l) => ({ value: l, label: l }))} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
