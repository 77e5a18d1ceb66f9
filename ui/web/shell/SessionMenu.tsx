import { UserOutlined } from '@ant-design/icons';
import { Button, Dropdown } from 'antd';
import { useTranslation } from 'react-i18next';
import { useLocation, useNavigate } from 'react-router';
import type { SessionState } from '../../contract/index.ts';
import { useSignOut } from '../client/session.ts';
import { minute } from '../controls/numbers.ts';

/** Who is signed in, in which role, for which purpose; and the way out. */
export function SessionMenu({ session }: { readonly session: SessionState }) {
  const { t } = useTranslation('shell');
  const signOut = useSignOut();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const { account, purpose } = session;
  if (account === null)
    return pathname === '/login' ? null : (
      <Button type="text" className="on-header" onClick={() => void navigate('/login')}>
        {t('signIn')}
      </Button>
    );
  const roles = account.roles.map((r) => t(`role.${r}`)).join('、');
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: [
          { key: 'who', disabled: true, label: `${account.displayName}（${account.name}）· ${roles}` },
          ...(purpose === null
            ? []
            : [
                {
                  key: 'purpose',
                  disabled: true,
                  label: t('purposeHeld', { no: purpose.caseNo, until: minute(purpose.until) }),
                },
              ]),
          { type: 'divider' },
          { key: 'out', label: t('signOut') },
        ],
        onClick: ({ key }) => {
          if (key !== 'out') return;
          signOut();
          void navigate('/login');
        },
      }}
    >
      <Button
        type="text"
        className="on-header"
        icon={<UserOutlined />}
        aria-label={t('account', { name: account.displayName })}
      >
        <span className="wide-only">{account.displayName}</span>
      </Button>
    </Dropdown>
  );
}
