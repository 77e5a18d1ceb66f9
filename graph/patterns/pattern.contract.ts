import type { World } from '../stores/contract-world.ts';
import type { Pattern } from './pattern.ts';

/** A small world for patterns: trucks, sites with and without a permit, awkward dates. */
export const PATTERN_WORLD: World = {
  entities: [
    ['v1', 'vehicle', '苏B1'],
    ['v2', 'vehicle', '苏B2'],
    ['s1', 'site', '无证一'],
    ['s2', 'site', '无证二'],
    ['s3', 'site', '有证'],
    ['pm', 'permit', 'P-1'],
    ['p1', 'person', '张三', '人员-1'],
  ],
  links: [
    ['a', 'stopped_at', 'v1', 's1', '2026-03-01T20:00:00', null, '2026-03-02', 2],
    ['b', 'stopped_at', 'v1', 's2', '2026-03-02T19:00:00', null, '2026-03-03', 1],
    ['c', 'stopped_at', 'v1', 's3', '2026-03-02T01:00:00', null, '2026-03-03'],
    ['d', 'stopped_at', 'v2', 's1', '2026-03-01T20:00:00', null, '2026-03-02'],
    ['e', 'stopped_at', 'v2', 's2', '2026-03-04T20:00:00', null, '2026-03-05'],
    ['f', 'stopped_at', 'v2', 's2'],
    ['g', 'holds', 's3', 'pm', '2020-01-01', null, '2020-01-02'],
    ['h', 'drives', 'p1', 'v2', null, null, '2026-03-09'],
  ],
};

const stop = (name: string, to: string): Pattern['links'][number] => ({
  name,
  from: 'truck',
  to,
  direction: 'out',
  kinds: ['stopped_at'],
});
const truck = { name: 'truck', kinds: ['vehicle'] };
const site = (name: string): Pattern['nodes'][number] => ({ name, kinds: ['site'] });

/** "A vehicle that stopped at two unlicensed sites within 24 h." */
export const TWO_UNLICENSED_SITES: Pattern = {
  version: 1,
  nodes: [truck, site('one'), site('two')],
  links: [stop('stop1', 'one'), stop('stop2', 'two')],
  absences: ['one', 'two'].map((node) => ({ node, direction: 'out', kinds: ['holds'], nodeKinds: ['permit'] })),
  times: [{ first: 'stop1', second: 'stop2', withinHours: 24 }],
};

const single = (tests: Pattern['nodes'][number]['tests'], kinds?: readonly string[]): Pattern => ({
  version: 1,
  nodes: [{ name: 'x', ...(kinds === undefined ? {} : { kinds }), ...(tests === undefined ? {} : { tests }) }],
  links: [],
});
const anyLink = (tests: Pattern['links'][number]['tests']): Pattern => ({
  version: 1,
  nodes: [{ name: 'x' }, { name: 'y' }],
  links: [{ name: 'l', from: 'x', to: 'y', direction: 'out', ...(tests === undefined ? {} : { tests }) }],
});

/** Patterns and what they must find in `PATTERN_WORLD`, in every home: values of each row in order of names. */
export const PATTERN_CASES: readonly {
  readonly pattern: Pattern;
  readonly asOf?: string;
  readonly rows: readonly string[];
}[] = [
  { pattern: TWO_UNLICENSED_SITES, rows: ['v1 s1 s2 a b'] },
  {
    pattern: { ...TWO_UNLICENSED_SITES, times: [{ first: 'stop1', second: 'stop2' }] },
    rows: ['v1 s1 s2 a b', 'v2 s1 s2 d e'],
  },
  { pattern: { ...TWO_UNLICENSED_SITES, absences: [] }, rows: ['v1 s1 s2 a b', 'v1 s1 s3 a c', 'v1 s3 s2 c b'] },
  { pattern: TWO_UNLICENSED_SITES, asOf: '2026-03-02T12:00:00Z', rows: [] },
  { pattern: single(undefined, ['site']), rows: ['s1', 's2', 's3'] },
  { pattern: single([{ property: 'label', operator: 'contains', value: '无证' }]), rows: ['s1', 's2'] },
  { pattern: single([{ property: 'label', operator: 'contains', value: '张' }]), rows: [] },
  { pattern: single([{ property: 'label', operator: '=', value: '人员-1' }]), rows: ['p1'] },
  { pattern: single([{ property: 'id', operator: 'in', value: ['v2', 'pm', 'nobody'] }]), rows: ['pm', 'v2'] },
  { pattern: single([{ property: 'mentions', operator: '<', value: 3 }]), rows: [] },
  {
    pattern: single([{ property: 'firstKnownAt', operator: '<=', value: '2026-01-01T08:00:00+08:00' }], ['permit']),
    rows: ['pm'],
  },
  { pattern: anyLink([{ property: 'validFrom', operator: 'missing' }]), rows: ['p1 v2 h', 'v2 s2 f'] },
  { pattern: anyLink([{ property: 'weight', operator: '>=', value: 1.5 }]), rows: ['v1 s1 a'] },
  { pattern: anyLink([{ property: 'weight', operator: '!=', value: 1 }]), rows: ['v1 s1 a'] },
  { pattern: anyLink([{ property: 'knownAt', operator: '>', value: '2026-03-04' }]), rows: ['p1 v2 h', 'v2 s2 e'] },
  {
    pattern: {
      version: 1,
      nodes: [site('s'), { name: 'w' }],
      links: [
        {
          name: 'l',
          from: 's',
          to: 'w',
          direction: 'both',
          tests: [{ property: 'origin', operator: '=', value: 'recorded' }],
        },
      ],
      absences: [{ node: 'w', direction: 'both', nodeKinds: ['person'] }],
    },
    rows: ['s1 v1 a', 's2 v1 b', 's3 pm g', 's3 v1 c'],
  },
  {
    pattern: {
      version: 1,
      nodes: [site('s'), truck],
      links: [{ name: 'l', from: 's', to: 'truck', direction: 'out' }],
    },
    rows: [],
  },
];

/** A row as the cases write it. */
export function caseRow(pattern: Pattern, row: Readonly<Record<string, string>>): string {
  return [...pattern.nodes, ...pattern.links].map((part) => row[part.name]).join(' ');
}
