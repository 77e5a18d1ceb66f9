import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button, DatePicker, Form, Input, Radio, Select } from 'antd';
import type { Dayjs } from 'dayjs';
import { useTranslation } from 'react-i18next';
import { type Decision, type Lead, VERDICT_REASONS, leadWork } from '../../../contract/index.ts';
import { ask } from '../../client/api.ts';
import { Problem } from '../../controls/Problem.tsx';
import { useWords } from '../../controls/words.ts';
import type { Ticks } from './Counter.tsx';

export interface VerdictFormProps {
  readonly lead: Lead;
  readonly ticks: Ticks;
  /** A lead that has a verdict can only be reopened. */
  readonly isDecided: boolean;
}

interface Given {
  readonly decision: Decision;
  readonly reason: string;
  readonly note?: string;
  readonly foundAt?: Dayjs | null;
}

const OPEN: readonly Decision[] = ['confirmed', 'partly', 'dismissed', 'unverifiable'];

/** The verdict with its reason code (f4); it waits until everything that speaks against the lead has been answered (N11). */
export function VerdictForm({ lead, ticks, isDecided }: VerdictFormProps) {
  const { t } = useTranslation(['verdict', 'kinds']);
  const { say } = useWords();
  const { message } = App.useApp();
  const client = useQueryClient();
  const [form] = Form.useForm<Given>();
  const decision = Form.useWatch('decision', form) as Decision | undefined;
  const open = isDecided ? 0 : lead.against.filter((a) => !(a.id in ticks)).length;
  const give = useMutation({
    mutationFn: (given: Given) =>
      ask(`/api/leads/${encodeURIComponent(lead.leadId)}/verdicts`, leadWork, {
        method: 'POST',
        body: {
          decision: given.decision,
          reason: given.reason,
          note: given.note ?? '',
          against: lead.against.flatMap((a) => (a.id in ticks ? [{ id: a.id, holds: ticks[a.id]! }] : [])),
          foundAt: given.foundAt?.toISOString() ?? null,
        },
      }),
    onSuccess: async () => {
      form.resetFields();
      void message.success(t('verdict:thanks'));
      await client.invalidateQueries({ queryKey: ['lead', lead.leadId, 'work'] });
      await client.invalidateQueries({ queryKey: ['queue'] });
    },
  });
  const decisions = isDecided ? (['reopened'] as const) : OPEN;
  return (
    <Form<Given>
      form={form}
      layout="vertical"
      size="small"
      style={{ marginTop: 10 }}
      onFinish={(given) => give.mutate(given)}
      onValuesChange={(changed) => ('decision' in changed ? form.setFieldValue('reason', undefined) : undefined)}
    >
      {give.error === null ? null : <Problem error={give.error} />}
      <Form.Item name="decision" label={t('verdict:decision')} rules={[{ required: true }]}>
        <Radio.Group optionType="button" options={decisions.map((d) => ({ value: d, label: t(`kinds:${d}`) }))} />
      </Form.Item>
      {decision === undefined ? null : (
        <>
          <Form.Item name="reason" label={t('verdict:reason')} rules={[{ required: true }]}>
            <Select
              options={VERDICT_REASONS.filter((r) => r.decisions.includes(decision)).map((r) => ({
                value: r.id,
                label: say(r),
              }))}
            />
          </Form.Item>
          {decision === 'confirmed' || decision === 'partly' ? (
            <Form.Item name="foundAt" label={t('verdict:foundAt')}>
              <DatePicker showTime={{ format: 'HH:mm' }} format="YYYY-MM-DD HH:mm" style={{ width: '100%' }} />
            </Form.Item>
          ) : null}
          <Form.Item name="note" label={t('verdict:note')} extra={t('verdict:noteHint')}>
            <Input.TextArea rows={3} maxLength={4000} />
          </Form.Item>
          {open > 0 ? (
            <Alert type="info" title={t('verdict:needTicks', { n: open })} style={{ marginBottom: 8 }} />
          ) : null}
          <Button type="primary" htmlType="submit" size="middle" loading={give.isPending} disabled={open > 0}>
            {isDecided ? t('verdict:reopen') : t('verdict:submit')}
          </Button>
        </>
      )}
    </Form>
  );
}
