import { totalmem } from 'node:os';

/** Most memory that the engine takes when nobody says how much. */
const MOST_MB = 6144;

/** Memory limit of the engine where none is stated: half of what this machine or container has, at most 6 GB; the other half is for the process itself.
 *  @param memoryBytes  memory there is  @returns DuckDB's spelling, e.g. `'6144MB'` */
export function memoryLimitFor(memoryBytes: number): string {
  return `${Math.max(256, Math.min(MOST_MB, Math.floor(memoryBytes / 2 / 2 ** 20)))}MB`;
}

/** Memory of this machine, or of the container that holds the process where that is less; bytes. */
export function memoryHere(): number {
  const contained = process.constrainedMemory?.() ?? 0;
  return contained > 0 ? Math.min(contained, totalmem()) : totalmem();
}
