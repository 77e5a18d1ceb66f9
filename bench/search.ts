import { performance } from 'node:perf_hooks';
import { loadavg } from 'node:os';
import { integerIn, pick, seeded } from '../ingest/base/index.ts';
import { type NameIndex, NameIndexBuilder, findNames } from '../ui/api/search/index.ts';

/** `npm run bench -- search [--entities 1000000] [--queries 400]`: one box over a million names: does the target come in the first five, and how long does an answer take?
 *  In one process and one thread, as the server asks. Rival: a scan of lower-cased labels with `includes`, which knows no errors and no pinyin. */
export async function run(args: readonly string[]): Promise<void> {
  process.stdout.write(`${JSON.stringify({ bench: 'search', ...searchFigures(args) })}\n`);
}

/** The figures as a record; `searchP95Ms` is wall time, `cpuP95Ms` the processor's. */
export function searchFigures(args: readonly string[]) {
  const option = (name: string, otherwise: number): number => {
    const at = args.indexOf(`--${name}`);
    return at === -1 ? otherwise : Number(args[at + 1]);
  };
  const random = seeded('search:1');
  const labels: string[] = [];
  const builder = new NameIndexBuilder();
  const started = performance.now();
  for (let i = 0; i < option('entities', 1_000_000); i++) {
    const made = _entity(i, random);
    labels.push(made.label);
    builder.add({
      ...made,
      town: pick(random, TOWNS),
      mentions: integerIn(random, 1, 200),
      texts: [made.label, ...made.keys],
    });
  }
  const index = builder.done();
  const buildMs = performance.now() - started;
  const kinds = Object.keys(WAYS) as (keyof typeof WAYS)[];
  const perKind = Math.ceil(option('queries', 400) / kinds.length);
  const ways = Object.fromEntries(kinds.map((kind) => [kind, _measure(index, labels, kind, perKind, random)]));
  const all = Object.values(ways).flatMap((w) => w.times);
  const cpu = Object.values(ways).flatMap((w) => w.cpu);
  return {
    entities: labels.length,
    buildMs: Math.round(buildMs),
    indexMb: Math.round(_bytes(index) / 1e6),
    searchP50Ms: _round(_quantile(all, 0.5)),
    searchP95Ms: _round(_quantile(all, 0.95)),
    cpuP95Ms: _round(_quantile(cpu, 0.95)),
    worstMs: _round(_quantile(all, 1)),
    ways: Object.fromEntries(
      Object.entries(ways).map(([kind, w]) => [
        kind,
        {
          p95Ms: _round(_quantile(w.times, 0.95)),
          cpuP95Ms: _round(_quantile(w.cpu, 0.95)),
          inTopFive: w.found,
          of: w.of,
        },
      ]),
    ),
    rivalScanP95Ms: _round(_rival(labels, random)),
    load: _round(loadavg()[0]!),
  };
}

const TOWNS = ['织里', '八里店', '东林', '埭溪', '妙西', '道场', '飞英', '仁皇山'];
const PLACES = ['湖州', '长兴', '德清', '安吉', '南浔', '苏州', '嘉兴', '杭州'];
const WORDS =
  '恒丰顺达金盛宏鑫瑞泰永兴华安嘉禾天成美佳利源广通联创新科明远东方南洋海川江河云峰玉林青松白鹤红枫蓝星紫荆银河铜峰铁山石桥木溪火炬土城';
const TRADES = [
  '电镀',
  '化工',
  '运输',
  '印染',
  '建材',
  '环保科技',
  '再生资源',
  '机械',
  '蓄电池',
  '渣土工程',
  '木业',
  '纺织',
];

/** Firms by name, vehicles by plate, manifests by number, as a district has them: two in five are firms. */
function _entity(i: number, random: () => number): { id: string; kind: string; label: string; keys: string[] } {
  const kind = i % 5 < 2 ? 'company' : i % 5 < 4 ? 'vehicle' : 'manifest';
  if (kind === 'manifest')
    return { id: `manifest:${i}`, kind, label: `2025${String(33_000_000 + i).padStart(10, '0')}`, keys: [] };
  if (kind === 'vehicle') {
    const tail = Array.from({ length: 5 }, () => pick(random, Array.from('0123456789ABCDEFGHJK'))).join('');
    return {
      id: `vehicle:${i}`,
      kind,
      label: `${pick(random, Array.from('浙苏皖沪'))}${pick(random, Array.from('ABEFK'))}${tail}`,
      keys: [],
    };
  }
  const name = Array.from({ length: integerIn(random, 3, 4) }, () => pick(random, Array.from(WORDS))).join('');
  const uscc = Array.from({ length: 18 }, () => pick(random, Array.from('0123456789ABCDEFGHJKLMNPQRTUWXY'))).join('');
  return {
    id: `company:${i}`,
    kind,
    label: `${pick(random, PLACES)}${name}${pick(random, TRADES)}有限公司`,
    keys: [uscc],
  };
}

/** What is typed to find a label; null = the label is not of this way's kind. */
const WAYS = {
  'whole name': (label: string) => label,
  'part of a name': (label: string) => (label.endsWith('公司') ? label.slice(2, -4) : null),
  'one wrong character': (label: string) =>
    label.endsWith('公司') ? `${label.slice(0, 3)}错${label.slice(4, -4)}` : null,
  'part of a plate': (label: string) => (/^[浙苏皖沪]/.test(label) && label.length === 7 ? label.slice(2) : null),
  'pinyin initials': (label: string, index: NameIndex) =>
    label.endsWith('公司') ? _initials(label.slice(0, -4), index) : null,
} as const;

function _initials(text: string, index: NameIndex): string {
  return Array.from(text)
    .map((c) => index.readings.of(c.charCodeAt(0))[0]![0]!)
    .join('');
}

/** Wall and CPU time of each answer, ms; on a busy machine the two differ. */
interface Measured {
  readonly times: readonly number[];
  readonly cpu: readonly number[];
  readonly found: number;
  readonly of: number;
}

function _measure(
  index: NameIndex,
  labels: readonly string[],
  way: keyof typeof WAYS,
  count: number,
  random: () => number,
): Measured {
  const times: number[] = [];
  const cpu: number[] = [];
  let found = 0;
  while (times.length < count) {
    const target = integerIn(random, 0, labels.length - 1);
    const query = WAYS[way](labels[target]!, index);
    if (query === null) continue;
    const started = performance.now();
    const before = process.cpuUsage();
    const { hits } = findNames(index, query, { limit: 20, kinds: null, mask: null });
    times.push(performance.now() - started);
    cpu.push(process.cpuUsage(before).user / 1000);
    // Names repeat by chance: any entity of the same label is the target.
    const ids = hits.slice(0, 5).map((h) => Number(h.id.split(':')[1]));
    if (ids.some((id) => labels[id] === labels[target])) found++;
  }
  return { times, cpu, found, of: count };
}

function _rival(labels: readonly string[], random: () => number): number {
  const lower = labels.map((l) => l.toLowerCase());
  const times = Array.from({ length: 40 }, () => {
    const wanted = pick(random, lower).slice(1, 5);
    const started = performance.now();
    let hits = 0;
    for (const label of lower) if (label.includes(wanted)) hits++;
    return hits < 0 ? NaN : performance.now() - started;
  });
  return _quantile(times, 0.95);
}

function _bytes({
  codes,
  starts,
  low,
  high,
  pairLow,
  pairHigh,
  initials,
  textStarts,
  mentions,
  kind,
  town,
}: NameIndex): number {
  return [codes, starts, low, high, pairLow, pairHigh, initials, textStarts, mentions, kind, town].reduce(
    (sum, a) => sum + a.byteLength,
    0,
  );
}

function _quantile(values: readonly number[], q: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))]!;
}

const _round = (v: number): number => Math.round(v * 10) / 10;
