import type { GraphLink, GraphNode } from '../contract/index.ts';
import type { Arrow, Filter, FoldLevel, Group, Investigation, Note, Place, StyleRule } from './investigation.ts';

/** Everything that can be done to an investigation; each is one step back. */
export type Action =
  | {
      /** Entities and links come in; `near` is where the new ones are set down. */
      readonly do: 'load';
      readonly nodes: readonly GraphNode[];
      readonly links: readonly GraphLink[];
      readonly origin: string;
      readonly near: string | null;
      /** Places worked out for them; absent = beside `near`. */
      readonly places?: Readonly<Record<string, Place>>;
    }
  | {
      /** One ranked page of a node's neighbours; `shown` counts those of all pages so far. */
      readonly do: 'expand';
      readonly node: string;
      readonly nodes: readonly GraphNode[];
      readonly links: readonly GraphLink[];
      readonly shown: number;
      readonly places?: Readonly<Record<string, Place>>;
    }
  /** Takes back what expanding this node brought, and nothing that anything else brought. */
  | { readonly do: 'collapse'; readonly node: string }
  | { readonly do: 'remove'; readonly nodes: readonly string[] }
  | { readonly do: 'place'; readonly places: Readonly<Record<string, Place>>; readonly layout: string | null }
  | { readonly do: 'pin'; readonly nodes: readonly string[]; readonly pinned: boolean }
  | { readonly do: 'select'; readonly nodes: readonly string[] }
  | { readonly do: 'highlight'; readonly nodes: readonly string[]; readonly on: boolean }
  | { readonly do: 'filter'; readonly change: Partial<Filter> }
  | { readonly do: 'group'; readonly group: Group }
  | { readonly do: 'ungroup'; readonly group: string }
  | { readonly do: 'fold-group'; readonly group: string; readonly folded: boolean }
  | { readonly do: 'fold'; readonly level: FoldLevel }
  | { readonly do: 'rules'; readonly rules: readonly StyleRule[] }
  | { readonly do: 'measure'; readonly measure: string; readonly values: Readonly<Record<string, number>> | null }
  | { readonly do: 'note'; readonly note: Note }
  | { readonly do: 'remove-note'; readonly note: string }
  | { readonly do: 'arrow'; readonly arrow: Arrow }
  | { readonly do: 'remove-arrow'; readonly arrow: string }
  /** Another state in its place: an import, a version, a union. */
  | { readonly do: 'replace'; readonly with: Investigation };
