import type { World, WorldEntity, WorldLink } from './contract-world.ts';

/** Spokes of the supernode. */
export const SPOKES = 20_000;

/** The written world: a plant, a broker, a dumper; a person; a supernode; a time trap; awkward ids; links that must be set aside. */
export function contractWorld(): World {
  const entities: WorldEntity[] = [
    ['co:plant', 'company', '百川化工'],
    ['co:broker', 'company', '无名环保'],
    ['co:dumper', 'company', '远方土石'],
    ['co:alone', 'company', '孤岛'],
    ['v:1', 'vehicle', '苏B12345'],
    ['v:2', 'vehicle', '皖A99999'],
    ['p:1', 'person', '张三', '人员-7f3a'],
    ['s:yard', 'site', '堆场'],
    ['s:pit', 'site', '废弃矿坑'],
    ['x:\'"\\𠀀 ; drop', 'thing', '怪名'],
    ['hub', 'address', '市民中心1号'],
  ];
  const links: WorldLink[] = [
    ['l01', 'origin_of', 'co:plant', 'v:1', '2026-03-01', '2026-03-02', '2026-03-05', 2],
    ['l02', 'carried_by', 'co:broker', 'v:1', '2026-03-03', null, '2026-03-05'],
    ['l03', 'owns', 'co:broker', 'v:2', '2020-01-01', null, '2020-01-05'],
    ['l04', 'met', 'v:1', 'v:2', '2026-01-10', '2026-01-11', '2026-04-01'],
    ['l05', 'stopped_at', 'v:2', 's:pit', '2026-02-01', '2026-02-02', '2026-02-03', 5],
    ['l06', 'stopped_at', 'v:2', 's:pit', '2026-02-05', '2026-02-06', '2026-02-07', 5],
    ['l07', 'legal_rep_of', 'p:1', 'co:broker'],
    ['l08', 'legal_rep_of', 'p:1', 'co:dumper', null, null, '2025-01-01'],
    ['l09', 'operates', 'co:dumper', 's:pit', '2019-01-01', null, '2019-02-01'],
    ['l10', 'stopped_at', 'v:1', 's:yard', '2026-03-04', '2026-03-04', '2026-03-06'],
    ['l11', 'part_of', 's:yard', 's:yard'],
    ['l12', 'party_to', 'x:\'"\\𠀀 ; drop', 'co:plant'],
    ['l13', 'owns', 'co:plant', 'nobody'],
    ['l14', 'owns', 'no one', 'nothing'],
  ];
  for (let i = 0; i < SPOKES; i++) {
    const id = `n:${String(i).padStart(5, '0')}`;
    entities.push([id, i % 4 === 0 ? 'phone' : 'company', `户${i}`]);
    links.push([`h${i}`, 'located_at', id, 'hub', null, null, null, i % 1000 === 7 ? 9 : 1]);
  }
  links.push(['far', 'owns', 'n:00000', 'co:dumper', '2024-05-01']);
  return { entities, links };
}
