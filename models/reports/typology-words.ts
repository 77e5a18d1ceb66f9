import { lawFor, thresholdsFor } from '../law/index.ts';
import { TYPOLOGIES, type Typology, parametersOf } from '../typologies/index.ts';
import type { ReportFacts } from './facts.ts';
import type { Language } from './report.ts';
import { type LawWords, type TypologyWords, quoted } from './sections/context.ts';

/** What a report says of each typology of its lead, strongest first. Articles are chosen by the date of conduct. */
export function typologyWords(facts: ReportFacts, language: Language): TypologyWords[] {
  const strength = new Map<string, number>();
  for (const s of facts.signals) strength.set(s.typology, Math.max(strength.get(s.typology) ?? 0, s.strength));
  const ids = [...strength.keys()].sort((a, b) => strength.get(b)! - strength.get(a)! || (a < b ? -1 : 1));
  return ids.flatMap((id) => {
    const typology = TYPOLOGIES.find((t) => t.id === id);
    return typology === undefined ? [] : [_words(typology, facts, language)];
  });
}

function _words(typology: Typology, facts: ReportFacts, language: Language): TypologyWords {
  const rules = typology.signalSql(parametersOf(typology, {}), '1970-01-01 00:00:00');
  return {
    id: typology.id,
    title: quoted(typology.title[language]),
    evidence: typology.evidence.map((e) => ({ text: e[language], from: e.from })),
    law: [..._articles(typology.id, facts, language), ..._thresholds(typology.id, facts, language)],
    ruleTitles: new Map(rules.map((r) => [r.rule, quoted(r.title[language])])),
  };
}

/** Latest conduct that the signals of a typology speak of. */
function _conduct(id: string, facts: ReportFacts): string {
  const matter = facts.law.find((l) => l.typology === id)?.conductTo;
  if (matter !== null && matter !== undefined) return matter;
  const at = facts.signals.filter((s) => s.typology === id).map((s) => s.atMs);
  return new Date(Math.max(...at)).toISOString();
}

function _articles(id: string, facts: ReportFacts, language: Language): LawWords[] {
  const choice = lawFor(id, _conduct(id, facts));
  return choice.references.map((r) => ({
    reference: `「${r[language]}」《${r.law}》${r.articles.join('、')}${language === 'zh' ? `（${r.grade}级）` : ` (grade ${r.grade})`}`,
    notes: [...(r.note === null ? [] : [r.note]), ...choice.notes.map((n) => n[language])],
  }));
}

/** Criminal thresholds that the facts at hand meet or leave open. Only tons of hazardous waste can come from signals; all else is unknown until checked. */
function _thresholds(id: string, facts: ReportFacts, language: Language): LawWords[] {
  const tons = facts.signals
    .filter((s) => s.typology === id && (s.unit === 't' || s.unit === '吨') && s.value !== null)
    .map((s) => s.value!);
  if (tons.length === 0) return [];
  const result = thresholdsFor({ conductAt: _conduct(id, facts), hazardousWasteT: Math.max(...tons) });
  return result.answers.flatMap((answer) =>
    answer.met.map((m) => ({
      reference: `「${m[language]}」 《${answer.law}》${m.cites}`,
      notes: [
        language === 'zh'
          ? `按信号估算的数量可能达到，须以称重与鉴定为准${answer.inForce ? '' : '；行为时尚未施行，由法制人员选择适用'}`
          : `the estimated quantity may reach it; weighing and expert opinion decide${answer.inForce ? '' : '; not in force at the time: a lawyer must choose'}`,
      ],
    })),
  );
}
