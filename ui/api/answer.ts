import type { Response } from 'express';
import type { z } from 'zod';

/** Sends what the contract promises. A value that does not fit it is our fault, not the caller's: it is logged and answered as 500. */
export function answer<T extends z.ZodType>(response: Response, shape: T, value: unknown): void {
  const checked = shape.safeParse(value);
  if (!checked.success) {
    const faults = checked.error.issues.map((i) => `${i.path.join('.')}: ${i.message}`).join('; ');
    throw new Error(`answer: the reply does not fit the contract: ${faults}`);
  }
  response.json(checked.data);
}
