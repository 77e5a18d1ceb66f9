import type { Block, Section } from '../report.ts';
import { type SectionContext, line, say, sentence } from './context.ts';

/** Section 6: what weakens the clue. Never empty, and every line must be ticked by the reviewer. */
export function againstSection(c: SectionContext): Section {
  const items = c.against.map((a) => {
    const state = !a.tested
      ? say(c, '未能检验', 'not testable on the data')
      : a.holds === true
        ? say(c, '检验后成立', 'tested, holds')
        : a.holds === false
          ? say(c, '检验后不成立', 'tested, does not hold')
          : say(c, '检验无结论', 'tested, undecided');
    const marks = c.facts.rows
      .filter((r) => a.rowIds.includes(r.rowId))
      .slice(0, 3)
      .map((r) => r.mark);
    return sentence(`${a.text[c.language]}（${state}）`, ...(marks.length > 0 ? marks : ['L']));
  });
  const intro = line(
    say(
      c,
      '以下情况会削弱本线索，审核人须逐项勾选后方可签发：',
      'Each of these weakens the clue; the reviewer must tick every one before signing:',
    ),
  );
  return {
    key: 'against',
    title: say(c, '不利于本线索的情况', 'What speaks against it'),
    blocks: [intro, { kind: 'checklist', items }],
  };
}

/** Section 7: articles and thresholds that may be met, with what is still unknown. */
export function lawSection(c: SectionContext): Section {
  const rows = c.typologies
    .filter((t) => t.law.length > 0)
    .map((t) => ({
      cells: [
        `${t.id} ${t.title}`,
        t.law.map((l) => l.reference).join('；'),
        [...new Set(t.law.flatMap((l) => l.notes))].join('；'),
      ],
      marks: ['W'],
    }));
  const blocks: Block[] =
    rows.length === 0
      ? [
          line(
            say(
              c,
              '本线索未对应已登记的执法事项，适用条款待法制审核确定。',
              'No enforcement matter on record corresponds; the legal office decides which articles apply.',
            ),
          ),
        ]
      : [
          {
            kind: 'table',
            headers: [
              say(c, '事项', 'Matter'),
              say(c, '可能适用的条款（按行为日期）', 'Articles that may apply, by date of conduct'),
              say(c, '待核', 'Still unknown'),
            ],
            widths: [18, 47, 35],
            rows,
          },
        ];
  blocks.push(
    line(
      say(
        c,
        '数量、浓度、主观明知等要件均待现场核查与法制审核。',
        'Quantity, concentration and knowledge all remain to be checked on site and by the legal office.',
      ),
    ),
  );
  return { key: 'law', title: say(c, '可能涉及的法律与门槛', 'Law and thresholds possibly met'), blocks };
}

/** Section 8: where, when, who, sampling, safety. */
export function checksSection(c: SectionContext): Section {
  const atNight = c.facts.signals.filter((s) => isNight(s.atMs)).length * 2 > c.facts.signals.length;
  const when =
    c.facts.signals.length === 0
      ? say(c, '工作时间', 'in working hours')
      : atNight
        ? say(c, '夜间，信号集中的时段', 'at night, in the hours of the signals')
        : say(c, '白天，信号集中的时段', 'by day, in the hours of the signals');
  const items = [
    sentence(say(c, `建议核查时段：${when}。`, `Suggested time: ${when}.`)),
    sentence(
      say(
        c,
        `建议核查地点：${c.facts.subject.label}及关系图所列相邻点位。`,
        `Suggested place: ${c.facts.subject.label} and the neighbouring points of the graph excerpt.`,
      ),
      'G',
    ),
    ..._missing(c)
      .slice(0, 6)
      .map((e) =>
        sentence(say(c, `现场取得：${e.text}（${e.typology}）`, `Obtain on site: ${e.text} (${e.typology})`), 'W'),
      ),
    sentence(
      say(
        c,
        '安全：两人以上到场，配备防护与气体检测，涉危废不得徒手接触。',
        'Safety: go in twos at least, with protective gear and a gas detector; never touch hazardous waste bare-handed.',
      ),
    ),
  ];
  return { key: 'checks', title: say(c, '核查建议', 'Suggested checks'), blocks: [{ kind: 'checklist', items }] };
}

/** Whether a moment lies between 21:00 and 05:00 in China. */
export function isNight(atMs: number): boolean {
  const hour = new Date(atMs + 8 * 3_600_000).getUTCHours();
  return hour >= 21 || hour < 5;
}

/** Section 10: what is in hand and what is missing. */
export function evidenceSection(c: SectionContext): Section {
  const blocks: Block[] = [
    line(
      say(
        c,
        `已引用原始行${c.facts.rows.length}条（全部证据行${c.facts.lead.rowIds.length}条），其散列值见证据包，可离线核验。`,
        `${c.facts.rows.length} source rows are cited (${c.facts.lead.rowIds.length} rows of evidence in all); their hashes are in the evidence bundle and can be verified offline.`,
      ),
      'L',
    ),
  ];
  const needs = _needs(c);
  if (needs.length > 0) {
    const words = { have: say(c, '已有引用行', 'rows cited'), missing: say(c, '待取得', 'to be obtained') };
    blocks.push({
      kind: 'table',
      headers: [say(c, '成案所需证据', 'Evidence a case needs'), say(c, '模型', 'Typology'), say(c, '状态', 'State')],
      widths: [56, 14, 30],
      rows: needs.map((e) => ({
        cells: [e.text, e.typology, e.marks.length > 0 ? words.have : words.missing],
        marks: e.marks.length > 0 ? e.marks : ['W'],
      })),
    });
  }
  return { key: 'evidence', title: say(c, '证据清单与缺口', 'Evidence and gaps'), blocks };
}

interface Need {
  readonly text: string;
  readonly typology: string;
  /** Cited rows of the tables that can hold it. */
  readonly marks: readonly string[];
}

/** What a case of these typologies needs, each item once, with the cited rows that may serve. */
function _needs(c: SectionContext): Need[] {
  const seen = new Map<string, Need>();
  for (const t of c.typologies) {
    for (const e of t.evidence) {
      const known = seen.get(e.text);
      const marks = c.facts.rows
        .filter((r) => e.from.includes(r.source))
        .slice(0, 3)
        .map((r) => r.mark);
      seen.set(
        e.text,
        known === undefined
          ? { text: e.text, typology: t.id, marks }
          : { ...known, typology: `${known.typology} ${t.id}` },
      );
    }
  }
  return [...seen.values()];
}

function _missing(c: SectionContext): Need[] {
  return _needs(c).filter((n) => n.marks.length === 0);
}

/** Section 11: what this paper is not. */
export function limitsSection(c: SectionContext): Section {
  return {
    key: 'limits',
    title: say(c, '使用限制', 'Limits'),
    blocks: [
      line('线索不作为处罚或定罪依据。'),
      line(
        say(
          c,
          '评分只用于安排核查次序，不得据此直接拦停、处罚或移送；对象可提出异议，异议将记录并触发复核。',
          'This clue is no ground for a penalty or a conviction. The score only orders checks: it must not by itself lead to a stop, a penalty or a transfer; the subject may object, and an objection is recorded and reviewed.',
        ),
      ),
      line(say(c, '自然人不被评分或排序。', 'No natural person is scored or ranked.')),
    ],
  };
}

/** Section 12: signatures, distribution and the feedback slip; all blank. */
export function signatureSection(c: SectionContext): Section {
  const blank = '＿＿＿＿＿＿';
  const rows = [
    [say(c, '承办人', 'Author'), blank],
    [say(c, '审核人', 'Reviewer'), blank],
    [say(c, '签发人', 'Signed by'), blank],
    [say(c, '分送', 'Distribution'), blank],
    [
      say(
        c,
        '反馈：属实 / 部分属实 / 不属实 / 无法核实',
        'Feedback: confirmed / partly / not confirmed / cannot be checked',
      ),
      blank,
    ],
    [say(c, '反馈原因码', 'Reason code'), blank],
  ];
  return {
    key: 'signature',
    title: say(c, '签署、分送与反馈', 'Signature, distribution, feedback'),
    blocks: [{ kind: 'table', headers: [], rows: rows.map((cells) => ({ cells, marks: [] })) }],
  };
}
