import { Layout, Result, Spin } from 'antd';
import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Route, Routes, useLocation } from 'react-router';
import { useSession } from '../client/session.ts';
import { RowDrawer } from '../controls/RowDrawer.tsx';
import { Crash } from './Crash.tsx';
import { Gate } from './Gate.tsx';
import { Header } from './Header.tsx';
import { PurposeDialog } from './PurposeDialog.tsx';
import { VIEWS } from './views.ts';

export interface FrameProps {
  readonly dark: boolean;
  readonly setDark: (dark: boolean) => void;
}

/** Header with the menu; below it the view of the address. */
export function Frame({ dark, setDark }: FrameProps) {
  const { t } = useTranslation('shell');
  const { pathname } = useLocation();
  const { session } = useSession();
  const isBare = VIEWS.some((v) => v.bare === true && v.path === pathname);
  return (
    <Layout style={{ height: '100%' }}>
      <a className="skip" href="#main">
        {t('skip')}
      </a>
      <Header dark={dark} setDark={setDark} session={session} isBare={isBare} />
      <Layout.Content style={{ overflow: 'auto' }}>
        <main id="main" tabIndex={-1} style={{ height: '100%', outline: 'none' }}>
          <Crash key={pathname}>
            <Gate isOpen={isBare}>
              <Suspense fallback={<Spin style={{ margin: 48 }} />}>
                <Routes>
                  {VIEWS.map((v) => (
                    <Route key={v.path} path={v.path} element={<v.Page />} />
                  ))}
                  <Route
                    path="*"
                    element={<Result status="404" title={t('notFound')} extra={<Link to="/">{t('home')}</Link>} />}
                  />
                </Routes>
              </Suspense>
            </Gate>
          </Crash>
        </main>
      </Layout.Content>
      <RowDrawer />
      <PurposeDialog />
    </Layout>
  );
}
