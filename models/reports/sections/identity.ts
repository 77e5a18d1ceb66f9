import { chinaDate } from '../../../ingest/base/index.ts';
import type { Block, Section } from '../report.ts';
import { type SectionContext, kindWord, line, percent, propertyWord, quoted, say, sentence } from './context.ts';

/** Section 1: number, title, secrecy, date, author, reviewer, purpose. */
export function headSection(c: SectionContext): Section {
  const { lead } = c.facts;
  const blocks: Block[] = [];
  if (c.synthetic)
    blocks.push(
      line(
        say(
          c,
          '本件依据合成演示数据生成，所涉单位、车船、人员均为虚构。',
          'Made from synthetic demo data: every firm, vehicle, ship and person in it is invented.',
        ),
      ),
    );
  const rows = [
    [say(c, '编号', 'Number'), reportNumber(c)],
    [say(c, '密级与范围', 'Secrecy and circulation'), c.secrecy],
    [say(c, '数据截至', 'Data as of'), chinaDate(Date.parse(lead.asOf))],
    [say(c, '承办', 'Author'), c.author],
    [say(c, '审核人', 'Reviewer'), say(c, '（待签）', '(to be signed)')],
    [say(c, '用途代码', 'Purpose code'), c.purposeCode],
  ];
  blocks.push({
    kind: 'table',
    headers: [say(c, '项目', 'Item'), say(c, '内容', 'Content')],
    rows: rows.map((cells) => ({ cells, marks: ['L'] })),
  });
  return { key: 'head', title: say(c, '文头', 'Head'), blocks };
}

/** `吴生研〔2026〕0031`: prefix of the unit, then the rank in four digits. */
export function reportNumber(c: SectionContext): string {
  return `${c.numberPrefix}${String(c.facts.lead.rank).padStart(4, '0')}`;
}

export function reportTitle(c: SectionContext): string {
  const name = c.facts.subject.label;
  const themes = c.typologies.slice(0, 2).map((t) => t.title);
  if (themes.length === 0) return say(c, `关于${name}异常情况的线索`, `Clue: anomalies at ${name}`);
  return say(c, `关于${name}疑似${themes.join('、')}的线索`, `Clue: ${name}, suspected ${themes.join(' and ')}`);
}

/** Section 2: which model, version and signals the clue comes from. */
export function sourceSection(c: SectionContext): Section {
  const { lead, signals } = c.facts;
  const picked =
    lead.pick === 'exploration'
      ? sentence(
          say(
            c,
            `本线索为探索名额随机抽取，抽中机会为${percent(lead.pickChance ?? 0)}，并非模型排序所致。`,
            `Picked at random under the exploration quota, with a chance of ${percent(lead.pickChance ?? 0)}; not because of its rank.`,
          ),
          'L',
        )
      : sentence(
          say(
            c,
            `本线索由排序模型给出，在本期名单中列第${lead.rank}位。`,
            `Given by the ranking model; place ${lead.rank} in this list.`,
          ),
          'L',
          'M',
        );
  const blocks: Block[] = [
    {
      kind: 'paragraph',
      sentences: [
        picked,
        sentence(
          say(
            c,
            `模型版本 ${c.model.id}，训练数据截至 ${c.model.trainedTo}。`,
            `Model ${c.model.id}, trained on data up to ${c.model.trainedTo}.`,
          ),
          'M',
        ),
      ],
    },
  ];
  if (signals.length > 0) {
    const themes = c.typologies.map((t) => `${t.id} ${t.title}`).join(say(c, '、', ', '));
    blocks.push(
      line(
        say(
          c,
          `触发的实战模型：${themes}；信号共${signals.length}条。`,
          `Typologies that spoke: ${themes}; ${signals.length} signals.`,
        ),
        ...signals.slice(0, 6).map((s) => s.mark),
      ),
    );
  } else
    blocks.push(
      line(
        say(
          c,
          '没有规则类信号，依据仅为模型所用的历史与环境特征。',
          'No rule-based signal: it rests on the model’s features of history and surroundings alone.',
        ),
      ),
    );
  return { key: 'source', title: say(c, '来源与缘由', 'Source and reason'), blocks };
}

/** Section 3: firms, sites, vehicles, ships; persons by role only. */
export function subjectsSection(c: SectionContext): Section {
  const { subject, members, properties, entities } = c.facts;
  const rows = [subject, ...members].map((e) => ({
    cells: [kindWord(c, e.kind), e.label, e.town ?? '—', _place(e.lon, e.lat)],
    marks: ['L'],
  }));
  const blocks: Block[] = [
    {
      kind: 'table',
      headers: [
        say(c, '类别', 'Kind'),
        say(c, '名称', 'Name'),
        say(c, '所在', 'Town'),
        say(c, '坐标（WGS-84）', 'Coordinates (WGS-84)'),
      ],
      rows,
    },
  ];
  if (properties.length > 0) {
    blocks.push({
      kind: 'table',
      headers: [say(c, '属性', 'Property'), say(c, '取值（不同来源并列）', 'Value (sources side by side)')],
      rows: properties.map((p) => ({ cells: [propertyWord(c, p.property), quoted(p.value)], marks: [p.mark] })),
    });
  }
  const persons = entities.filter((e) => e.kind === 'person').length;
  if (persons > 0)
    blocks.push(
      line(
        say(
          c,
          `关联人员${persons}名，仅以代号出现，未解锁身份。`,
          `${persons} persons are linked; they appear by pseudonym only and have not been unlocked.`,
        ),
        'G',
      ),
    );
  return { key: 'subjects', title: say(c, '对象', 'Subjects'), blocks };
}

function _place(lon: number | null, lat: number | null): string {
  return lon === null || lat === null ? '—' : `${lon.toFixed(5)}, ${lat.toFixed(5)}`;
}
