import { FullscreenOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, ConfigProvider, Skeleton } from 'antd';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { cockpit } from '../../../contract/index.ts';
import { ask } from '../../client/api.ts';
import { Problem } from '../../controls/Problem.tsx';
import { minute } from '../../controls/numbers.ts';
import { wallIsDark } from '../../shell/theme.ts';
import { themeOf } from '../../shell/tokens.ts';
import { Wall } from './Wall.tsx';
import './wall.css';

const REFRESH_MS = 60_000;

/** The wall of the centre: dark unless the user chose light; every tile opens its list. */
export default function Cockpit() {
  const { t } = useTranslation('cockpit');
  const wall = useRef<HTMLDivElement>(null);
  const dark = wallIsDark();
  const found = useQuery({
    queryKey: ['cockpit'],
    queryFn: ({ signal }) => ask('/api/cockpit', cockpit, { signal }),
    refetchInterval: REFRESH_MS,
  });
  return (
    <ConfigProvider theme={themeOf(dark)}>
      <div ref={wall} className={`wall ${dark ? 'is-dark' : ''}`}>
        <header className="wall-head">
          <h1>{t('title')}</h1>
          <span aria-live="polite">
            {found.data === undefined ? '' : <Age asOf={found.data.asOf} hours={found.data.ageHours} />}
          </span>
          <span className="wall-soft">{t('refreshed')}</span>
          <Button
            type="text"
            icon={<FullscreenOutlined />}
            aria-label={t('fullScreen')}
            onClick={() =>
              void (document.fullscreenElement === null ? wall.current?.requestFullscreen() : document.exitFullscreen())
            }
          />
        </header>
        {found.error !== null && found.data === undefined ? (
          <Problem error={found.error} retry={() => void found.refetch()} />
        ) : found.data === undefined ? (
          <Skeleton active paragraph={{ rows: 12 }} style={{ padding: '1em' }} />
        ) : (
          <>
            {found.error === null ? null : <Problem error={found.error} retry={() => void found.refetch()} />}
            <Wall of={found.data} />
          </>
        )}
      </div>
    </ConfigProvider>
  );
}

/** How old the data are; red past a week. */
function Age({ asOf, hours }: { readonly asOf: string; readonly hours: number }) {
  const { t } = useTranslation('cockpit');
  const age = hours < 48 ? t('hours', { n: Math.max(0, Math.round(hours)) }) : t('days', { n: Math.round(hours / 24) });
  return (
    <span className={hours > 7 * 24 ? 'tone-warn' : 'wall-soft'}>{t('dataAge', { date: minute(asOf), age })}</span>
  );
}
