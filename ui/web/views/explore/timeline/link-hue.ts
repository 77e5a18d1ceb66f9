import { PALETTE } from '../../../../state/index.ts';

/** A colour of the palette for a kind of link or event; the same kind always has the same. */
export function linkHue(kind: string): string {
  let hash = 0;
  for (let i = 0; i < kind.length; i++) hash = (hash * 31 + kind.charCodeAt(i)) >>> 0;
  return PALETTE[hash % PALETTE.length]!;
}
