import type { LinkTestParams } from './neo4j-cypher.ts';
import { edgeFilterOf } from './requests.ts';
import type { LinkFilter, LinkView, NodeView } from './views.ts';

/** Properties as the server gives them: those that are not set are absent. */
export type RawView = Readonly<Record<string, unknown>>;

/** The view of an entity; a property that Neo4j does not hold is null. */
export function nodeViewOf(raw: RawView): NodeView {
  const value = <T>(name: string): T | null => (raw[name] ?? null) as T | null;
  return {
    id: raw['id'] as string,
    kind: raw['kind'] as string,
    label: value<string>('label') ?? (raw['id'] as string),
    mentions: value('mentions'),
    firstKnownAt: value('firstKnownAt'),
    lon: value('lon'),
    lat: value('lat'),
    town: value('town'),
  };
}

/** The view of a link. */
export function linkViewOf(raw: RawView): LinkView {
  const value = <T>(name: string): T | null => (raw[name] ?? null) as T | null;
  return {
    id: raw['id'] as string,
    kind: raw['kind'] as string,
    from: raw['from'] as string,
    to: raw['to'] as string,
    validFrom: value('validFrom'),
    validTo: value('validTo'),
    knownAt: value('knownAt'),
    origin: value('origin'),
    probability: value('probability'),
    weight: value('weight'),
    rowIds: value('rowIds'),
  };
}

/** The parameters of a filter. @throws InputError `bad-moment` */
export function linkParamsOf(where: string, filter: LinkFilter): LinkTestParams {
  const f = edgeFilterOf(where, filter);
  const iso = (ms: number | undefined | null): string | null =>
    ms === undefined || ms === null ? null : new Date(ms).toISOString();
  return {
    linkKinds: f.linkKinds ?? null,
    withoutLinkKinds: f.withoutLinkKinds ?? [],
    asOf: iso(f.asOfMs),
    windowFrom: iso(f.window?.fromMs),
    windowTo: iso(f.window?.toMs),
  };
}
