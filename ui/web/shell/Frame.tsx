import { Button, Layout, Menu, Result, Space, Spin } from 'antd';
import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Route, Routes, useLocation } from 'react-router';
import { switchLanguage } from './i18n.ts';
import { VIEWS } from './views.ts';

export interface FrameProps {
  readonly dark: boolean;
  readonly setDark: (dark: boolean) => void;
}

/** Header with the menu, language and theme; below it the view of the address. */
export function Frame({ dark, setDark }: FrameProps) {
  const { t, i18n } = useTranslation('shell');
  const { pathname } = useLocation();
  const shown = VIEWS.filter((v) => v.menu !== null);
  const active = shown.findLast((v) => pathname === v.path || (v.path !== '/' && pathname.startsWith(`${v.path}/`)));
  return (
    <Layout style={{ height: '100%' }}>
      <Layout.Header style={{ display: 'flex', alignItems: 'center', gap: 16, paddingInline: 16 }}>
        <strong style={{ color: '#fff', fontSize: 18, whiteSpace: 'nowrap' }}>{t('product')}</strong>
        <nav aria-label={t('main')} style={{ flex: 1, minWidth: 0 }}>
          <Menu
            theme="dark"
            mode="horizontal"
            selectedKeys={active === undefined ? [] : [active.path]}
            items={shown.map((v) => ({ key: v.path, label: <Link to={v.path}>{t(v.menu ?? 'notFound')}</Link> }))}
          />
        </nav>
        <Space>
          <Button size="small" ghost onClick={() => void switchLanguage(i18n.language === 'en' ? 'zh' : 'en')}>
            {t('language')}
          </Button>
          <Button size="small" ghost onClick={() => setDark(!dark)}>
            {dark ? t('light') : t('dark')}
          </Button>
        </Space>
      </Layout.Header>
      <Layout.Content style={{ overflow: 'auto' }}>
        <main style={{ height: '100%' }}>
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
        </main>
      </Layout.Content>
    </Layout>
  );
}
