import { useTranslation } from 'react-i18next';
import type { Cockpit, CockpitTile } from '../../../contract/index.ts';
import { Funnel } from './Funnel.tsx';
import { ModelPanel } from './ModelPanel.tsx';
import { SourceGrid } from './SourceGrid.tsx';
import { TileNumber } from './TileNumber.tsx';
import { TownTable } from './TownTable.tsx';
import { Trends } from './Trends.tsx';
import { WallMap } from './WallMap.tsx';
import { WaterList } from './WaterList.tsx';
import { WorkPanel } from './WorkPanel.tsx';
import { Panel } from './Panel.tsx';

/** All panels in their places. A panel whose tables the run has not got is not there. */
export function Wall({ of }: { readonly of: Cockpit }) {
  const { t } = useTranslation('cockpit');
  const group = (name: CockpitTile['group']): readonly CockpitTile[] => of.tiles.filter((x) => x.group === name);
  const one = (id: string): CockpitTile | undefined => of.tiles.find((x) => x.id === id);
  const numbers = [...group('facilities'), ...group('moving')];
  return (
    <div className="wall-grid">
      <Panel title={t('today')} area="today">
        <div className="numbers">
          {group('today').map((x) => (
            <TileNumber key={x.id} tile={x} />
          ))}
        </div>
      </Panel>
      {numbers.length === 0 ? null : (
        <Panel title={`${t('facilities')} · ${t('moving')}`} area="facilities">
          <div className="numbers">
            {numbers.map((x) => (
              <TileNumber key={x.id} tile={x} />
            ))}
          </div>
        </Panel>
      )}
      {one('sections') === undefined ? null : (
        <Panel title={t('water')} area="water" list="sections">
          <WaterList tile={one('sections')!} />
        </Panel>
      )}
      <Panel title={t('map')} area="map">
        <WallMap points={of.points} notShown={of.pointsNotShown} />
      </Panel>
      {group('funnel').length === 0 ? null : (
        <Panel title={t('funnel')} area="funnel">
          <Funnel tiles={group('funnel')} />
        </Panel>
      )}
      <Panel title={t('trends')} area="trends">
        <Trends trends={of.trends} />
      </Panel>
      {one('towns') === undefined ? null : (
        <Panel title={t('towns')} area="towns" list="towns">
          <TownTable tile={one('towns')!} />
        </Panel>
      )}
      <Panel title={t('model')} area="model">
        <ModelPanel model={of.model} />
        <WorkPanel />
      </Panel>
      {one('sources') === undefined ? null : (
        <Panel title={t('data')} area="data" list="sources">
          <SourceGrid tile={one('sources')!} names={of.sources} asOf={of.asOf} />
        </Panel>
      )}
    </div>
  );
}
