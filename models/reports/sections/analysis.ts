import type { EvidenceRow } from '../facts.ts';
import { COLOURS, colourOf } from '../pictures/picture.ts';
import { type ExcerptNode, graphExcerptPicture } from '../pictures/graph-excerpt.ts';
import { mapPicture } from '../pictures/map.ts';
import { type Moment, timelinePicture } from '../pictures/timeline.ts';
import type { Block, Section, TableRow } from '../report.ts';
import { type SectionContext, figure, kindWord, line, linkWord, percent, quoted, say, sentence } from './context.ts';

/** Section 4: the time line, then cited rows in time order, neighbouring rows of one source together; every row stands whole among the source marks. */
export function factsSection(c: SectionContext): Section {
  const { rows } = c.facts;
  const blocks: Block[] = [_timeline(c)];
  if (rows.length === 0) blocks.push(line(say(c, '没有可引用的原始行。', 'There is no source row to cite.')));
  else {
    blocks.push({
      kind: 'table',
      headers: [say(c, '时间（北京时间）', 'Time (UTC+8)'), say(c, '来源', 'Source'), say(c, '内容', 'Content')],
      widths: [20, 20, 60],
      rows: rowGroups(rows).map((group) => _groupRow(c, group)),
    });
  }
  return { key: 'facts', title: say(c, '事实（按时间）', 'Facts in time order'), blocks };
}

const GROUP_GAP_MS = 7 * 86_400_000;

/** Rows in time order, cut where the source changes or a week passes without a row. */
export function rowGroups(rows: readonly EvidenceRow[]): EvidenceRow[][] {
  const groups: EvidenceRow[][] = [];
  for (const row of rows) {
    const last = groups.at(-1)?.at(-1);
    const near = last !== undefined && last.source === row.source && (row.atMs ?? 0) - (last.atMs ?? 0) <= GROUP_GAP_MS;
    if (near) groups.at(-1)!.push(row);
    else groups.push([row]);
  }
  return groups;
}

function _groupRow(c: SectionContext, group: readonly EvidenceRow[]): TableRow {
  const first = group[0]!;
  const last = group.at(-1)!;
  const when = group.length === 1 || first.at === last.at ? first.at : `${first.at} – ${last.at}`;
  const more =
    group.length === 1 ? '' : say(c, `（共${group.length}行，首行如下）`, ` (${group.length} rows; the first:)`);
  return {
    cells: [when, `${first.title[c.language]}（${first.department}）`, `${more}${quoted(first.summary[c.language])}`],
    marks: group.length <= 4 ? group.map((r) => r.mark) : [...group.slice(0, 3).map((r) => r.mark), last.mark],
  };
}

/** Section 5: each signal against its peers, the model's reasons, the graph excerpt and the map. */
export function analysisSection(c: SectionContext): Section {
  const { facts } = c;
  const blocks: Block[] = [];
  if (facts.signals.length > 0) {
    blocks.push({
      kind: 'table',
      headers: [
        say(c, '信号', 'Signal'),
        say(c, '时间', 'Time'),
        say(c, '数值', 'Value'),
        say(c, '同类范围', 'Peers'),
        say(c, '强度', 'Strength'),
      ],
      rows: facts.signals.map((s): TableRow => ({
        cells: [
          _ruleTitle(c, s.typology, s.rule),
          s.at,
          s.value === null ? '—' : `${figure(s.value)} ${s.unit ?? ''}`.trim(),
          _range(s.peerLow, s.peerHigh),
          percent(s.strength),
        ],
        marks: [
          s.mark,
          ...c.facts.rows
            .filter((r) => s.rowIds.includes(r.rowId))
            .slice(0, 3)
            .map((r) => r.mark),
        ],
      })),
    });
  }
  blocks.push(
    ..._reasons(c, 'for', say(c, '推高评分的因素', 'What raises the score')),
    ..._reasons(c, 'against', say(c, '压低评分的因素', 'What lowers the score')),
  );
  blocks.push(..._graph(c));
  const map = _map(c);
  if (map !== null) blocks.push(map);
  return { key: 'analysis', title: say(c, '分析', 'Analysis'), blocks };
}

function _reasons(c: SectionContext, direction: 'for' | 'against', title: string): Block[] {
  const reasons = c.facts.reasons.filter((r) => r.direction === direction).slice(0, 8);
  if (reasons.length === 0) return [];
  return [
    {
      kind: 'table',
      headers: [title, say(c, '对数几率贡献', 'Contribution (log-odds)')],
      rows: reasons.map((r) => ({
        cells: [r.text[c.language], (r.contribution > 0 ? '+' : '') + r.contribution.toFixed(3)],
        marks: [
          'F',
          ...c.facts.rows
            .filter((row) => r.rowIds.includes(row.rowId))
            .slice(0, 3)
            .map((row) => row.mark),
        ],
      })),
    },
  ];
}

function _timeline(c: SectionContext): Block {
  const labels = new Map<string, string>();
  const moments: Moment[] = [];
  for (const s of c.facts.signals) {
    labels.set(s.typology, `${s.typology} ${c.typologies.find((t) => t.id === s.typology)?.title ?? ''}`);
    moments.push({ atMs: s.atMs, lane: s.typology, colour: COLOURS.subject });
  }
  for (const r of c.facts.rows) {
    if (r.atMs === null) continue;
    labels.set(r.source, r.title[c.language]);
    moments.push({ atMs: r.atMs, lane: r.source, colour: COLOURS.company });
  }
  const title = say(c, '时间线：信号与引用行', 'Time line: signals and cited rows');
  return {
    kind: 'picture',
    picture: timelinePicture(moments, { title, laneLabels: labels }),
    caption: title,
    marks: ['G'],
  };
}

function _graph(c: SectionContext): Block[] {
  const counts = new Map<string, number>();
  const nodes = c.facts.entities.map((e): ExcerptNode => {
    const letter = e.kind.slice(0, 1).toUpperCase();
    const n = (counts.get(letter) ?? 0) + 1;
    counts.set(letter, n);
    return { id: e.id, kind: e.kind, label: e.label, tag: `${letter}${n}`, isSubject: e.id === c.facts.subject.id };
  });
  if (nodes.length < 2)
    return [line(say(c, '图中没有与对象相连的其他实体。', 'No other entity is linked to the subject in the graph.'))];
  const said = new Set<string>();
  const edges = c.facts.links.map((l) => {
    const isFirst = !said.has(l.kind);
    said.add(l.kind);
    const uncertain = l.origin !== 'recorded' || (l.probability !== null && l.probability < 0.95);
    return {
      from: l.from,
      to: l.to,
      label: isFirst || c.facts.links.length <= 10 ? linkWord(c, l.kind) : '',
      dashed: uncertain,
    };
  });
  const title = say(c, '关系图节选（虚线为推导或不确定的关系）', 'Graph excerpt (dashed: derived or uncertain)');
  return [
    { kind: 'picture', picture: graphExcerptPicture(nodes, edges, { title }), caption: title, marks: ['G'] },
    {
      kind: 'table',
      headers: [say(c, '图中代号', 'Tag'), say(c, '类别', 'Kind'), say(c, '名称', 'Name')],
      rows: nodes.map((n) => ({ cells: [n.tag, kindWord(c, n.kind), n.label], marks: ['G'] })),
    },
  ];
}

function _map(c: SectionContext): Block | null {
  const placed = c.facts.entities.filter((e) => e.lon !== null && e.lat !== null);
  const points = placed.map((e, i) => ({
    lon: e.lon!,
    lat: e.lat!,
    tag: `${i + 1}`,
    label: e.label.slice(0, 10),
    colour: colourOf(e.kind),
    isSubject: e.id === c.facts.subject.id,
  }));
  const title = say(c, '位置示意（WGS-84，仅供定位，非标准地图）', 'Sketch of places (WGS-84; not a standard map)');
  const picture = mapPicture(points, c.layers, { title });
  return picture === null ? null : { kind: 'picture', picture, caption: title, marks: ['G'] };
}

function _ruleTitle(c: SectionContext, typology: string, rule: string): string {
  const words = c.typologies.find((t) => t.id === typology);
  return `${typology} ${words?.ruleTitles.get(rule) ?? words?.title ?? rule}`;
}

function _range(low: number | null, high: number | null): string {
  return low === null && high === null
    ? '—'
    : `${low === null ? '…' : figure(low)} – ${high === null ? '…' : figure(high)}`;
}

/** Section 9: risk grade and confidence, kept apart. */
export function gradeSection(c: SectionContext): Section {
  const { lead } = c.facts;
  const sentences = [
    sentence(say(c, `风险等级：${lead.grade ?? '待定'}。`, `Risk grade: ${lead.grade ?? 'open'}.`), 'L'),
  ];
  if (lead.probability !== null) {
    const interval =
      lead.low === null || lead.high === null
        ? ''
        : say(
            c,
            `（九成区间 ${percent(lead.low)}–${percent(lead.high)}）`,
            ` (90 % interval ${percent(lead.low)}–${percent(lead.high)})`,
          );
    sentences.push(
      sentence(
        say(
          c,
          `经校准的查实概率：${percent(lead.probability)}${interval}。`,
          `Calibrated chance of being confirmed: ${percent(lead.probability)}${interval}.`,
        ),
        'L',
        'M',
      ),
    );
  }
  if (c.model.plain !== null) sentences.push(sentence(c.model.plain, 'M'));
  else
    sentences.push(
      sentence(
        say(c, '样本不足，无法给出通俗的把握说法。', 'Too few checked cases to put the confidence in plain words.'),
      ),
    );
  return {
    key: 'grade',
    title: say(c, '等级与把握', 'Grade and confidence'),
    blocks: [{ kind: 'paragraph', sentences }],
  };
}
