import { Button, Spin, Tabs } from 'antd';
import { type ReactNode, Suspense, lazy, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { TablePanel, type TablePanelProps } from './TablePanel.tsx';

const Timeline = lazy(() => import('./timeline/Timeline.tsx'));
const MapPanel = lazy(() => import('./map/MapPanel.tsx'));

/** Below the canvas: the same investigation as timeline, map and table. Closed, it is one line; a second press on a tab closes it. */
export function Dock({ bench, centre }: TablePanelProps) {
  const { t } = useTranslation('explore');
  const [shown, setShown] = useState('');
  return (
    <Tabs
      size="small"
      className={`explore-dock ${shown === '' ? '' : 'is-open'} shows-${shown}`}
      activeKey={shown}
      onTabClick={(key) => setShown(key === shown ? '' : key)}
      destroyOnHidden
      tabBarExtraContent={
        shown === '' ? null : (
          <Button size="small" type="text" onClick={() => setShown('')}>
            {t('closeDock')}
          </Button>
        )
      }
      items={[
        {
          key: 'timeline',
          label: t('timeline'),
          children: (
            <Wait>
              <Timeline bench={bench} />
            </Wait>
          ),
        },
        {
          key: 'map',
          label: t('map'),
          children: (
            <Wait>
              <MapPanel bench={bench} />
            </Wait>
          ),
        },
        { key: 'table', label: t('table'), children: <TablePanel bench={bench} centre={centre} /> },
      ]}
    />
  );
}

function Wait({ children }: { readonly children: ReactNode }) {
  return <Suspense fallback={<Spin style={{ margin: 24 }} />}>{children}</Suspense>;
}
