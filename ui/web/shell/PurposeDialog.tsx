import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Form, Input, InputNumber, Modal, Select } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LEGAL_BASES, PURPOSE_MAX_MINUTES, sessionState } from '../../contract/index.ts';
import { onAccessNeed } from '../client/access.ts';
import { ask } from '../client/api.ts';
import { Problem } from '../controls/Problem.tsx';
import { useWords } from '../controls/words.ts';

interface Stated {
  readonly basis: string;
  readonly caseNo: string;
  readonly note: string;
  readonly minutes: number;
}

/** Asks for the purpose when the API wants one before it shows person-level data; what was asked is asked again afterwards. */
export function PurposeDialog() {
  const { t } = useTranslation('shell');
  const { say } = useWords();
  const [isOpen, setOpen] = useState(false);
  const [form] = Form.useForm<Stated>();
  const client = useQueryClient();
  useEffect(() => onAccessNeed((need) => setOpen((before) => before || need === 'purpose')), []);
  const state = useMutation({
    mutationFn: (stated: Stated) => ask('/api/session/purpose', sessionState, { method: 'PUT', body: stated }),
    onSuccess: async () => {
      setOpen(false);
      await client.invalidateQueries();
    },
  });
  return (
    <Modal
      open={isOpen}
      title={t('purposeTitle')}
      okText={t('purposeState')}
      confirmLoading={state.isPending}
      onCancel={() => setOpen(false)}
      onOk={() => form.submit()}
    >
      <p>{t('purposeWhy')}</p>
      {state.error === null ? null : <Problem error={state.error} />}
      <Form<Stated> form={form} layout="vertical" initialValues={{ minutes: 60 }} onFinish={(v) => state.mutate(v)}>
        <Form.Item name="basis" label={t('purposeBasis')} rules={[{ required: true }]}>
          <Select options={LEGAL_BASES.map((b) => ({ value: b.id, label: say(b) }))} />
        </Form.Item>
        <Form.Item name="caseNo" label={t('purposeNo')} rules={[{ required: true, min: 2 }]}>
          <Input maxLength={80} />
        </Form.Item>
        <Form.Item name="note" label={t('purposeNote')} rules={[{ required: true, min: 4 }]}>
          <Input.TextArea rows={2} maxLength={2000} />
        </Form.Item>
        <Form.Item name="minutes" label={t('purposeMinutes')}>
          <InputNumber min={1} max={PURPOSE_MAX_MINUTES} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
