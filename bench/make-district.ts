import { renameSync, rmSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { makeDistrict } from '../fixtures/make/index.ts';
import { writeParquet } from '../ingest/tables/index.ts';

/** Makes a district beside `--out` and swaps it in when whole: `node --import tsx bench/make-district.ts --scale ci --seed 7 --out /tmp/district`. */
const { values } = parseArgs({
  options: {
    scale: { type: 'string', default: 'ci' },
    seed: { type: 'string', default: '7' },
    months: { type: 'string', default: '36' },
    out: { type: 'string' },
    precursor: { type: 'boolean', default: false },
  },
});
if (values.out === undefined) throw new Error('make-district: --out is missing; name a folder');
const making = `${values.out}.making`;
for (const folder of [making, `${making}-truth`]) rmSync(folder, { recursive: true, force: true });
const report = await makeDistrict({
  out: making,
  scale: values.scale === 'ci' ? 'ci' : Number(values.scale),
  seed: Number(values.seed),
  months: Number(values.months),
  precursor: values.precursor,
  writeParquet,
});
for (const tail of ['', '-truth']) {
  rmSync(values.out + tail, { recursive: true, force: true });
  renameSync(making + tail, values.out + tail);
}
const memory = Math.round(process.resourceUsage().maxRSS / 1024);
console.log(
  JSON.stringify(
    { ...report, out: values.out, truthOut: `${values.out}-truth`, files: report.files.length, peakMb: memory },
    null,
    1,
  ),
);
