import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { makeDistrict } from '../fixtures/make/index.ts';
import { systemClock } from '../ingest/base/index.ts';
import { buildFacts, buildMentions, buildSources } from '../ingest/facts/index.ts';
import { ingestFiles } from '../ingest/lake/index.ts';
import { resolveEntities } from '../ingest/resolve/index.ts';
import { districtSources } from '../ingest/sources/index.ts';
import { Database, writeParquet } from '../ingest/tables/index.ts';
import { buildTraces } from '../models/traces/index.ts';
import { runTypologies } from '../models/typologies/index.ts';
import { gradeExtras, gradeTypologies, leaks, loadTruth } from './typologies-grade.ts';

/** Signals on planted truth: `npm run bench -- typologies [--data <folder>] [--truth <folder>] [--seed 7] [--scale ci] [--keep <folder>] [--only T01,T02] [--precursor]`.
 *  Makes a district when no data are given. `--keep` keeps the warehouse, and a second call with it goes on from there.
 *  Recall: schemes with a signal on one of their parties within 31 days of their time. Quiet: look-alikes without one. */
export async function run(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      data: { type: 'string' },
      truth: { type: 'string' },
      seed: { type: 'string', default: '7' },
      scale: { type: 'string', default: 'ci' },
      keep: { type: 'string' },
      only: { type: 'string', default: '' },
      precursor: { type: 'boolean', default: false },
      'as-of': { type: 'string', default: '2026-06-30T16:00:00Z' },
    },
  });
  const root = values.keep ?? mkdtempSync(join(tmpdir(), 'tributary-typologies-'));
  mkdirSync(root, { recursive: true });
  const data = values.data ?? join(root, 'data');
  const truth = values.truth ?? `${data}-truth`;
  try {
    if (values.data === undefined && !existsSync(truth))
      await makeDistrict({
        out: data,
        scale: values.scale === 'ci' ? 'ci' : Number(values.scale),
        seed: Number(values.seed),
        precursor: values.precursor,
        writeParquet,
      });
    const answer = await _grade({
      root,
      data,
      truth,
      asOf: values['as-of'],
      only: values.only.split(',').filter((t) => t !== ''),
      precursor: values.precursor,
    });
    process.stdout.write(`${JSON.stringify({ scale: values.scale, seed: Number(values.seed), ...answer })}\n`);
  } finally {
    if (values.keep === undefined) rmSync(root, { recursive: true, force: true });
  }
}

interface GradeJob {
  readonly root: string;
  readonly data: string;
  readonly truth: string;
  readonly asOf: string;
  readonly only: readonly string[];
  readonly precursor: boolean;
}

async function _grade(job: GradeJob): Promise<Record<string, unknown>> {
  const descriptions = districtSources({ precursor: job.precursor });
  const path = join(job.root, 'warehouse.duckdb');
  const fresh = !existsSync(path);
  if (fresh) await ingestFiles({ workspace: job.root, paths: [job.data], descriptions, clock: systemClock });
  const db = await Database.open(path);
  try {
    if (fresh) {
      await buildSources(db, { workspace: job.root, descriptions, asOf: Date.parse(job.asOf) });
      await buildMentions(db, descriptions);
      await resolveEntities(db);
      await buildFacts(db, descriptions);
    }
    const began = performance.now();
    const traces = await buildTraces(db, { asOf: job.asOf });
    const traced = performance.now();
    const report = await runTypologies(db, { asOf: job.asOf, only: job.only, clock: () => performance.now() });
    const done = performance.now();
    await loadTruth(db, job.truth, descriptions);
    const grades = (await gradeTypologies(db)).filter((g) => job.only.length === 0 || job.only.includes(g.typology));
    const extras = { ...(await gradeExtras(db)), ...(await leaks(db, descriptions)) };
    for (const g of grades) {
      process.stdout.write(
        `${g.typology}  recall ${g.found}/${g.schemes} ${g.recall.toFixed(2)} (by row ${g.foundByRow})  quiet ${g.quiet}/${g.decoys}  false subjects ${g.falseSubjects}/${g.subjects} = ${g.falsePer1000.toFixed(1)} per 1,000 (${g.falseInOtherScheme} in other schemes)\n`,
      );
      process.stdout.write(
        `      ${g.variants.map((v) => `${v.decoy ? '-' : '+'}${v.variant} ${v.signalled}/${v.schemes}`).join(', ')}\n`,
      );
    }
    process.stdout.write(`${JSON.stringify(extras)}\n`);
    return {
      tracesSeconds: (traced - began) / 1000,
      signalsSeconds: (done - traced) / 1000,
      traces: traces.rows,
      signals: report.signals,
      grades,
      extras,
    };
  } finally {
    db.close();
  }
}
