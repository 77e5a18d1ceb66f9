import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Card, Form, Input, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import { sessionState } from '../../../contract/index.ts';
import { ApiProblem, ask } from '../../client/api.ts';
import { SESSION } from '../../client/session.ts';
import { Problem } from '../../controls/Problem.tsx';

interface Given {
  readonly name: string;
  readonly password: string;
}

/** Sign-in; afterwards back to where one wanted to be. */
export default function Login() {
  const { t } = useTranslation('login');
  const client = useQueryClient();
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const signIn = useMutation({
    mutationFn: (given: Given) => ask('/api/session', sessionState, { method: 'POST', body: given }),
    onSuccess: (session) => {
      client.clear();
      client.setQueryData(SESSION, session);
      void navigate(inside(search.get('next')), { replace: true });
    },
  });
  return (
    <div className="login">
      <Card style={{ width: 'min(400px, 100%)' }}>
        <h1 style={{ fontSize: 22, marginTop: 0 }}>{t('title')}</h1>
        {signIn.error === null ? null : <Refused error={signIn.error} />}
        <Form<Given> layout="vertical" requiredMark={false} onFinish={(given) => signIn.mutate(given)}>
          <Form.Item name="name" label={t('name')} rules={[{ required: true, message: t('nameNeeded') }]}>
            <Input autoComplete="username" autoCapitalize="none" size="large" />
          </Form.Item>
          <Form.Item name="password" label={t('password')} rules={[{ required: true, message: t('passwordNeeded') }]}>
            <Input.Password autoComplete="current-password" size="large" />
          </Form.Item>
          <Button type="primary" htmlType="submit" block size="large" loading={signIn.isPending}>
            {t('submit')}
          </Button>
        </Form>
        <Typography.Paragraph type="secondary" style={{ marginTop: 16, marginBottom: 0 }}>
          {t('first')}
        </Typography.Paragraph>
      </Card>
    </div>
  );
}

function Refused({ error }: { readonly error: Error }) {
  const { t } = useTranslation('login');
  const status = error instanceof ApiProblem ? error.status : 0;
  if (status !== 401 && status !== 429) return <Problem error={error} />;
  return (
    <Alert
      role="alert"
      type="error"
      showIcon
      style={{ marginBottom: 16 }}
      title={status === 429 ? t('tooMany') : t('wrong')}
      description={status === 429 ? error.message : undefined}
    />
  );
}

/** Only addresses of this page: another site's would be a trap. */
export function inside(next: string | null): string {
  return next !== null && /^\/(?![/\\])/.test(next) && !next.startsWith('/login') ? next : '/';
}
