import { MenuOutlined, MoonOutlined, SunOutlined, TranslationOutlined } from '@ant-design/icons';
import { Button, Drawer, Grid, Layout, Menu, Tooltip } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import type { SessionState } from '../../contract/index.ts';
import { MessageBell } from './MessageBell.tsx';
import { SessionMenu } from './SessionMenu.tsx';
import { switchLanguage } from './i18n.ts';
import { VIEWS } from './views.ts';

export interface HeaderProps {
  readonly dark: boolean;
  readonly setDark: (dark: boolean) => void;
  readonly session: SessionState | null | undefined;
  /** Without the menu: on the sign-in page. */
  readonly isBare: boolean;
}

/** Name, menu, messages, language, theme, who is signed in. On a narrow screen the menu is behind a button. */
export function Header({ dark, setDark, session, isBare }: HeaderProps) {
  const { t, i18n } = useTranslation('shell');
  const { md = true } = Grid.useBreakpoint();
  return (
    <Layout.Header className="app-header">
      {isBare || md ? null : <NarrowMenu session={session} />}
      <Link to="/" className="app-name">
        {t('product')}
      </Link>
      <nav aria-label={t('main')} style={{ flex: 1, minWidth: 0 }}>
        {isBare || !md ? null : <ViewMenu session={session} mode="horizontal" />}
      </nav>
      {session === null || session === undefined || session.account === null ? null : (
        <MessageBell unread={session.unreadMessages} />
      )}
      <Tooltip title={t('language')}>
        <Button
          type="text"
          className="on-header"
          aria-label={t('language')}
          icon={<TranslationOutlined />}
          onClick={() => void switchLanguage(i18n.language === 'en' ? 'zh' : 'en')}
        >
          {md ? t('language') : null}
        </Button>
      </Tooltip>
      <Tooltip title={dark ? t('light') : t('dark')}>
        <Button
          type="text"
          className="on-header"
          aria-label={dark ? t('light') : t('dark')}
          icon={dark ? <SunOutlined /> : <MoonOutlined />}
          onClick={() => setDark(!dark)}
        />
      </Tooltip>
      {session === null || session === undefined ? null : <SessionMenu session={session} />}
    </Layout.Header>
  );
}

function NarrowMenu({ session }: { readonly session: HeaderProps['session'] }) {
  const { t } = useTranslation('shell');
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button
        type="text"
        className="on-header"
        aria-label={t('main')}
        aria-expanded={isOpen}
        icon={<MenuOutlined />}
        onClick={() => setOpen(true)}
      />
      <Drawer open={isOpen} onClose={() => setOpen(false)} placement="left" size={260} title={t('product')}>
        <ViewMenu session={session} mode="inline" onChoose={() => setOpen(false)} />
      </Drawer>
    </>
  );
}

interface ViewMenuProps {
  readonly session: HeaderProps['session'];
  readonly mode: 'horizontal' | 'inline';
  readonly onChoose?: () => void;
}

/** The views that the account may open. */
function ViewMenu({ session, mode, onChoose }: ViewMenuProps) {
  const { t } = useTranslation('shell');
  const { pathname } = useLocation();
  const shown = VIEWS.filter(
    (v) => v.menu !== null && (v.right === undefined || session === null || session?.rights.includes(v.right)),
  );
  const active = shown.findLast((v) => pathname === v.path || (v.path !== '/' && pathname.startsWith(`${v.path}/`)));
  return (
    <Menu
      {...(mode === 'horizontal' ? { theme: 'dark' as const } : {})}
      mode={mode}
      selectedKeys={active === undefined ? [] : [active.path]}
      {...(onChoose === undefined ? {} : { onClick: onChoose })}
      items={shown.map((v) => ({ key: v.path, label: <Link to={v.path}>{t(v.menu ?? 'notFound')}</Link> }))}
    />
  );
}
