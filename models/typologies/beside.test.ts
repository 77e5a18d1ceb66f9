import { expect, test } from 'vitest';
import { Database } from '../../ingest/tables/index.ts';
import { seeded } from '../../ingest/base/index.ts';
import { type Axis, besideSql, celledSql } from './beside.ts';

const AXES: readonly Axis[] = [
  { cell: 'cx', of: 'lon', size: 0.0032 },
  { cell: 'cy', of: 'lat', size: 0.0027 },
];

test('a join on cells finds what the join on ranges alone finds, each pair once', async () => {
  const db = await Database.open(':memory:', { threads: 1 });
  const random = seeded(11);
  const points = (n: number): string =>
    Array.from({ length: n }, (_x, i) => `(${i}, ${-0.01 + random() * 0.03}, ${30 + random() * 0.03})`).join(', ');
  try {
    for (const table of ['a', 'b'])
      await db.run(
        `create table ${table} as select * from (values ${points(300)}, (900, 0, 30), (901, 0.0032, 30.0027), (902, null, 30)) v(id, lon, lat)`,
      );
    const within = 'abs(a.lon - b.lon) < 0.0032 and abs(a.lat - b.lat) < 0.0027';
    const plain = await db.rows(`select a.id as a, b.id as b from a join b on ${within} order by all`);
    const celled = await db.rows(
      `select a.id as a, b.id as b from (${celledSql('a', AXES)}) a join (${besideSql('b', AXES)}) b on a.cx = b.cx and a.cy = b.cy and ${within} order by all`,
    );
    expect(plain.length).toBeGreaterThan(300);
    expect(celled).toEqual(plain);
  } finally {
    db.close();
  }
});
