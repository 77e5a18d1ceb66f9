import type { Picture } from './pictures/picture.ts';

/** Language of a report: Chinese first, English on request. */
export type Language = 'zh' | 'en';

/** A sentence and where its numbers come from: marks such as `R3` (row), `S1` (signal), `M` (model), `F` (features), `E` (settings). */
export interface Sentence {
  readonly text: string;
  readonly marks: readonly string[];
}

export type Block =
  | { readonly kind: 'paragraph'; readonly sentences: readonly Sentence[] }
  /** Each row names its sources in `marks`. */
  | {
      readonly kind: 'table';
      readonly headers: readonly string[];
      readonly rows: readonly TableRow[];
      /** Share of each column, per cent; absent = by content. */ readonly widths?: readonly number[];
    }
  | { readonly kind: 'picture'; readonly picture: Picture; readonly caption: string; readonly marks: readonly string[] }
  /** Lines that the reviewer must tick by hand; nothing is ticked by the program. */
  | { readonly kind: 'checklist'; readonly items: readonly Sentence[] };

export interface TableRow {
  readonly cells: readonly string[];
  readonly marks: readonly string[];
}

/** The twelve sections of a clue report, in order (domain reference §5.1). */
export const SECTIONS = [
  'head',
  'source',
  'subjects',
  'facts',
  'analysis',
  'against',
  'law',
  'checks',
  'grade',
  'evidence',
  'limits',
  'signature',
] as const;
export type SectionKey = (typeof SECTIONS)[number];

export interface Section {
  readonly key: SectionKey;
  readonly title: string;
  readonly blocks: readonly Block[];
}

/** What a mark points at. */
export interface Mark {
  readonly mark: string;
  /** Row id, signal id, model id …, whole. */
  readonly target: string;
  readonly text: string;
}

/** A clue report as plain data; `html` and `docx` draw it. */
export interface ClueReport {
  readonly leadId: string;
  readonly language: Language;
  readonly title: string;
  readonly number: string;
  readonly sections: readonly Section[];
  readonly marks: readonly Mark[];
}
