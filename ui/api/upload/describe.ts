import { stringify } from 'yaml';
import type { FormatDescription, SourceDescription } from '../../../ingest/schema/index.ts';
import type { Mapping } from '../../contract/index.ts';

/** How a file of this name is read; a CSV's encoding and delimiter are found out when it is read. */
export function formatOf(fileName: string): FormatDescription | null {
  const name = fileName.toLowerCase();
  if (/\.(csv|tsv|txt)$/.test(name)) return { kind: 'csv' };
  if (name.endsWith('.csv.gz')) return { kind: 'csv', gzip: true };
  if (name.endsWith('.xlsx')) return { kind: 'xlsx' };
  if (/\.(jsonl|ndjson)$/.test(name)) return { kind: 'jsonl' };
  if (name.endsWith('.parquet')) return { kind: 'parquet' };
  return name.endsWith('.geojson') ? { kind: 'geojson' } : null;
}

/** The description that a mapping means: the very shape of the YAML that ingest reads. */
export function descriptionOf(mapping: Mapping, format: FormatDescription): SourceDescription {
  const hasPlace = mapping.columns.some((c) => c.kind === 'lon') && mapping.columns.some((c) => c.kind === 'lat');
  const knownAt =
    _moment(mapping, mapping.knownAt, 'end') ?? `timestamp '${mapping.knownOn ?? '1970-01-01'}' + interval 16 hour`;
  return {
    id: mapping.id,
    title: mapping.title,
    department: mapping.department,
    share: mapping.share,
    level: mapping.level,
    ...(mapping.use === '' ? {} : { use: mapping.use }),
    files: [mapping.files],
    format,
    columns: mapping.columns.map((c) => ({
      name: c.name,
      header: c.header,
      kind: c.kind,
      ...(c.required ? { required: true } : {}),
      ...(c.personal ? { personal: true } : {}),
    })),
    key: mapping.key,
    eventAt: _moment(mapping, mapping.eventAt, 'start') ?? knownAt,
    knownAt,
    ...(hasPlace ? { datum: 'infer' as const } : {}),
    mentions: mapping.mentions.map((m) => ({ role: m.role, kind: m.kind, fields: m.fields as Record<string, string> })),
    links: mapping.links,
    events: [],
    outcomes: [],
  };
}

/** The YAML of a description, with a line that says where it came from. */
export function yamlOf(description: SourceDescription): string {
  return `# Mapped on the page from ${description.files.join(', ')}.\n${stringify({ sources: [description] }, { lineWidth: 120 })}`;
}

/** A date happens at its start and is known at its end, in China; a month likewise; a moment is itself. */
function _moment(mapping: Mapping, name: string | null, side: 'start' | 'end'): string | null {
  if (name === null) return null;
  const kind = mapping.columns.find((c) => c.name === name)?.kind;
  const at = `"${name}"::timestamp`;
  if (kind === 'timestamp') return at;
  if (side === 'start') return `${at} - interval 8 hour`;
  return kind === 'month' ? `${at} + interval 1 month - interval 8 hour` : `${at} + interval 16 hour`;
}
