import type { Bilingual } from '../../ingest/schema/index.ts';
import type { LeadModel } from '../registry/index.ts';
import type { Against, LawMatter, Reason } from './explanation.ts';

/** A signal of the lead, with the innocent explanations it was tested for. */
export interface LeadSignal {
  readonly signal_id: string;
  readonly typology: string;
  readonly at: string;
  readonly strength: number;
  readonly row_ids: readonly string[];
  readonly against_json: string | null;
}

interface LookAlike extends Bilingual {
  readonly id: string;
  readonly tested: boolean;
  readonly holds: boolean | null;
  readonly note?: string;
}

/** A fact lowers a score by at least this share of all movement to be told against it. */
const MIN_SHARE = 0.02;

/** What speaks against a lead; never empty: look-alikes of its signals, facts that lower its score, what is not known, and what the model cannot do. */
export function againstOf(of: {
  readonly model: LeadModel;
  readonly reasons: readonly Reason[];
  readonly signals: readonly LeadSignal[];
  readonly words: Bilingual | null;
}): Against[] {
  return [..._lookAlikes(of.signals), ..._contrary(of.reasons), ..._missing(of.model, of.reasons), _limit(of.words)];
}

/** Typologies of a lead with the first and last conduct known, strongest typology first. */
export function lawMattersOf(signals: readonly LeadSignal[]): LawMatter[] {
  const by = new Map<string, LeadSignal[]>();
  for (const s of signals) by.set(s.typology, [...(by.get(s.typology) ?? []), s]);
  return [...by]
    .map(([typology, own]) => ({ typology, own, strength: Math.max(...own.map((s) => s.strength)) }))
    .sort((a, b) => b.strength - a.strength || (a.typology < b.typology ? -1 : 1))
    .map(({ typology, own }) => {
      const days = own.map((s) => s.at).sort();
      return { typology, conductFrom: days[0] ?? null, conductTo: days.at(-1) ?? null };
    });
}

/** One line a typology and look-alike: holding beats tested, tested beats untested. */
function _lookAlikes(signals: readonly LeadSignal[]): Against[] {
  const kept = new Map<string, Against>();
  const rank = (a: { tested: boolean; holds: boolean | null }): number => (a.holds === true ? 2 : a.tested ? 1 : 0);
  for (const signal of signals) {
    for (const look of JSON.parse(signal.against_json ?? '[]') as LookAlike[]) {
      const key = JSON.stringify([signal.typology, look.id]);
      const before = kept.get(key);
      if (before !== undefined && rank(before) >= rank(look)) continue;
      kept.set(key, {
        id: `${signal.typology}:${look.id}`,
        kind: 'look-alike',
        text: { zh: look.zh, en: look.en },
        tested: look.tested,
        holds: look.holds,
        typology: signal.typology,
        rowIds: signal.row_ids.slice(0, 5),
      });
    }
  }
  return [...kept.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

function _contrary(reasons: readonly Reason[]): Against[] {
  const movement = reasons.reduce((sum, r) => sum + Math.abs(r.contribution), 0);
  return reasons
    .filter(
      (r) => r.direction === 'against' && r.id !== 'rest' && !_isAbsent(r) && -r.contribution >= MIN_SHARE * movement,
    )
    .slice(0, 3)
    .map((r) => ({
      id: `fact:${r.id}`,
      kind: 'contrary-fact',
      text: r.text,
      tested: true,
      holds: true,
      typology: null,
      rowIds: r.rowIds,
    }));
}

function _isAbsent(r: Reason): boolean {
  return r.text.en.endsWith(': no record');
}

function _missing(model: LeadModel, reasons: readonly Reason[]): Against[] {
  const skipped = model.card.skipped.map(({ family, reason }): Against => ({
    id: `missing:${family}`,
    kind: 'missing-data',
    text: {
      zh: `${family}类事实缺失（${reason}），相关可能性无法检验`,
      en: `no facts of the kind "${family}" (${reason}); what they might explain could not be tested`,
    },
    tested: false,
    holds: null,
    typology: null,
    rowIds: [],
  }));
  const absent = reasons
    .filter((r) => r.id !== 'rest' && _isAbsent(r))
    .map((r): Against => ({
      id: `missing:${r.id}`,
      kind: 'missing-data',
      text: r.text,
      tested: false,
      holds: null,
      typology: null,
      rowIds: [],
    }));
  return [...skipped, ...absent];
}

function _limit(words: Bilingual | null): Against {
  const text = words ?? {
    zh: '留出集中同类线索太少，无法说明其查实比例',
    en: 'too few such leads on the hold-out to say how many were confirmed',
  };
  return {
    id: 'model-limit',
    kind: 'model-limit',
    text: {
      zh: `${text.zh}；其余未被查实，可能另有正当解释。`,
      en: `${text.en}; the others were not, and may have an innocent explanation.`,
    },
    tested: false,
    holds: null,
    typology: null,
    rowIds: [],
  };
}
