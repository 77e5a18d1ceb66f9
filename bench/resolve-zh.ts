import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { seeded } from '../ingest/base/index.ts';
import { isUscc } from '../ingest/clean/index.ts';
import { editDistance } from '../ingest/resolve/core/index.ts';
import { cutNames, nameComparison } from '../ingest/resolve/kinds/index.ts';
import { addressAgreement, parseAddress, plainAddress, plainPlate, plateSlip } from '../ingest/resolve/names/index.ts';
import { compareNames } from '../ingest/resolve/index.ts';
import { OWN_CORES, ZH_CLASSES, type ZhReader, isPlace } from './resolve-zh-cases.ts';

/** Least first-guess m/u of a name level that counts as the same firm here. */
const SAME_FIRM = 50;
const BATCH = 400;

type Decide = (left: string, right: string) => boolean;

/** What the engine's own parts say of one pair, without a table to learn from. */
const DECIDE: Readonly<Record<ZhReader, Decide>> = {
  firm: (a, b) => {
    const c = nameComparison('name', cutNames([a, b]), null);
    const l = c.levels[c.levelOf(0, 1)]!;
    return l.m !== null && l.u !== null && l.m / l.u >= SAME_FIRM;
  },
  person: (a, b) => compareNames(a, b, 'Person').same,
  plate: (a, b) => {
    const [x, y] = [plainPlate(a), plainPlate(b)];
    return x === y || plateSlip(x, y) !== 'other';
  },
  code: (a, b) => a === b || (editDistance(a, b, 1) <= 1 && isUscc(a) !== isUscc(b)),
  address: (a, b) => addressAgreement(parseAddress(plainAddress(a)), parseAddress(plainAddress(b))) >= 3,
};

/** The Chinese pack by class of error on made-up pairs, half the same and half near misses: F1, precision, recall and microseconds a pair.
 *  `--lexicons <folder>`: cores from its `company-short-forms.csv.gz`; without it a short list of our own, and the output says so. */
export function run(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: { lexicons: { type: 'string' }, seed: { type: 'string' }, pairs: { type: 'string' } },
  });
  const file = values.lexicons === undefined ? '' : join(values.lexicons, 'company-short-forms.csv.gz');
  const found = file !== '' && existsSync(file);
  const cores = found ? _cores(file) : OWN_CORES;
  const count = Number(values.pairs ?? 2 * BATCH);
  const rows = ZH_CLASSES.map((c) => {
    const random = seeded(`${values.seed ?? 'zh'} ${c.id}`);
    const pairs = Array.from({ length: count }, (_x, i) => ({
      same: i % 2 === 0,
      texts: c.pair(random, i % 2 === 0, cores),
    }));
    const before = process.hrtime.bigint();
    const said = pairs.map((p) => DECIDE[c.reads](p.texts[0], p.texts[1]));
    const microseconds = Number(process.hrtime.bigint() - before) / 1e3 / count;
    const right = pairs.filter((p, i) => p.same && said[i]).length;
    const called = said.filter(Boolean).length;
    const precision = called === 0 ? 1 : right / called;
    const recall = right / pairs.filter((p) => p.same).length;
    const f1 = precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall);
    return { class: c.id, pairs: count, precision, recall, f1, microsecondsPerPair: microseconds };
  });
  const lines = rows.map(
    (r) =>
      `| ${r.class} | ${r.pairs} | ${r.precision.toFixed(3)} | ${r.recall.toFixed(3)} | ${r.f1.toFixed(3)} | ${r.microsecondsPerPair.toFixed(0)} |`,
  );
  process.stdout.write(
    `cores: ${found ? 'lexicon' : 'own list (no --lexicons folder with company-short-forms.csv.gz)'}, ${cores.length}\n` +
      `| class | pairs | precision | recall | F1 | µs a pair |\n| --- | --- | --- | --- | --- | --- |\n${lines.join('\n')}\n${JSON.stringify({ cores: cores.length, lexicon: found, rows })}\n`,
  );
  return Promise.resolve();
}

function _cores(file: string): string[] {
  const all = gunzipSync(readFileSync(file)).toString('utf8').split('\n').slice(1);
  return all.map((l) => l.trim()).filter((l) => /^\p{Script=Han}{2,4}$/u.test(l) && !isPlace(l));
}
