import { buildFacts, buildMentions, buildSources } from '../../ingest/facts/index.ts';
import { type ResolveReport, resolveEntities, writeIdentity } from '../../ingest/resolve/index.ts';
import type { Database } from '../../ingest/tables/index.ts';
import { rankLeads } from '../leads/index.ts';
import { cardHtml, saveModel } from '../registry/index.ts';
import { buildTraces } from '../traces/index.ts';
import { taskFrom, trainLeadModel } from '../train/index.ts';
import { runTypologies } from '../typologies/index.ts';
import { buildingFolder, pseudonymKeyOf, runFolder } from '../workspace/index.ts';
import type { RunContext, Step, StepResult } from './context.ts';
import { addDecided } from './decided.ts';
import { headlineTexts } from './headline.ts';
import { rankShadows } from './shadows.ts';

/** A run, as a list of named steps; each reads and writes tables by name. */
export const STEPS: readonly Step[] = [
  { name: 'sources', run: _sources },
  { name: 'mentions', run: _mentions },
  { name: 'resolve', run: _resolve },
  { name: 'facts', run: _facts },
  { name: 'traces', run: _traces },
  { name: 'signals', run: _signals },
  { name: 'train', run: _train },
  { name: 'leads', run: _leads },
];

async function _sources(c: RunContext): Promise<StepResult> {
  const report = await buildSources(c.db, {
    workspace: c.paths.root,
    descriptions: c.descriptions,
    asOf: c.asOfMs,
    progress: c.progress,
  });
  const rows = report.sources.reduce((sum, s) => sum + s.kept, 0);
  return { rows, note: `${report.sources.length} tables` };
}

async function _mentions(c: RunContext): Promise<StepResult> {
  const { mentions } = await buildMentions(c.db, c.descriptions);
  return { rows: Object.values(mentions).reduce((a, b) => a + b, 0), note: `${Object.keys(mentions).length} roles` };
}

async function _resolve(c: RunContext): Promise<StepResult> {
  const report = await resolveEntities(c.db, {
    seed: c.settings.seed,
    progress: c.progress,
    pseudonymKey: pseudonymKeyOf(c.paths),
    judgements: c.resolveInputs.judgements,
    previous: c.resolveInputs.identityFrom === null ? '' : runFolder(c.paths, c.resolveInputs.identityFrom.runId),
    runId: c.runId,
  });
  await writeIdentity(c.db, buildingFolder(c.paths, c.runId));
  const merges = report.kinds.reduce((sum, k) => sum + k.merges, 0);
  return {
    rows: report.entities,
    note: `${report.mentions} mentions → ${report.entities} entities; ${merges} merges, ${report.ambiguousKeys} ambiguous spellings kept apart${_judged(report)}`,
  };
}

function _judged({ judgements, conflicts, identity }: ResolveReport): string {
  const said =
    judgements.all === 0
      ? ''
      : `; ${judgements.obeyed} of ${judgements.all} judgements obeyed, ${conflicts.length} contradictions`;
  if (identity === null) return said;
  return `${said}; ${identity.kept} ids live on, ${identity.fresh} new, ${identity.merged} merged, ${identity.split} split, ${identity.gone} gone`;
}

async function _facts(c: RunContext): Promise<StepResult> {
  await buildFacts(c.db, c.descriptions);
  const { added, later, unknown } = await addDecided(c.db, c.decided, c.asOfMs);
  const counted = await _count(c.db, ['statement', 'link', 'event', 'outcome', 'subject']);
  if (c.decided.rows.length === 0) return counted;
  const note = `${counted.note}; ${added} of ${c.decided.rows.length} verdicts of officers added, ${later} given after the as-of day, ${unknown} on subjects that are not in this run`;
  return { ...counted, note };
}

async function _traces(c: RunContext): Promise<StepResult> {
  const report = await buildTraces(c.db, { asOf: new Date(c.asOfMs).toISOString(), progress: c.progress });
  const rows = Object.values(report.rows).reduce((a, b) => a + b, 0);
  return { rows, note: report.absent.length === 0 ? '' : `absent: ${report.absent.join(', ')}` };
}

async function _signals(c: RunContext): Promise<StepResult> {
  const report = await runTypologies(c.db, {
    asOf: new Date(c.asOfMs).toISOString(),
    progress: c.progress,
    clock: c.clock,
  });
  const skipped = report.typologies.filter((t) => t.skipped !== null).map((t) => t.id);
  return {
    rows: report.signals,
    note:
      skipped.length === 0
        ? `${report.typologies.length} typologies`
        : `skipped for want of tables: ${skipped.join(', ')}`,
  };
}

/** The promoted model where there is one. Else trains the model that is served, and beside it each variant that the task declares for comparison; a variant is kept and shown, never served. */
async function _train(c: RunContext): Promise<StepResult> {
  if (c.pinned !== null) {
    c.model = c.pinned;
    c.models.push(c.pinned);
    return {
      rows: null,
      note: `model ${c.pinned.model_id} of ${c.pinned.asOf.slice(0, 10)}, as promoted; none trained`,
    };
  }
  const task = taskFrom(c.settings.task);
  const options = {
    asOf: c.asOfMs,
    seed: c.settings.seed,
    progress: c.progress,
    data: { lake: c.lakeHash, settings: c.settingsSha256 },
  };
  const variants = task.form === 'table' ? task.variants.map((v) => v.id) : [];
  for (const variant of [null, ...variants]) {
    const model = await trainLeadModel(c.db, task, { ...options, variant });
    await saveModel(c.paths.models, model, {
      html: cardHtml(model, c.settings.language),
      json: JSON.stringify(model.card, null, 1),
    });
    if (variant === null) c.model = model;
    c.models.push(model);
    for (const text of headlineTexts(model, c.settings.language))
      c.progress.note(`${variant ?? model.model_id}: ${text}`);
  }
  return { rows: null, note: `model ${c.model!.model_id} (${c.model!.card.champion})` };
}

async function _leads(c: RunContext): Promise<StepResult> {
  const report = await rankLeads(c.db, c.model!, {
    asOf: c.asOfMs,
    runId: c.runId,
    capacity: c.settings.capacity,
    explorationShare: c.settings.exploration,
    seed: c.settings.seed,
    progress: c.progress,
  });
  const own = `${report.scored} subjects scored; ${report.exploration} of ${report.listed} places drawn for exploration, ${report.reserve} in reserve`;
  return { rows: report.listed, note: [own, ...(await rankShadows(c))].join('; ') };
}

async function _count(db: Database, tables: readonly string[]): Promise<StepResult> {
  const [row] = await db.rows<Record<string, number>>(
    `select ${tables.map((t) => `(select count(*) from ${t}) as ${t}`).join(', ')}`,
  );
  return {
    rows: tables.reduce((sum, t) => sum + row![t]!, 0),
    note: tables.map((t) => `${row![t]!.toLocaleString('en')} ${t}`).join(', '),
  };
}
