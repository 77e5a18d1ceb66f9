import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Card, DatePicker, Form, Input, InputNumber, Select, Typography } from 'antd';
import type { Dayjs } from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type CaseDetail, OUTCOME_RESULTS, STATE_TEXTS, caseDetail } from '../../../contract/index.ts';
import { ask } from '../../client/api.ts';
import { Problem } from '../../controls/Problem.tsx';
import { useWords } from '../../controls/words.ts';

interface Given {
  readonly reason?: string;
  readonly note?: string;
  readonly due?: Dayjs;
  readonly mergedInto?: string;
  readonly result?: (typeof OUTCOME_RESULTS)[number];
  readonly fineYuan?: number | null;
  readonly wasteTonnes?: number | null;
  readonly restorationYuan?: number | null;
  readonly restoredAreaM2?: number | null;
  readonly penaltyNo?: string;
}

/** What may come next, and what each step needs; a jump that is not allowed is not offered (f1), and closing needs its outcome (f9). */
export function StepForm({ of }: { readonly of: CaseDetail }) {
  const { t } = useTranslation('cases');
  const { say } = useWords();
  const client = useQueryClient();
  const [to, setTo] = useState<CaseDetail['state'] | null>(null);
  const [form] = Form.useForm<Given>();
  const take = useMutation({
    mutationFn: (given: Given) =>
      ask(`/api/cases/${encodeURIComponent(of.caseId)}/steps`, caseDetail, {
        method: 'POST',
        body: bodyOf(of.version, to!, given),
      }),
    onSuccess: async () => {
      setTo(null);
      form.resetFields();
      await client.invalidateQueries({ queryKey: ['cases'] });
    },
  });
  const name = (state: CaseDetail['state']): string => say(STATE_TEXTS.find((s) => s.id === state)!);
  if (of.next.length === 0) return null;
  const needs = of.next.find((n) => n.to === to)?.needs ?? [];
  return (
    <Card size="small" title={t('next')}>
      <div className="row-wrap">
        {of.next.map((n) => (
          <Button
            key={n.to}
            type={n.to === to ? 'primary' : 'default'}
            disabled={!n.mayTake}
            title={n.mayTake ? '' : t('mayNot')}
            onClick={() => setTo(n.to)}
          >
            {name(n.to)}
          </Button>
        ))}
      </div>
      {of.next.every((n) => !n.mayTake) ? <Typography.Text type="secondary">{t('mayNot')}</Typography.Text> : null}
      {take.error === null ? null : <Problem error={take.error} />}
      {to === null ? null : (
        <Form<Given> form={form} layout="vertical" style={{ marginTop: 8 }} onFinish={(given) => take.mutate(given)}>
          {needs.includes('reason') ? (
            <Form.Item name="reason" label={t('reason')} rules={[{ required: true }]}>
              <Input maxLength={400} />
            </Form.Item>
          ) : null}
          {needs.includes('due') ? (
            <Form.Item name="due" label={t('dueAt')} rules={[{ required: true }]}>
              <DatePicker style={{ width: '100%' }} />
            </Form.Item>
          ) : null}
          {needs.includes('merged-into') ? (
            <Form.Item name="mergedInto" label={t('into')} rules={[{ required: true }]}>
              <Input maxLength={80} />
            </Form.Item>
          ) : null}
          {needs.includes('outcome') ? <OutcomeFields /> : null}
          <Form.Item name="note" label={t('note')}>
            <Input.TextArea rows={2} maxLength={4000} />
          </Form.Item>
          <Button type="primary" htmlType="submit" loading={take.isPending}>
            {t('take', { state: name(to) })}
          </Button>
        </Form>
      )}
    </Card>
  );
}

function OutcomeFields() {
  const { t } = useTranslation('cases');
  return (
    <>
      <Form.Item name="result" label={t('result')} rules={[{ required: true }]}>
        <Select options={OUTCOME_RESULTS.map((r) => ({ value: r, label: t(`results.${r}`) }))} />
      </Form.Item>
      <div className="row-wrap">
        {(
          [
            ['fineYuan', 'fine'],
            ['wasteTonnes', 'waste'],
            ['restorationYuan', 'restoration'],
            ['restoredAreaM2', 'area'],
          ] as const
        ).map(([field, text]) => (
          <Form.Item key={field} name={field} label={t(text)}>
            <InputNumber min={0} style={{ width: 150 }} />
          </Form.Item>
        ))}
        <Form.Item name="penaltyNo" label={t('penaltyNo')}>
          <Input maxLength={120} />
        </Form.Item>
      </div>
    </>
  );
}

function bodyOf(version: number, to: CaseDetail['state'], given: Given): Record<string, unknown> {
  const { reason, note, due, mergedInto, result, ...amounts } = given;
  return {
    version,
    to,
    reason: reason ?? null,
    note: note ?? '',
    dueAt: due?.endOf('day').toISOString() ?? null,
    mergedInto: mergedInto ?? null,
    outcome:
      result === undefined
        ? null
        : {
            result,
            fineYuan: amounts.fineYuan ?? null,
            wasteTonnes: amounts.wasteTonnes ?? null,
            restorationYuan: amounts.restorationYuan ?? null,
            restoredAreaM2: amounts.restoredAreaM2 ?? null,
            penaltyNo: amounts.penaltyNo ?? null,
          },
  };
}
