import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Card, Mentions, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type COMMENT_ON, comment, commentList } from '../../contract/index.ts';
import { ask } from '../client/api.ts';
import { useColleagues } from '../client/work.ts';
import { Problem } from './Problem.tsx';
import { minute } from './numbers.ts';

export interface CommentsProps {
  readonly on: (typeof COMMENT_ON)[number];
  readonly objectId: string;
}

/** What colleagues said about a thing (g1); `@name` sends a message to that one only. */
export function Comments({ on, objectId }: CommentsProps) {
  const { t } = useTranslation('verdict');
  const [text, setText] = useState('');
  const client = useQueryClient();
  const colleagues = useColleagues();
  const key = ['comments', on, objectId];
  const list = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => ask('/api/comments', commentList, { query: { on, objectId }, signal }),
  });
  const add = useMutation({
    mutationFn: () => ask('/api/comments', comment, { method: 'POST', body: { on, objectId, text } }),
    onSuccess: async () => {
      setText('');
      await client.invalidateQueries({ queryKey: key });
    },
  });
  return (
    <Card size="small" title={t('comments')}>
      {list.error === null ? null : <Problem error={list.error} retry={() => void list.refetch()} />}
      <ul className="plain">
        {(list.data?.comments ?? []).map((c) => (
          <li key={c.commentId}>
            <Typography.Text strong>{c.byName}</Typography.Text>{' '}
            <Typography.Text type="secondary" style={{ fontSize: 12 }}>
              {minute(c.at)}
            </Typography.Text>
            <div style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>{c.text}</div>
          </li>
        ))}
      </ul>
      {list.data?.comments.length === 0 ? <Typography.Text type="secondary">{t('noComments')}</Typography.Text> : null}
      {add.error === null ? null : <Problem error={add.error} />}
      <Mentions
        rows={2}
        aria-label={t('comment')}
        placeholder={t('comment')}
        value={text}
        onChange={setText}
        options={colleagues.map((c) => ({ value: c.name, label: `${c.displayName}（${c.name}）` }))}
        style={{ marginTop: 8 }}
      />
      <Button
        style={{ marginTop: 6 }}
        disabled={text.trim() === ''}
        loading={add.isPending}
        onClick={() => add.mutate()}
      >
        {t('send')}
      </Button>
    </Card>
  );
}
