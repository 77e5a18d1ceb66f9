import { Button, Result, Spin } from 'antd';
import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, useLocation, useNavigate } from 'react-router';
import { useQueryClient } from '@tanstack/react-query';
import { onAccessNeed } from '../client/access.ts';
import { SESSION, useSession } from '../client/session.ts';

/** Lets through who is signed in; the others go to the sign-in page, and come back to where they wanted to be. */
export function Gate({ isOpen, children }: { readonly isOpen: boolean; readonly children: ReactNode }) {
  const { t } = useTranslation('shell');
  const { session, error, again } = useSession();
  const { pathname, search } = useLocation();
  const to = `/login?next=${encodeURIComponent(pathname + search)}`;
  useSignInWhenAsked(to, isOpen);
  if (isOpen) return children;
  if (session === null || (session !== undefined && session.account !== null)) return children;
  if (error !== null)
    return (
      <Result
        status="warning"
        title={t('apiDown')}
        subTitle={`${t('apiDownHint')} ${error.message}`}
        extra={
          <Button type="primary" onClick={again}>
            {t('retry')}
          </Button>
        }
      />
    );
  if (session === undefined) return <Spin style={{ margin: 48 }} />;
  return <Navigate to={to} replace />;
}

/** A session that ends while one works: the next refused question leads to the sign-in page. */
function useSignInWhenAsked(to: string, isOpen: boolean): void {
  const client = useQueryClient();
  const navigate = useNavigate();
  useEffect(
    () =>
      onAccessNeed((need) => {
        if (need !== 'session' || isOpen) return;
        void client.invalidateQueries({ queryKey: SESSION });
        void navigate(to, { replace: true });
      }),
    [client, navigate, to, isOpen],
  );
}
