/** Finds the node of an id; −1 = there is none. */
export type NodeFinder = (id: string) => number;

/** A lookup over `ids`: binary search where they are in code-point order (as the database hands them out: no memory, O(log n)),
 *  otherwise a map (about 60 bytes a node). Of equal ids the first counts. */
export function nodeFinder(ids: readonly string[]): NodeFinder {
  return _isSorted(ids) ? (id) => _search(ids, id) : _mapFinder(ids);
}

/** Order by Unicode code point: DuckDB's order of texts. (JavaScript's `<` puts U+10000 and above before U+E000.) */
export function compareCodePoints(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x !== y) return _rank(x) - _rank(y);
  }
  return a.length - b.length;
}

/** Surrogates stand for code points above every other unit. */
function _rank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}

function _isSorted(ids: readonly string[]): boolean {
  for (let i = 1; i < ids.length; i++) if (compareCodePoints(ids[i - 1]!, ids[i]!) >= 0) return false;
  return true;
}

function _search(ids: readonly string[], id: string): number {
  let low = 0;
  let high = ids.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compareCodePoints(ids[middle]!, id) < 0) low = middle + 1;
    else high = middle;
  }
  return low < ids.length && ids[low] === id ? low : -1;
}

function _mapFinder(ids: readonly string[]): NodeFinder {
  const map = new Map<string, number>();
  ids.forEach((id, node) => {
    if (!map.has(id)) map.set(id, node);
  });
  return (id) => map.get(id) ?? -1;
}
