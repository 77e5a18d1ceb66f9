import { writeFileSync } from 'node:fs';
import { chinaDate } from '../../ingest/base/index.ts';
import type { SourceDescription } from '../../ingest/schema/index.ts';
import type { Database } from '../../ingest/tables/index.ts';
import type { Against } from '../leads/explanation.ts';
import type { LeadModel } from '../registry/index.ts';
import { assertSignable } from './check-report.ts';
import { composeReport } from './compose.ts';
import { docxOf } from './docx.ts';
import { type ReportFacts, reportFacts } from './facts.ts';
import { htmlOf } from './html.ts';
import { mapLayers } from './layers.ts';
import type { MapLayer } from './pictures/map.ts';
import type { ClueReport, Language } from './report.ts';
import { typologyWords } from './typology-words.ts';

/** What all reports of a run stand on, read once. */
export interface ReportGround {
  readonly descriptions: readonly SourceDescription[];
  readonly model: LeadModel;
  readonly capacity: number;
  readonly layers: readonly MapLayer[];
  readonly synthetic: boolean;
}

export async function reportGround(
  db: Database,
  of: Pick<ReportGround, 'descriptions' | 'model' | 'capacity'>,
): Promise<ReportGround> {
  return { ...of, layers: await mapLayers(db), synthetic: await isSynthetic(db) };
}

export interface WriteOptions {
  readonly language: Language;
  /** Path without `.<language>.<format>`. */
  readonly stem: string;
  readonly ground: ReportGround;
}

/** Writes the clue report of a lead as `<stem>.<language>.html` and `.docx`. @returns the paths
 *  @throws InputError `no-such-lead` · StateError `report-not-signable` when a rule of reports is not met: nothing is written then */
export async function writeReport(db: Database, leadId: string, options: WriteOptions): Promise<string[]> {
  const report = await clueReport(db, leadId, options);
  assertSignable(report);
  const html = `${options.stem}.${options.language}.html`;
  const docx = `${options.stem}.${options.language}.docx`;
  writeFileSync(html, htmlOf(report));
  writeFileSync(docx, await docxOf(report));
  return [html, docx];
}

/** The report of a lead as plain data. */
export async function clueReport(
  db: Database,
  leadId: string,
  { language, ground }: Omit<WriteOptions, 'stem'>,
): Promise<ClueReport> {
  const facts = await reportFacts(db, leadId, ground.descriptions);
  const year = chinaDate(Date.parse(facts.lead.asOf)).slice(0, 4);
  return composeReport({
    facts,
    language,
    typologies: typologyWords(facts, language),
    model: {
      id: ground.model.model_id,
      trainedTo: chinaDate(Date.parse(ground.model.asOf)),
      plain: _plainWords(facts.lead.confidence, language),
    },
    layers: ground.layers,
    numberPrefix: `吴生研〔${year}〕`,
    secrecy: language === 'zh' ? '内部资料，限办案单位' : 'Internal; for the units that handle the case',
    author:
      language === 'zh'
        ? '情报中心（系统生成，待人工复核）'
        : 'Intelligence centre (made by the system; to be reviewed by a person)',
    purposeCode: language === 'zh' ? '生态环境执法线索研判' : 'Analysis of clues for environmental enforcement',
    synthetic: ground.synthetic,
    against: _against(facts),
  });
}

/** Whether the workspace holds the made demo district: its firms carry the reserved region code 330599. */
export async function isSynthetic(db: Database): Promise<boolean> {
  if (!(await db.has('src_mkt_entity'))) return false;
  const [row] = await db.rows<{ n: number }>(
    `select count(*) as n from (select uscc from src_mkt_entity where uscc is not null limit 100) where substr(uscc, 3, 6) = '330599'`,
  );
  return row!.n > 0;
}

/** The half of a bilingual sentence pair that is in the report's language. */
function _plainWords(text: string | null, language: Language): string | null {
  if (text === null) return null;
  const at = text.lastIndexOf('。') + 1;
  const half = language === 'zh' ? text.slice(0, at) : text.slice(at);
  return half.trim() === '' ? null : half.trim();
}

/** Never empty: where nothing was tested, that itself is what speaks against the clue. */
function _against(facts: ReportFacts): readonly Against[] {
  if (facts.against.length > 0) return facts.against;
  return [
    {
      id: 'nothing-tested',
      kind: 'missing-data',
      text: {
        zh: '现有数据不足以检验任何正当解释',
        en: 'The data at hand do not allow any innocent explanation to be tested',
      },
      tested: false,
      holds: null,
      typology: null,
      rowIds: [],
    },
  ];
}
