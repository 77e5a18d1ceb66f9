import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Card, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { MAPPED_KINDS, MENTION_FIELDS, type Mapping } from '../../../contract/index.ts';

type Mention = Mapping['mentions'][number];

export interface MentionRowsProps {
  readonly mapping: Mapping;
  readonly columns: readonly { readonly value: string; readonly label: string }[];
  readonly change: (mentions: Mapping['mentions']) => void;
}

/** The things that a row names: a role, a kind, and the columns by which each is known. */
export function MentionRows({ mapping, columns, change }: MentionRowsProps) {
  const { t } = useTranslation('upload');
  const { mentions } = mapping;
  const set = (place: number, next: Mention | null): void =>
    change(mentions.flatMap((m, i) => (i === place ? (next === null ? [] : [next]) : [m])));
  const free = (): string => {
    for (let n = mentions.length + 1; ; n++) if (!mentions.some((m) => m.role === `thing_${n}`)) return `thing_${n}`;
  };
  return (
    <Card size="small" title={t('mentions')}>
      {mentions.map((m, place) => (
        <MentionRow key={place} mention={m} columns={columns} change={(next) => set(place, next)} />
      ))}
      <Button
        icon={<PlusOutlined />}
        onClick={() => change([...mentions, { role: free(), kind: 'company', fields: {} }])}
      >
        {t('addMention')}
      </Button>
    </Card>
  );
}

interface MentionRowProps {
  readonly mention: Mention;
  readonly columns: MentionRowsProps['columns'];
  readonly change: (mention: Mention | null) => void;
}

function MentionRow({ mention, columns, change }: MentionRowProps) {
  const { t } = useTranslation(['upload', 'kinds']);
  const fields = Object.entries(mention.fields) as [(typeof MENTION_FIELDS)[number], string][];
  const left = MENTION_FIELDS.filter((f) => !(f in mention.fields));
  const put = (next: readonly (readonly [string, string])[]): void =>
    change({ ...mention, fields: Object.fromEntries(next) });
  return (
    <div className="mention">
      <Input
        aria-label={t('upload:role')}
        value={mention.role}
        style={{ width: 120 }}
        onChange={(e) => change({ ...mention, role: e.target.value })}
      />
      <Select
        aria-label={t('upload:thing')}
        value={mention.kind}
        style={{ width: 120 }}
        onChange={(kind) => change({ ...mention, kind })}
        options={MAPPED_KINDS.map((k) => ({ value: k, label: t(`kinds:${k}`) }))}
      />
      <div className="mention-fields">
        {fields.map(([field, column], i) => (
          <span key={field} className="row-wrap" style={{ gap: 4 }}>
            <Select
              aria-label={t('upload:field')}
              value={field}
              style={{ width: 116 }}
              onChange={(next) => put(fields.map((f, j) => (j === i ? [next, column] : f)))}
              options={[field, ...left].map((f) => ({ value: f, label: t(`upload:mentionField.${f}`) }))}
            />
            ←
            <Select
              aria-label={t('upload:column')}
              value={column}
              style={{ width: 180 }}
              onChange={(next) => put(fields.map((f, j) => (j === i ? [field, next] : f)))}
              options={[...columns]}
            />
            <Button
              type="text"
              aria-label={t('upload:remove')}
              icon={<DeleteOutlined />}
              onClick={() => put(fields.filter((_, j) => j !== i))}
            />
          </span>
        ))}
        {left.length === 0 || columns.length === 0 ? null : (
          <Button size="small" type="dashed" onClick={() => put([...fields, [left[0]!, columns[0]!.value]])}>
            {t('upload:addField')}
          </Button>
        )}
      </div>
      <Button
        type="text"
        danger
        aria-label={t('upload:remove')}
        icon={<DeleteOutlined />}
        onClick={() => change(null)}
      />
    </div>
  );
}
