import type { Bilingual } from '../../ingest/schema/index.ts';
import { quoteText } from '../../ingest/tables/index.ts';
import type { FeatureBlock, FeatureContext, FeatureDefinition, FeatureFamily } from './feature.ts';
import { blockFrom } from './block.ts';
import { codedBlock } from './category.ts';

/** A property of the subject's members that becomes a feature. */
export interface AttributeSpec {
  readonly id: string;
  /** Properties of `statement`, any of which may hold it. */
  readonly properties: readonly string[];
  readonly as: 'category' | 'number' | 'age';
  /** Expression over `value` (text) that yields the level of a category. */
  readonly level?: string;
  readonly label: Bilingual;
}

/** What a subject is, as recorded by the as-of date. No trait of a person is among them. */
export const ATTRIBUTE_SPECS: readonly AttributeSpec[] = [
  {
    id: 'industry',
    properties: ['industry'],
    as: 'category',
    level: 'left(value, 2)',
    label: { zh: '行业', en: 'industry' },
  },
  { id: 'permit_class', properties: ['class'], as: 'category', label: { zh: '排污许可管理类别', en: 'permit class' } },
  { id: 'company_type', properties: ['type'], as: 'category', label: { zh: '企业类型', en: 'company type' } },
  { id: 'status', properties: ['status'], as: 'category', label: { zh: '登记状态', en: 'registration status' } },
  { id: 'tariff', properties: ['tariff'], as: 'category', label: { zh: '用电类别', en: 'electricity tariff' } },
  { id: 'plate_class', properties: ['plate_class'], as: 'category', label: { zh: '号牌种类', en: 'plate class' } },
  { id: 'hazmat', properties: ['hazmat_class'], as: 'category', label: { zh: '危货类别', en: 'hazmat class' } },
  { id: 'age_years', properties: ['founded'], as: 'age', label: { zh: '成立年限（年）', en: 'years since founding' } },
  {
    id: 'tons_year',
    properties: ['ton_year'],
    as: 'number',
    label: { zh: '年许可排放量（吨）', en: 'permitted tons a year' },
  },
  { id: 'animal_heads', properties: ['heads'], as: 'number', label: { zh: '存栏（头）', en: 'animals kept' } },
];

/** Kind of subject, its recorded attributes and its size. */
export const ATTRIBUTES: FeatureFamily = {
  id: 'attributes',
  label: { zh: '主体属性', en: 'What the subject is' },
  needs: ['statement', 'entity', 'subject'],
  groups: [
    { id: 'kind', label: { zh: '主体类型', en: 'Kind of subject' } },
    { id: 'size', label: { zh: '规模', en: 'Size' } },
    ...ATTRIBUTE_SPECS.map((s) => ({ id: `attribute:${s.id}`, label: s.label })),
  ],
  async build(context) {
    const blocks: FeatureBlock[] = [await _kinds(context), await _size(context)];
    for (const spec of ATTRIBUTE_SPECS) {
      const block = spec.as === 'category' ? await _category(context, spec) : await _number(context, spec);
      if (block !== null) blocks.push(block);
    }
    return blocks;
  },
};

/** Newest recorded value of one attribute per row; ties by the larger text. */
export function attributeSql(rowTable: string, spec: AttributeSpec): string {
  const value =
    spec.as === 'category'
      ? (spec.level ?? 'value')
      : spec.as === 'age'
        ? 'try_cast(value as timestamp)'
        : 'try_cast(value as double)';
  const newest = `arg_max(v, (f.known_at, v::varchar))`;
  const shown = spec.as === 'age' ? `date_diff('day', ${newest}, any_value(r.as_of)) / 365.25` : newest;
  return `with facts as (
      select m.subject_id, ${value} as v, s.first_known_at as known_at
      from statement s join feature_member m on m.member_id = s.entity_id
      where s.property in (${spec.properties.map(quoteText).join(', ')}) and s.value is not null)
    select r."row", ${shown} as v, max(f.known_at) as latest_known_at
    from ${rowTable} r join facts f on f.subject_id = r.subject_id and f.known_at <= r.as_of and v is not null
    group by r."row"`;
}

/** Members of each kind and how the subject itself is classed; a member counts from when it was first known. */
export function sizeSql(rowTable: string): string {
  return `with facts as (
      select m.subject_id, m.member_id, e.kind, e.first_known_at as known_at
      from feature_member m join entity e on e.entity_id = m.member_id)
    select r."row", count(*) filter (where f.kind = 'site') as sites, count(*) filter (where f.kind = 'vehicle') as vehicles,
      count(*) as members, max(f.known_at) as latest_known_at
    from ${rowTable} r join facts f on f.subject_id = r.subject_id and f.known_at <= r.as_of group by r."row"`;
}

/** The subject's own kind. It is what the row is about, so it counts as known at the as-of moment itself. */
export function kindSql(rowTable: string): string {
  return `select r."row", e.kind as v, r.as_of as latest_known_at
    from ${rowTable} r join entity e on e.entity_id = r.subject_id`;
}

async function _kinds(context: FeatureContext): Promise<FeatureBlock> {
  const label = { zh: '主体类型', en: 'kind of subject' };
  const block = await codedBlock(context, {
    id: 'attribute_kind',
    label,
    family: 'attributes',
    group: 'kind',
    sql: kindSql(context.rowTable),
  });
  return block ?? { features: [], values: [], latestKnownAt: new Float64Array(context.rows).fill(Number.NaN) };
}

async function _size(context: FeatureContext): Promise<FeatureBlock> {
  const specs = [
    ['sites', '场所数 {value}', '{value} sites'],
    ['members', '合并的实体数 {value}', '{value} entities belong to it'],
  ] as const;
  const features = specs.map(([column, zh, en]) => ({
    column,
    absent: Number.NaN,
    definition: {
      id: `size_${column}`,
      label: { zh: zh.replace(' {value}', ''), en: en.replace('{value} ', '') },
      family: 'attributes',
      group: 'size',
      monotone: 0,
      explain: { zh, en },
    } satisfies FeatureDefinition,
  }));
  return blockFrom(await context.db.columns(sizeSql(context.rowTable)), context, features);
}

async function _number(context: FeatureContext, spec: AttributeSpec): Promise<FeatureBlock | null> {
  const answer = await context.db.columns(attributeSql(context.rowTable, spec));
  const id = `attribute_${spec.id}`;
  if (answer.rows === 0 && !_isWanted(context, id)) return null;
  const definition: FeatureDefinition = {
    id,
    label: spec.label,
    family: 'attributes',
    group: `attribute:${spec.id}`,
    monotone: 0,
    explain: { zh: `${spec.label.zh}为 {value}`, en: `${spec.label.en}: {value}` },
  };
  return blockFrom(answer, context, [{ definition, column: 'v', absent: Number.NaN }]);
}

async function _category(context: FeatureContext, spec: AttributeSpec): Promise<FeatureBlock | null> {
  const group = `attribute:${spec.id}`;
  const sql = attributeSql(context.rowTable, spec);
  return codedBlock(context, { id: `attribute_${spec.id}`, label: spec.label, family: 'attributes', group, sql });
}

function _isWanted(context: FeatureContext, id: string): boolean {
  return context.wanted?.some((f) => f.id === id) ?? false;
}
