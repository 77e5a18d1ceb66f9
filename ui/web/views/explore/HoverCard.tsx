import { useTranslation } from 'react-i18next';
import type { Investigation } from '../../../state/index.ts';
import type { Hovered } from '../../canvas/stage.ts';
import { percent } from '../../controls/numbers.ts';
import { useKindNames } from './kind-names.ts';

export interface HoverCardProps {
  readonly hovered: Hovered;
  readonly state: Investigation;
  readonly totals: ReadonlyMap<string, number>;
}

/** What stands under the pointer: a line with its kinds, numbers and probability; a node with its kind and neighbours. */
export function HoverCard({ hovered, state, totals }: HoverCardProps) {
  const { t } = useTranslation('explore');
  const { kindName, linkName } = useKindNames();
  const style = { left: hovered.at.x + 14, top: hovered.at.y + 14 };
  if ('node' in hovered) {
    const node = state.nodes[hovered.node];
    if (node === undefined) return null;
    const total = totals.get(node.id);
    const words = [kindName(node.kind), node.town, total === undefined ? null : t('neighboursN', { n: total })];
    return (
      <div className="hover-card" style={style} aria-hidden>
        {words.filter(Boolean).join(' · ')}
      </div>
    );
  }
  const label = (id: string): string => state.nodes[id]?.label ?? state.groups.find((g) => g.id === id)?.label ?? '…';
  return (
    <div className="hover-card" style={style} aria-hidden>
      {hovered.edge.bundles.map((b) => (
        <div key={b.id}>
          {label(b.from)} → {label(b.to)}：{linkName(b.kind)}
          {b.links.length > 1 ? ` ×${b.links.length}` : ''}
          {b.uncertain ? ` · ${t('derivedLink')}${b.probability === null ? '' : ` ${percent(b.probability)}`}` : ''}
        </div>
      ))}
      <small>{t('pressForRows')}</small>
    </div>
  );
}
