import { InputError } from '../../ingest/base/index.ts';
import type { Bilingual } from '../../ingest/schema/index.ts';
import type { Graph } from '../csr.ts';
import type { Pattern, PatternAbsence, PatternLink } from './pattern.ts';
import { pluralOf, wordsOf } from './schema-words.ts';

/** What is joined to what, as it is in a graph: the words that a search may use. */
export interface GraphSchema {
  readonly nodeKinds: readonly string[];
  readonly linkKinds: readonly string[];
  /** Most frequent first, then by name. */
  readonly triples: readonly SchemaTriple[];
}

export interface SchemaTriple {
  readonly from: string;
  readonly link: string;
  readonly to: string;
  readonly count: number;
}

/** The schema that a graph shows. O(m). */
export function graphSchema(graph: Graph): GraphSchema {
  const counts = new Map<number, number>();
  const [nodeKinds, linkKinds] = [graph.nodeKinds.length, graph.linkKinds.length];
  for (let e = 0; e < graph.edgeCount; e++) {
    const [a, b] = [graph.nodeKind[graph.source[e]!]!, graph.nodeKind[graph.out.ends[e]!]!];
    const key = (a * linkKinds + graph.kind[e]!) * nodeKinds + b;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const triples = [...counts].map(([key, count]): SchemaTriple => {
    const rest = Math.floor(key / nodeKinds);
    return {
      from: graph.nodeKinds[Math.floor(rest / linkKinds)]!,
      link: graph.linkKinds[rest % linkKinds]!,
      to: graph.nodeKinds[key % nodeKinds]!,
      count,
    };
  });
  const name = (t: SchemaTriple): string => JSON.stringify([t.from, t.link, t.to]);
  triples.sort((a, b) => b.count - a.count || (name(a) < name(b) ? -1 : 1));
  return { nodeKinds: graph.nodeKinds, linkKinds: graph.linkKinds, triples };
}

/** A pattern that some words may mean, and how to say it back. */
export interface Suggestion {
  readonly text: Bilingual;
  readonly pattern: Pattern;
}

/** Patterns that words of the schema may mean, likeliest first: `companies with manifest to site without permit`, `vehicle stopped at site`, `有联单的企业`. Kinds are joined in the
 *  order named, by the links that the graph has between them (the frequent first); after `without`, `no`, `无` or `没有` a kind must not be there.
 *  Words that name nothing are passed over.
 *  @throws InputError `no-such-words` when no word names a kind, or when kinds are named that no link joins */
export function suggestPatterns(words: string, schema: GraphSchema, most = 5): Suggestion[] {
  const said = _itemsOf(words, schema);
  const wanted = said.filter((item) => !item.absent && item.what === 'node');
  if (wanted.length === 0) {
    const names = schema.nodeKinds.map((kind) => `${wordsOf('node', kind)[0]} ${wordsOf('node', kind)[1]}`).join(', ');
    throw new InputError('no-such-words', `suggestPatterns: "${words}" names nothing; this graph has ${names}`, {
      words,
    });
  }
  let drafts: Draft[] = [{ nodes: [wanted[0]!.kind], links: [], absences: [] }];
  let via: string | null = null;
  let first = true;
  for (const item of said) {
    if (item.what === 'link') via = item.kind;
    else if (item.absent) drafts = drafts.flatMap((draft) => _without(draft, item.kind, via, schema));
    else if (first) first = false;
    else drafts = drafts.flatMap((draft) => _joined(draft, item.kind, via, schema));
    if (item.what === 'node') via = null;
  }
  if (drafts.length === 0)
    throw new InputError(
      'no-such-words',
      `suggestPatterns: "${words}": this graph has no link between the kinds named, in that order; name what lies between them`,
      { words },
    );
  return drafts.slice(0, most).map(_suggestion);
}

interface Item {
  readonly what: 'node' | 'link';
  readonly kind: string;
  readonly absent: boolean;
}

interface Draft {
  readonly nodes: readonly string[];
  /** `turned`: the link points back at the node before. */
  readonly links: readonly { readonly kind: string; readonly turned: boolean }[];
  readonly absences: readonly {
    readonly node: number;
    readonly kind: string;
    readonly link: string;
    readonly direction: 'out' | 'in';
  }[];
}

/** Kinds in the order named, each the longest word that fits where it stands. */
function _itemsOf(words: string, schema: GraphSchema): Item[] {
  const text = words.normalize('NFKC').toLowerCase();
  const names = _names(schema);
  const items: Item[] = [];
  let absent = false;
  for (let at = 0; at < text.length;) {
    const no = /^(without|with no|no|lacking|没有|无|未)(?![a-z])/.exec(text.slice(at));
    if (no !== null && _atWord(text, at)) {
      absent = true;
      at += no[0].length;
      continue;
    }
    const found = _atWord(text, at)
      ? names.find(({ word }) => text.startsWith(word, at) && _endsWord(text, at + word.length))
      : undefined;
    if (found === undefined) at++;
    else {
      items.push({ what: found.what, kind: found.kind, absent });
      if (found.what === 'node') absent = false;
      at += found.word.length;
    }
  }
  return items;
}

const _isLatin = (char: string | undefined): boolean => char !== undefined && /[a-z0-9]/.test(char);

function _atWord(text: string, at: number): boolean {
  return !(_isLatin(text[at]) && _isLatin(text[at - 1]));
}

function _endsWord(text: string, at: number): boolean {
  return !(_isLatin(text[at]) && _isLatin(text[at - 1]));
}

/** Every word of the schema, longest first. */
function _names(schema: GraphSchema): { word: string; what: 'node' | 'link'; kind: string }[] {
  const of = (what: 'node' | 'link', kinds: readonly string[]) =>
    kinds.flatMap((kind) =>
      wordsOf(what, kind)
        .flatMap((word) => (what === 'node' ? [word, pluralOf(word)] : [word]))
        .map((word) => ({ word, what, kind })),
    );
  const all = [...of('link', schema.linkKinds), ...of('node', schema.nodeKinds)].filter(({ word }) => word !== '');
  return all.sort((a, b) => b.word.length - a.word.length);
}

/** The draft with one more node, in each way that the graph joins it to the last; with the words `to` or a link named, only so. */
function _joined(draft: Draft, kind: string, via: string | null, schema: GraphSchema): Draft[] {
  const last = draft.nodes.at(-1)!;
  return schema.triples.flatMap((t): Draft[] => {
    if (via !== null && t.link !== via) return [];
    const ways: Draft[] = [];
    const grow = (turned: boolean): void => {
      ways.push({ ...draft, nodes: [...draft.nodes, kind], links: [...draft.links, { kind: t.link, turned }] });
    };
    if (t.from === last && t.to === kind) grow(false);
    if (t.to === last && t.from === kind && !(t.from === last && t.to === kind)) grow(true);
    return ways;
  });
}

/** The draft with an absence, at the last node that may have such a link, then at those before it. */
function _without(draft: Draft, kind: string, via: string | null, schema: GraphSchema): Draft[] {
  const ways: Draft[] = [];
  for (let node = draft.nodes.length - 1; node >= 0; node--) {
    const own = draft.nodes[node]!;
    for (const t of schema.triples) {
      if (via !== null && t.link !== via) continue;
      const direction = t.from === own && t.to === kind ? 'out' : t.to === own && t.from === kind ? 'in' : null;
      if (direction === null) continue;
      ways.push({ ...draft, absences: [...draft.absences, { node, kind, link: t.link, direction }] });
    }
  }
  return ways;
}

function _suggestion(draft: Draft): Suggestion {
  const names = draft.nodes.map((kind, i) => `${kind.replaceAll(/[^A-Za-z0-9]/g, '') || 'node'}${i + 1}`);
  const links = draft.links.map(({ kind, turned }, i): PatternLink => {
    const [from, to] = turned ? [names[i + 1]!, names[i]!] : [names[i]!, names[i + 1]!];
    return { name: `link${i + 1}`, from, to, direction: 'out', kinds: [kind] };
  });
  const absences = draft.absences.map(({ node, kind, link, direction }): PatternAbsence => ({
    node: names[node]!,
    direction,
    kinds: [link],
    nodeKinds: [kind],
  }));
  const pattern: Pattern = {
    version: 1,
    nodes: names.map((name, i) => ({ name, kinds: [draft.nodes[i]!] })),
    links,
    ...(absences.length === 0 ? {} : { absences }),
  };
  return { text: { en: _said(draft, 0), zh: _said(draft, 1) }, pattern };
}

/** The draft in words; `language` is the place of the word in `wordsOf`. */
function _said(draft: Draft, language: 0 | 1): string {
  const arrow = (kind: string, turned: boolean): string => {
    const word = wordsOf('link', kind)[language]!;
    return turned ? ` ←${word}— ` : ` —${word}→ `;
  };
  return draft.nodes
    .map((kind, i) => {
      const lacks = draft.absences
        .filter((a) => a.node === i)
        .map((a) =>
          language === 0 ? ` without ${wordsOf('node', a.kind)[0]}` : `（无${wordsOf('node', a.kind)[1]}）`,
        );
      const link = draft.links[i - 1];
      return `${link === undefined ? '' : arrow(link.kind, link.turned)}${wordsOf('node', kind)[language]}${lacks.join('')}`;
    })
    .join('');
}
