import { Alert, Checkbox, Input, Select, Table, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { COLUMN_KINDS, type ColumnKind, type Mapping, type UploadDraft } from '../../../contract/index.ts';
import { figure, percent } from '../../controls/numbers.ts';

export interface ColumnsStepProps {
  readonly draft: UploadDraft;
  readonly mapping: Mapping;
  readonly change: (mapping: Mapping) => void;
}

/** What each column is called and what it means, beside some of its values. */
export function ColumnsStep({ draft, mapping, change }: ColumnsStepProps) {
  const { t } = useTranslation('upload');
  const set = (place: number, part: Partial<Mapping['columns'][number]>): void =>
    change(
      renamed(mapping, place, {
        ...mapping,
        columns: mapping.columns.map((c, i) => (i === place ? { ...c, ...part } : c)),
      }),
    );
  return (
    <>
      <Typography.Text>
        {t('read', { name: draft.fileName, rows: figure(draft.rows), columns: draft.columns.length })}
        {draft.unreadable === 0 ? '' : ` · ${t('unreadable', { n: figure(draft.unreadable) })}`}
      </Typography.Text>
      {draft.known.length === 0 ? null : <Alert type="info" title={t('known', { ids: draft.known.join(', ') })} />}
      {draft.notes.map((n) => (
        <Alert key={n} type="warning" title={n} />
      ))}
      <Table
        size="small"
        rowKey="header"
        pagination={false}
        scroll={{ x: 'max-content' }}
        dataSource={draft.columns.map((c, place) => ({ ...c, place, now: mapping.columns[place]! }))}
        columns={[
          { title: t('header'), dataIndex: 'header' },
          {
            title: t('name'),
            key: 'name',
            render: (_, c) => (
              <Input
                aria-label={`${t('name')} ${c.header}`}
                value={c.now.name}
                style={{ width: 150 }}
                onChange={(e) => set(c.place, { name: e.target.value })}
              />
            ),
          },
          {
            title: t('kind'),
            key: 'kind',
            render: (_, c) => (
              <Select<ColumnKind>
                aria-label={`${t('kind')} ${c.header}`}
                value={c.now.kind}
                style={{ width: 170 }}
                showSearch={{ optionFilterProp: 'label' }}
                onChange={(kind) => set(c.place, { kind })}
                options={COLUMN_KINDS.map((k) => ({ value: k, label: t(`columnKind.${k}`) }))}
              />
            ),
          },
          {
            title: t('required'),
            key: 'required',
            render: (_, c) => (
              <Checkbox
                aria-label={`${t('required')} ${c.header}`}
                checked={c.now.required}
                onChange={(e) => set(c.place, { required: e.target.checked })}
              />
            ),
          },
          {
            title: t('personal'),
            key: 'personal',
            render: (_, c) => (
              <Checkbox
                aria-label={`${t('personal')} ${c.header}`}
                checked={c.now.personal}
                onChange={(e) => set(c.place, { personal: e.target.checked })}
              />
            ),
          },
          { title: t('filled'), key: 'filled', align: 'right', render: (_, c) => percent(c.filled) },
          {
            title: t('examples'),
            key: 'examples',
            render: (_, c) =>
              c.now.personal ? (
                <Typography.Text type="secondary">{t('hiddenExamples')}</Typography.Text>
              ) : (
                c.examples.join(' · ')
              ),
          },
        ]}
      />
    </>
  );
}

/** A column's new name is followed by everything that names the column. */
function renamed(before: Mapping, place: number, after: Mapping): Mapping {
  const from = before.columns[place]!.name;
  const to = after.columns[place]!.name;
  if (from === to) return after;
  const follow = <T extends string | null>(name: T): T => (name === from ? (to as T) : name);
  return {
    ...after,
    key: after.key.map(follow),
    eventAt: follow(after.eventAt),
    knownAt: follow(after.knownAt),
    mentions: after.mentions.map((m) => ({
      ...m,
      fields: Object.fromEntries(Object.entries(m.fields).map(([f, c]) => [f, c === undefined ? c : follow(c)])),
    })),
  };
}
