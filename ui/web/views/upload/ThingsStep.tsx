import { Card, Input, Select } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Mapping } from '../../../contract/index.ts';
import { LinkRows } from './LinkRows.tsx';
import { MentionRows } from './MentionRows.tsx';

export interface ThingsStepProps {
  readonly mapping: Mapping;
  readonly change: (mapping: Mapping) => void;
}

/** The source's own facts, its key and times, the things a row names and how they are related. */
export function ThingsStep({ mapping, change }: ThingsStepProps) {
  const { t } = useTranslation('upload');
  const set = (part: Partial<Mapping>): void => change({ ...mapping, ...part });
  const columns = mapping.columns
    .filter((c) => c.kind !== 'drop')
    .map((c) => ({ value: c.name, label: `${c.name}（${c.header}）` }));
  const times = columns.filter((o) =>
    ['date', 'timestamp', 'month'].includes(mapping.columns.find((c) => c.name === o.value)!.kind),
  );
  return (
    <div className="things">
      <Card size="small">
        <div className="upload-form">
          <Field label={t('id')} hint={t('idHint')}>
            <Input aria-label={t('id')} value={mapping.id} onChange={(e) => set({ id: e.target.value })} />
          </Field>
          <Field label={t('titleZh')}>
            <Input
              aria-label={t('titleZh')}
              value={mapping.title.zh}
              onChange={(e) => set({ title: { ...mapping.title, zh: e.target.value } })}
            />
          </Field>
          <Field label={t('titleEn')}>
            <Input
              aria-label={t('titleEn')}
              value={mapping.title.en}
              onChange={(e) => set({ title: { ...mapping.title, en: e.target.value } })}
            />
          </Field>
          <Field label={t('department')}>
            <Input
              aria-label={t('department')}
              value={mapping.department}
              onChange={(e) => set({ department: e.target.value })}
            />
          </Field>
          <Field label={t('share')}>
            <Select
              aria-label={t('share')}
              value={mapping.share}
              onChange={(share) => set({ share })}
              options={(['unconditional', 'conditional', 'not-shared'] as const).map((s) => ({
                value: s,
                label: t(`shareKind.${s}`),
              }))}
            />
          </Field>
          <Field label={t('level')}>
            <Select
              aria-label={t('level')}
              value={mapping.level}
              onChange={(level) => set({ level })}
              options={([0, 1, 2, 3] as const).map((l) => ({ value: l, label: t(`levelKind.l${l}`) }))}
            />
          </Field>
          <Field label={t('use')}>
            <Input aria-label={t('use')} value={mapping.use} onChange={(e) => set({ use: e.target.value })} />
          </Field>
          <Field label={t('files')} hint={t('filesHint')}>
            <Input aria-label={t('files')} value={mapping.files} onChange={(e) => set({ files: e.target.value })} />
          </Field>
          <Field label={t('key')} hint={t('keyHint')}>
            <Select
              aria-label={t('key')}
              mode="multiple"
              value={mapping.key}
              onChange={(key) => set({ key })}
              options={columns}
            />
          </Field>
          <Field label={t('eventAt')}>
            <Select
              aria-label={t('eventAt')}
              value={mapping.eventAt ?? ''}
              onChange={(name) => set({ eventAt: name === '' ? null : name })}
              options={[{ value: '', label: t('sameAsKnown') }, ...times]}
            />
          </Field>
          <Field label={t('knownAt')}>
            <Select
              aria-label={t('knownAt')}
              value={mapping.knownAt ?? ''}
              onChange={(name) => set({ knownAt: name === '' ? null : name })}
              options={[{ value: '', label: t('onDay') }, ...times]}
            />
          </Field>
          {mapping.knownAt !== null ? null : (
            <Field label={t('knownOn')}>
              <Input
                type="date"
                aria-label={t('knownOn')}
                value={mapping.knownOn ?? ''}
                onChange={(e) => set({ knownOn: e.target.value === '' ? null : e.target.value })}
              />
            </Field>
          )}
        </div>
      </Card>
      <MentionRows mapping={mapping} columns={columns} change={(mentions) => set({ mentions })} />
      <LinkRows mapping={mapping} change={(links) => set({ links })} />
    </div>
  );
}

function Field({
  label,
  hint,
  children,
}: {
  readonly label: string;
  readonly hint?: string;
  readonly children: ReactNode;
}) {
  return (
    <div className="upload-field">
      <span>{label}</span>
      {children}
      {hint === undefined ? null : <small>{hint}</small>}
    </div>
  );
}
