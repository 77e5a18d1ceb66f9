import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { CockpitTile } from '../../../contract/index.ts';
import { figure } from '../../controls/numbers.ts';
import { useWords } from '../../controls/words.ts';

const TONES = ['bad', 'warn', 'stale', 'ok'] as const;

/** A total, the tones within it, and the way to its list. */
export function TileNumber({ tile }: { readonly tile: CockpitTile }) {
  const { t } = useTranslation('cockpit');
  const { say } = useWords();
  const tones = TONES.filter((tone) => tile.tones[tone] > 0);
  const worst = tones.find((tone) => tone !== 'ok' && tone !== 'stale');
  return (
    <Link to={`/cockpit/${tile.id}`} className="number" title={say(tile.note)}>
      <span className={`number-value ${worst === undefined ? '' : `tone-${worst}`}`}>{figure(tile.total)}</span>
      <span className="number-title">{say(tile.title)}</span>
      <span className="number-tones">
        {tones.map((tone) => (
          <span key={tone} className={`tone-${tone}`}>
            {t(tone, { n: tile.tones[tone] })}
          </span>
        ))}
      </span>
    </Link>
  );
}
