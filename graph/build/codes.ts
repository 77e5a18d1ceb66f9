import { InputError } from '../../ingest/base/index.ts';

/** Hands out a code for each text, in order of appearance; a missing text is `''`. */
export interface Codes {
  readonly names: string[];
  codeOf(name: string | null): number;
}

/** @param most  codes that fit the array they go to  @throws InputError `too-many-kinds` past it */
export function codesUpTo(most: number, what: string): Codes {
  const names: string[] = [];
  const codes = new Map<string, number>();
  const codeOf = (name: string | null): number => {
    const key = name ?? '';
    const known = codes.get(key);
    if (known !== undefined) return known;
    if (names.length === most) {
      throw new InputError(
        'too-many-kinds',
        `${what}: "${key}" is kind number ${most + 1}; at most ${most} kinds fit, so put fine distinctions in a property`,
        { what, most },
      );
    }
    codes.set(key, names.length);
    names.push(key);
    return names.length - 1;
  };
  return { names, codeOf };
}

/** Kinds of nodes that fit a byte. */
export const MOST_NODE_KINDS = 256;
/** Kinds of links that fit two bytes. */
export const MOST_LINK_KINDS = 65_536;
