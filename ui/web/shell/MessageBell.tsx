import { BellOutlined } from '@ant-design/icons';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Badge, Button, Empty, Popover, Spin, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { type Message, message, messageList } from '../../contract/index.ts';
import { ask } from '../client/api.ts';
import { useStream } from '../client/stream.ts';
import { SESSION } from '../client/session.ts';
import { Problem } from '../controls/Problem.tsx';
import { minute } from '../controls/numbers.ts';
import { useWords } from '../controls/words.ts';

/** Messages: how many are unread, and the latest; opening one marks it read and goes where it points. */
export function MessageBell({ unread }: { readonly unread: number }) {
  const { t } = useTranslation('shell');
  const [isOpen, setOpen] = useState(false);
  useStream(true);
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      open={isOpen}
      onOpenChange={setOpen}
      title={t('messages')}
      content={isOpen ? <Messages close={() => setOpen(false)} /> : null}
    >
      <Button
        type="text"
        className="on-header"
        aria-label={t('unread', { n: unread })}
        icon={
          <Badge count={unread} size="small" overflowCount={99}>
            <BellOutlined style={{ color: '#fff' }} />
          </Badge>
        }
      />
    </Popover>
  );
}

function Messages({ close }: { readonly close: () => void }) {
  const { t } = useTranslation('shell');
  const client = useQueryClient();
  const navigate = useNavigate();
  const list = useQuery({
    queryKey: ['messages'],
    queryFn: () => ask('/api/messages', messageList, { query: { limit: 30 } }),
    staleTime: 0,
  });
  const read = useMutation({
    mutationFn: (m: Message) =>
      ask(`/api/messages/${encodeURIComponent(m.messageId)}`, message, {
        method: 'PATCH',
        body: { acknowledge: true },
      }),
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ['messages'] }),
        client.invalidateQueries({ queryKey: SESSION }),
      ]),
  });
  if (list.error !== null) return <Problem error={list.error} retry={() => void list.refetch()} />;
  if (list.data === undefined) return <Spin />;
  if (list.data.messages.length === 0) return <Empty description={t('noMessages')} />;
  return (
    <ul className="messages">
      {list.data.messages.map((m) => (
        <MessageLine
          key={m.messageId}
          message={m}
          open={() => {
            read.mutate(m);
            close();
            if (m.link !== null) void navigate(m.link);
          }}
        />
      ))}
      {list.data.total > list.data.messages.length ? (
        <li>
          <Typography.Text type="secondary">
            {t('notShown', { n: list.data.total - list.data.messages.length })}
          </Typography.Text>
        </li>
      ) : null}
    </ul>
  );
}

function MessageLine({ message, open }: { readonly message: Message; readonly open: () => void }) {
  const { say } = useWords();
  return (
    <li>
      <Button type="text" block onClick={open} className="message">
        <Typography.Text strong={message.readAt === null}>{say(message.title)}</Typography.Text>
        <Typography.Text type="secondary">{minute(message.at)}</Typography.Text>
      </Button>
    </li>
  );
}
