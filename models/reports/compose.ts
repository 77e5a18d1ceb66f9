import type { ClueReport, Mark } from './report.ts';
import { analysisSection, factsSection, gradeSection } from './sections/analysis.ts';
import {
  againstSection,
  checksSection,
  evidenceSection,
  lawSection,
  limitsSection,
  signatureSection,
} from './sections/closing.ts';
import { type SectionContext, propertyWord, quoted, say } from './sections/context.ts';
import { headSection, reportNumber, reportTitle, sourceSection, subjectsSection } from './sections/identity.ts';

/** The whole report of one lead, as plain data. The same context gives the same report. */
export function composeReport(context: SectionContext): ClueReport {
  return {
    leadId: context.facts.lead.leadId,
    language: context.language,
    title: reportTitle(context),
    number: reportNumber(context),
    sections: [
      headSection(context),
      sourceSection(context),
      subjectsSection(context),
      factsSection(context),
      analysisSection(context),
      againstSection(context),
      lawSection(context),
      checksSection(context),
      gradeSection(context),
      evidenceSection(context),
      limitsSection(context),
      signatureSection(context),
    ],
    marks: _marks(context),
  };
}

function _marks(c: SectionContext): Mark[] {
  const { facts } = c;
  return [
    {
      mark: 'L',
      target: facts.lead.leadId,
      text: say(c, `本次运行 ${facts.lead.runId} 的线索记录`, `lead record of run ${facts.lead.runId}`),
    },
    { mark: 'M', target: c.model.id, text: say(c, '模型文件与模型卡', 'model file and card') },
    {
      mark: 'F',
      target: facts.lead.subjectId,
      text: say(c, '评分所用的特征行及 TreeSHAP 贡献', 'feature row scored, with TreeSHAP contributions'),
    },
    {
      mark: 'G',
      target: facts.lead.runId,
      text: say(c, '本次运行快照中的实体与关系', 'entities and links of the run’s snapshot'),
    },
    {
      mark: 'W',
      target: 'models/law',
      text: say(c, '按日期登记的法律条款与证据清单', 'law references and evidence lists, kept by date'),
    },
    ...facts.signals.map((s) => ({ mark: s.mark, target: s.signalId, text: `${s.typology} ${s.rule} ${s.at}` })),
    ...facts.rows.map((r) => ({
      mark: r.mark,
      target: r.rowId,
      text: `${r.title[c.language]} ${r.at} ${quoted(r.summary[c.language])}`,
    })),
    ...facts.properties.map((p) => ({ mark: p.mark, target: p.rowId, text: propertyWord(c, p.property) })),
  ];
}
