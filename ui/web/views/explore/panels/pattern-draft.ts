import type { PatternBody } from '../../../../contract/index.ts';

export interface DraftNode {
  readonly name: string;
  readonly kinds: readonly string[];
  readonly contains: string;
}

export interface DraftLink {
  readonly name: string;
  readonly from: string;
  readonly to: string;
  readonly kinds: readonly string[];
  /** Day in China time; null = whenever. */
  readonly since: string | null;
}

/** A pattern while it is being built. Saved ones keep this form, so that a date can be another one next time. */
export interface Draft {
  readonly nodes: readonly DraftNode[];
  readonly links: readonly DraftLink[];
  /** The second link begins at most so many hours after the first; null = no matter. */
  readonly withinHours: number | null;
}

/** A vehicle that stopped at two places. */
export const EMPTY_DRAFT: Draft = {
  nodes: [
    { name: 'n1', kinds: ['vehicle'], contains: '' },
    { name: 'n2', kinds: ['site'], contains: '' },
  ],
  links: [{ name: 'l1', from: 'n1', to: 'n2', kinds: ['stopped_at'], since: null }],
  withinHours: null,
};

/** The pattern tree that the graph compiles. */
export function patternOf({ nodes, links, withinHours }: Draft): PatternBody {
  return {
    version: 1,
    nodes: nodes.map(({ name, kinds, contains }) => ({
      name,
      ...(kinds.length === 0 ? {} : { kinds: [...kinds] }),
      ...(contains === '' ? {} : { tests: [{ property: 'label', operator: 'contains' as const, value: contains }] }),
    })),
    links: links.map(({ name, from, to, kinds, since }) => ({
      name,
      from,
      to,
      direction: 'out' as const,
      ...(kinds.length === 0 ? {} : { kinds: [...kinds] }),
      ...(since === null
        ? {}
        : { tests: [{ property: 'validFrom', operator: '>=' as const, value: `${since}T00:00:00+08:00` }] }),
    })),
    ...(withinHours === null || links.length < 2
      ? {}
      : { times: [{ first: links[0]!.name, second: links[1]!.name, withinHours }] }),
  };
}
