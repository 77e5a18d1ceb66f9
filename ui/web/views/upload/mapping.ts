import type { Mapping, UploadDraft } from '../../../contract/index.ts';

/** The first proposal of a mapping for a draft: its columns as guessed, and the things that identifying columns give. */
export function firstMapping(draft: UploadDraft): Mapping {
  const columns = draft.columns.map((c) => ({
    header: c.header,
    name: c.name,
    kind: c.kind,
    personal: c.personal,
    required: false,
  }));
  const of = (kind: string): string | undefined => columns.find((c) => c.kind === kind)?.name;
  const time = of('timestamp') ?? of('date') ?? of('month') ?? null;
  const mentions: Mapping['mentions'] = [];
  const plate = of('plate');
  const mmsi = of('mmsi');
  const company = { name: of('company-name'), uscc: of('uscc') };
  if (plate !== undefined) mentions.push({ role: 'vehicle', kind: 'vehicle', fields: { plate } });
  if (mmsi !== undefined) mentions.push({ role: 'ship', kind: 'ship', fields: { mmsi } });
  if (company.name !== undefined || company.uscc !== undefined)
    mentions.push({
      role: 'company',
      kind: 'company',
      fields: {
        ...(company.name === undefined ? {} : { name: company.name }),
        ...(company.uscc === undefined ? {} : { uscc: company.uscc }),
      },
    });
  const key = plate ?? mmsi ?? _mostDistinct(draft);
  const owned = mentions.find((m) => m.role !== 'company');
  const title = draft.fileName.replace(/\.[^.]+(\.gz)?$/i, '');
  return {
    id: idOf(title),
    title: { zh: title, en: title },
    department: '',
    share: 'conditional',
    level: columns.some((c) => c.personal) ? 2 : 1,
    use: '',
    files: draft.fileName,
    columns: columns.map((c) => ({ ...c, required: c.name === key })),
    key: [key],
    eventAt: time,
    knownAt: time,
    knownOn: null,
    mentions,
    links:
      owned !== undefined && mentions.some((m) => m.role === 'company')
        ? [{ kind: 'owns', from: 'company', to: owned.role }]
        : [],
  };
}

/** A source's id from a title: its own letters, else a plain word. */
export function idOf(title: string): string {
  const own = title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[_0-9]+|_+$/g, '')
    .slice(0, 50);
  return own.length < 2 ? 'new_table' : own;
}

/** A mapping without what a change of its columns or roles left hanging. */
export function tidied(mapping: Mapping): Mapping {
  const names = new Set(mapping.columns.filter((c) => c.kind !== 'drop').map((c) => c.name));
  const mentions = mapping.mentions.map((m) => ({
    ...m,
    fields: Object.fromEntries(
      Object.entries(m.fields).filter(([, column]) => column !== undefined && names.has(column)),
    ),
  }));
  const roles = new Set(mentions.map((m) => m.role));
  const kept = (name: string | null): string | null => (name !== null && names.has(name) ? name : null);
  return {
    ...mapping,
    key: mapping.key.filter((k) => names.has(k)),
    eventAt: kept(mapping.eventAt),
    knownAt: kept(mapping.knownAt),
    mentions,
    links: mapping.links.filter((l) => roles.has(l.from) && roles.has(l.to)),
  };
}

/** What is still missing before a preview makes sense, as keys of the texts `upload`. */
export function missingOf(
  mapping: Mapping,
): readonly ('id' | 'titleZh' | 'titleEn' | 'department' | 'key' | 'mentions' | 'knownOn')[] {
  return [
    ...(/^[a-z][a-z0-9_]*$/.test(mapping.id) ? [] : (['id'] as const)),
    ...(mapping.title.zh.trim() === '' ? (['titleZh'] as const) : []),
    ...(mapping.title.en.trim() === '' ? (['titleEn'] as const) : []),
    ...(mapping.department.trim() === '' ? (['department'] as const) : []),
    ...(mapping.key.length === 0 ? (['key'] as const) : []),
    ...(mapping.knownAt === null && mapping.knownOn === null ? (['knownOn'] as const) : []),
    ...(mapping.mentions.some((m) => Object.keys(m.fields).length > 0) ? [] : (['mentions'] as const)),
  ];
}

function _mostDistinct(draft: UploadDraft): string {
  return draft.columns.toSorted((a, b) => b.distinct - a.distinct)[0]?.name ?? '';
}
