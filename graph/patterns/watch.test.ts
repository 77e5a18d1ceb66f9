import { describe, expect, it } from 'vitest';
import { Database } from '../../ingest/tables/index.ts';
import { writeWorld } from '../stores/contract-world.ts';
import { matchPattern } from './match.ts';
import { PATTERN_WORLD, TWO_UNLICENSED_SITES } from './pattern.contract.ts';
import { newWatch, watchFromJson, watchNews } from './watch.ts';

describe('a subscription to a pattern (d7)', () => {
  it('tells of each finding once, through new snapshots and through JSON', async () => {
    const db = await Database.open(':memory:');
    try {
      await writeWorld(db, PATTERN_WORLD);
      const look = () => matchPattern(db, TWO_UNLICENSED_SITES);
      const first = watchNews(newWatch('two sites', TWO_UNLICENSED_SITES), await look(), 'r1');
      expect(first.fresh.map((row) => row['truck'])).toEqual(['v1']);
      const kept = watchFromJson(JSON.stringify(first.watch), 'w.json');
      expect(kept.lastRun).toBe('r1');
      expect(watchNews(kept, await look(), 'r2').fresh).toEqual([]);
      const more = { ...PATTERN_WORLD, links: [...PATTERN_WORLD.links] };
      more.links.push(['x', 'stopped_at', 'v2', 's2', '2026-03-02T10:00:00', null, '2026-03-05']);
      await writeWorld(db, more);
      const second = watchNews(kept, await look(), 'r2');
      expect(second.fresh.map((row) => [row['truck'], row['stop2']])).toEqual([['v2', 'x']]);
      expect(second.total).toBe(2);
      await writeWorld(db, PATTERN_WORLD);
      const gone = watchNews(second.watch, await look(), 'r3');
      await writeWorld(db, more);
      expect(watchNews(gone.watch, await look(), 'r4').fresh).toEqual([]);
    } finally {
      db.close();
    }
  });

  it('refuses a cut answer, a bad name and a broken file', () => {
    const watch = newWatch('w', TWO_UNLICENSED_SITES);
    expect(() => watchNews(watch, { rows: [], cut: true }, 'r')).toThrow('finds more than 0');
    expect(() => newWatch('../x', TWO_UNLICENSED_SITES)).toThrow('is not a name');
    for (const text of ['', 'null', '{}', '{"version":1,"name":"a","pattern":{},"seen":[1]}'])
      expect(() => watchFromJson(text, 'w.json')).toThrow('w.json is not a subscription');
  });
});
