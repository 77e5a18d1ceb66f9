import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Card, Checkbox, Input, Space, Tag, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CASE_TEMPLATES, type CaseDetail, caseDetail } from '../../../contract/index.ts';
import { ask } from '../../client/api.ts';
import { useMay } from '../../client/session.ts';
import { Problem } from '../../controls/Problem.tsx';
import { day } from '../../controls/numbers.ts';
import { type Words, useWords } from '../../controls/words.ts';

/** Tasks of a case; a template brought the first ones. */
export function TaskCard({ of }: { readonly of: CaseDetail }) {
  const { t } = useTranslation('cases');
  const { say } = useWords();
  const may = useMay();
  const client = useQueryClient();
  const [title, setTitle] = useState('');
  const address = `/api/cases/${encodeURIComponent(of.caseId)}/tasks`;
  const refresh = (): Promise<void> => client.invalidateQueries({ queryKey: ['cases'] });
  const check = useMutation({
    mutationFn: (x: { readonly taskId: string; readonly isDone: boolean }) =>
      ask(`${address}/${encodeURIComponent(x.taskId)}`, caseDetail, { method: 'PATCH', body: { isDone: x.isDone } }),
    onSettled: refresh,
  });
  const add = useMutation({
    mutationFn: () => ask(address, caseDetail, { method: 'POST', body: { title } }),
    onSuccess: async () => {
      setTitle('');
      await refresh();
    },
  });
  const error = check.error ?? add.error;
  return (
    <Card size="small" title={`${t('tasks')} ${of.tasks.done} / ${of.tasks.all}`}>
      {error === null ? null : <Problem error={error} />}
      <ul className="plain">
        {of.taskList.map((x) => (
          <li key={x.taskId}>
            <Checkbox
              checked={x.doneAt !== null}
              disabled={!may('cases.write') || check.isPending}
              onChange={(e) => check.mutate({ taskId: x.taskId, isDone: e.target.checked })}
            >
              {inLanguage(x.title, say)}
            </Checkbox>{' '}
            {x.isOverdue ? <Tag color="error">{t('overdue')}</Tag> : null}
            <Typography.Text type="secondary" style={{ fontSize: 12 }}>
              {x.doneAt === null ? `${t('due')} ${day(x.dueAt)}` : t('done', { date: day(x.doneAt) })}{' '}
              {x.assigneeName ?? ''}
            </Typography.Text>
          </li>
        ))}
      </ul>
      {may('cases.write') ? (
        <Space.Compact style={{ marginTop: 8, width: '100%' }}>
          <Input
            aria-label={t('addTask')}
            placeholder={t('addTask')}
            value={title}
            maxLength={300}
            onChange={(e) => setTitle(e.target.value)}
          />
          <Button disabled={title.trim() === ''} loading={add.isPending} onClick={() => add.mutate()}>
            {t('add')}
          </Button>
        </Space.Compact>
      ) : null}
    </Card>
  );
}

/** A template's task is kept in both languages, `中文 · English`; people's own tasks are as written. */
function inLanguage(title: string, say: (words: Words) => string): string {
  const known = CASE_TEMPLATES.flatMap((x) => x.tasks).find((x) => `${x.zh} · ${x.en}` === title);
  return known === undefined ? title : say(known);
}
