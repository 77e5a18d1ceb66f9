import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Card, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { MAPPED_LINKS, type Mapping } from '../../../contract/index.ts';

export interface LinkRowsProps {
  readonly mapping: Mapping;
  readonly change: (links: Mapping['links']) => void;
}

/** How the things of one row are related. */
export function LinkRows({ mapping, change }: LinkRowsProps) {
  const { t } = useTranslation(['upload', 'links']);
  const { links, mentions } = mapping;
  const roles = mentions.map((m) => ({ value: m.role, label: m.role }));
  const set = (place: number, part: Partial<Mapping['links'][number]>): void =>
    change(links.map((l, i) => (i === place ? { ...l, ...part } : l)));
  return (
    <Card size="small" title={t('upload:links')}>
      {links.map((l, place) => (
        <div key={place} className="row-wrap" style={{ marginBottom: 6 }}>
          <Select
            aria-label={t('upload:from')}
            value={l.from}
            style={{ width: 130 }}
            onChange={(from) => set(place, { from })}
            options={roles}
          />
          <Select
            aria-label={t('upload:relation')}
            value={l.kind}
            style={{ width: 180 }}
            showSearch={{ optionFilterProp: 'label' }}
            onChange={(kind) => set(place, { kind })}
            options={MAPPED_LINKS.map((k) => ({
              value: k,
              label: t(`links:${k}` as 'links:owns', { defaultValue: k }),
            }))}
          />
          <Select
            aria-label={t('upload:to')}
            value={l.to}
            style={{ width: 130 }}
            onChange={(to) => set(place, { to })}
            options={roles}
          />
          <Button
            type="text"
            danger
            aria-label={t('upload:remove')}
            icon={<DeleteOutlined />}
            onClick={() => change(links.filter((_, i) => i !== place))}
          />
        </div>
      ))}
      <Button
        icon={<PlusOutlined />}
        disabled={mentions.length < 2}
        onClick={() => change([...links, { kind: 'owns', from: mentions[0]!.role, to: mentions[1]!.role }])}
      >
        {t('upload:addLink')}
      </Button>
    </Card>
  );
}
