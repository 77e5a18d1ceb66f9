import type { Bilingual } from '../../ingest/schema/index.ts';
import type { CardFigure, ModelCard } from './card-shape.ts';
import type { LeadModel } from './lead-model.ts';

type Language = keyof Bilingual;

const WORDS = {
  protocol: { zh: '评估方法', en: 'How it was judged' },
  headline: { zh: '主要指标（留出集）', en: 'Figures on the hold-out' },
  rivals: {
    zh: '与基线比较（同一留出集，成对自助法 95% 区间）',
    en: 'Beside the baselines (same hold-out, paired bootstrap, 95 % interval)',
  },
  ablation: { zh: '各类特征的贡献', en: 'What each family of features brings' },
  calibration: { zh: '校准表', en: 'Reliability table' },
  slices: { zh: '分组与覆盖审计', en: 'Fairness and coverage by slice' },
  beside: { zh: '其他角度', en: 'Other views' },
  weeks: { zh: '逐周', en: 'Week by week' },
  search: { zh: '参数搜索（仅验证集）', en: 'Settings tried (validation rows only)' },
  data: { zh: '数据与特征', en: 'Data and features' },
  limits: { zh: '局限', en: 'Limits' },
  notes: { zh: '说明', en: 'Notes' },
  yes: { zh: '优于', en: 'beaten' },
  no: { zh: '不能断言优于', en: 'not shown to be beaten' },
} as const satisfies Record<string, Bilingual>;

/** A model in one page (j6): plain HTML, no script, nothing from outside. */
export function cardHtml(model: LeadModel, language: Language = 'zh'): string {
  const { card } = model;
  const w = (key: keyof typeof WORDS): string => WORDS[key][language];
  const sections = [
    `<p>${_text(card.protocol[language])}</p>`,
    _section(w('headline'), _figures(card.headline, language)),
    _section(w('rivals'), _rivals(card, language, w)),
    _section(
      w('calibration'),
      _table(
        ['', 'n', 'p̄', '✓'],
        card.reliability
          .filter((b) => b.rows > 0)
          .map((b) => [
            `${b.low.toFixed(1)}–${b.high.toFixed(1)}`,
            _number(b.rows),
            _share(b.meanProbability),
            _share(b.shareFound),
          ]),
      ),
    ),
    _section(
      w('ablation'),
      _table(
        ['', 'Δ', '95 %', ''],
        card.ablation.map((f) => [f.label[language], _value(f), _interval(f), f.verdict[language]]),
      ),
    ),
    _section(w('slices'), _slices(card)),
    _section(w('beside'), _figures(card.beside, language)),
    _section(
      w('weeks'),
      _table(
        ['', 'n', '✓', 'base'],
        card.weeks.map((l) => [l.asOf, _number(l.listed), _number(l.found), _share(l.base)]),
      ),
    ),
    _section(
      w('search'),
      _table(
        ['', 'AP'],
        card.search.map((s) => [s.id === card.champion ? `${s.id} ★` : s.id, _number(s.validation)]),
      ),
    ),
    _section(w('data'), _data(model)),
    _section(w('limits'), _list(card.limits.map((l) => l[language]))),
    _section(w('notes'), _list(card.notes)),
  ];
  return `<!doctype html><html lang="${language}"><meta charset="utf-8"><title>${_text(card.title[language])} · ${model.model_id}</title>
<style>body{font:14px/1.5 system-ui,"Noto Sans CJK SC",sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}table{border-collapse:collapse}td,th{padding:.15rem .6rem;border-bottom:1px solid #ddd;text-align:left}h2{font-size:1.05rem;margin:1.4rem 0 .4rem}</style>
<h1>${_text(card.title[language])}</h1><p><code>${model.model_id}</code> · ${_text(card.champion)} · ${_text(model.asOf.slice(0, 10))}${model.servable ? '' : ` · <strong>${language === 'zh' ? '仅作比较，不得使用' : 'for comparison only, never served'}</strong>`}</p>
${sections.join('\n')}</html>\n`;
}

function _section(title: string, body: string): string {
  return `<h2>${_text(title)}</h2>${body}`;
}

function _figures(figures: readonly CardFigure[], language: Language): string {
  return _table(
    ['', '', '95 %'],
    figures.map((f) => [f.label[language], _value(f), _interval(f)]),
  );
}

function _rivals(card: ModelCard, language: Language, w: (key: 'yes' | 'no') => string): string {
  return _table(
    ['', '', '95 %', 'Δ', '95 %', ''],
    card.rivals.map((r) => [
      r.label[language],
      _value(r.figure),
      _interval(r.figure),
      _value(r.difference),
      _interval(r.difference),
      w(r.beaten ? 'yes' : 'no'),
    ]),
  );
}

function _slices(card: ModelCard): string {
  return _table(
    ['', '', 'n', '✓', 'p̄', '✓ %', 'selected', 'recall', 'AUROC', ''],
    card.slices.map((s) => [
      s.by,
      s.slice,
      _number(s.rows),
      _number(s.findings),
      _share(s.meanProbability),
      _share(s.shareFound),
      _share(s.selectedShare),
      _share(s.recall),
      _number(s.auroc),
      s.flagged ? '⚑' : '',
    ]),
  );
}

function _data(model: LeadModel): string {
  const { card } = model;
  return (
    _table(
      ['', ''],
      Object.entries(card.counts).map(([k, v]) => [k, _number(v)]),
    ) +
    _table(
      ['', 'n', 'known_at ≤'],
      card.families.map((f) => [f.id, _number(f.features), f.latestKnownAt ?? '—']),
    ) +
    _list(card.skipped.map((s) => `${s.family}: ${s.reason}`)) +
    _list(Object.entries(model.data).map(([k, v]) => `${k}: ${v}`))
  );
}

function _table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[], tag: string): string =>
    `<tr>${cells.map((c) => `<${tag}>${_text(c)}</${tag}>`).join('')}</tr>`;
  return `<table>${line(head, 'th')}${rows.map((r) => line(r, 'td')).join('')}</table>`;
}

function _list(items: readonly string[]): string {
  return items.length === 0 ? '' : `<ul>${items.map((i) => `<li>${_text(i)}</li>`).join('')}</ul>`;
}

function _value(f: CardFigure): string {
  return f.unit === 'share' ? _share(f.value) : _number(f.value);
}

function _interval(f: CardFigure): string {
  if (f.low === null || f.high === null) return '';
  return f.unit === 'share' ? `${_share(f.low)} – ${_share(f.high)}` : `${_number(f.low)} – ${_number(f.high)}`;
}

function _share(value: number | null): string {
  return value === null ? '—' : `${(100 * value).toFixed(1)} %`;
}

function _number(value: number | null): string {
  if (value === null) return '—';
  return Number.isInteger(value) ? String(value) : value.toFixed(Math.abs(value) >= 10 ? 1 : 3);
}

function _text(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
