import { StateError } from '../../ingest/base/index.ts';
import { type ClueReport, SECTIONS, type Sentence } from './report.ts';

/** Words that belong to a decision, not to a clue. Titles of laws and of past decisions stand in 《》 or 「」 and are left alone. */
const FORBIDDEN: Readonly<Record<ClueReport['language'], RegExp>> = {
  zh: /违法|犯罪|罪犯|嫌疑人|非法/,
  en: /\b(crimes?|criminals?|guilty|illegal(?:ly)?|offenders?|unlawful(?:ly)?)\b/i,
};

/** Every fault of a report against the rules it must meet; an empty list means that it may be shown for signature.
 *  Rules: the twelve sections in order; "against" holds at least one sentence or row; a sentence or row with a number has a source mark;
 *  every mark is explained; no word of a verdict before there is one. */
export function faultsOf(report: ClueReport): string[] {
  const faults: string[] = [];
  const keys = report.sections.map((s) => s.key).join(' ');
  if (keys !== SECTIONS.join(' ')) faults.push(`sections are "${keys}", expected "${SECTIONS.join(' ')}"`);
  const known = new Set(report.marks.map((m) => m.mark));
  for (const section of report.sections) {
    const sentences = sentencesOf(section.blocks);
    if (section.key === 'against' && sentences.length === 0)
      faults.push('section "against" is empty: a report without it cannot be signed');
    for (const s of sentences) faults.push(..._sentenceFaults(s, section.key, report.language, known));
  }
  return faults;
}

/** @throws StateError `report-not-signable` with every fault */
export function assertSignable(report: ClueReport): void {
  const faults = faultsOf(report);
  if (faults.length > 0) {
    throw new StateError(
      'report-not-signable',
      `report ${report.leadId}: ${faults.length} faults: ${faults.slice(0, 5).join('; ')}`,
      { leadId: report.leadId, faults },
    );
  }
}

/** Everything of a section that reads as a statement, rows of tables included. */
export function sentencesOf(blocks: ClueReport['sections'][number]['blocks']): Sentence[] {
  return blocks.flatMap((block): readonly Sentence[] => {
    switch (block.kind) {
      case 'paragraph':
        return block.sentences;
      case 'checklist':
        return block.items;
      case 'table':
        return block.rows.map((r) => ({ text: r.cells.join(' | '), marks: r.marks }));
      case 'picture':
        return [{ text: block.caption, marks: block.marks }];
    }
  });
}

function _sentenceFaults(
  sentence: Sentence,
  section: string,
  language: ClueReport['language'],
  known: ReadonlySet<string>,
): string[] {
  const faults: string[] = [];
  const short = sentence.text.slice(0, 80);
  const isFree = section === 'limits' || section === 'signature';
  if (!isFree && /[0-9０-９]/.test(_withoutTitles(sentence.text)) && sentence.marks.length === 0)
    faults.push(`${section}: a number without a source mark in "${short}"`);
  for (const mark of sentence.marks)
    if (!known.has(mark)) faults.push(`${section}: mark ${mark} in "${short}" points at nothing`);
  const word = FORBIDDEN[language].exec(_withoutTitles(sentence.text));
  if (word !== null && section !== 'limits')
    faults.push(`${section}: the word "${word[0]}" belongs to a decision, in "${short}"`);
  return faults;
}

function _withoutTitles(text: string): string {
  return text.replace(/《[^》]*》[^，。；|]*|「[^」]*」/g, '');
}
