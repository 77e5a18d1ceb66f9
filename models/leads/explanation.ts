import type { Bilingual } from '../../ingest/schema/index.ts';

/** One factor of a lead's score, in words, as kept in `lead.reasons_json` (a list, strongest first). The clue report and the API read this shape. */
export interface Reason {
  /** Stable name: a typology id, a feature family, or a feature. */
  readonly id: string;
  readonly family: string;
  /** Raises the score (`for`) or lowers it (`against`). */
  readonly direction: 'for' | 'against';
  /** Share of the margin (log-odds) that this factor brought; sums with the others and the bias to the margin. */
  readonly contribution: number;
  /** One sentence for an investigator, with the value in it; careful words only (疑似, 异常, 待核). */
  readonly text: Bilingual;
  /** The value that the sentence speaks of, its unit, and the range of its peers; null where there is none. */
  readonly value: number | null;
  readonly unit: string | null;
  readonly peerLow: number | null;
  readonly peerHigh: number | null;
  readonly features: readonly string[];
  readonly rowIds: readonly string[];
  readonly signalIds: readonly string[];
}

/** What speaks against a lead, as kept in `lead.against_json` (a list, never empty): innocent explanations tested, missing data, contrary facts. */
export interface Against {
  readonly id: string;
  readonly kind: 'look-alike' | 'missing-data' | 'contrary-fact' | 'model-limit';
  readonly text: Bilingual;
  /** Whether the explanation could be tested on the data, and if so whether it holds. */
  readonly tested: boolean;
  readonly holds: boolean | null;
  readonly typology: string | null;
  readonly rowIds: readonly string[];
}

/** Typologies of a lead with the earliest and latest conduct known, as kept in `lead.law_json`; `models/law` turns them into articles by date. */
export interface LawMatter {
  readonly typology: string;
  readonly conductFrom: string | null;
  readonly conductTo: string | null;
}
