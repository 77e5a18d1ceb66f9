import type { Response } from 'express';
import type { z } from 'zod';
import { ARROW, arrowBytes, tablesOf } from './arrow.ts';

/** Sends what the contract promises, as JSON, or as Arrow where the caller prefers it and the answer has a table (`?table=` names one of several). A value that does not fit it is our fault, not the caller's: it is logged and answered as 500. */
export function answer<T extends z.ZodType>(response: Response, shape: T, value: unknown): void {
  const checked = shape.safeParse(value);
  if (!checked.success) {
    const faults = checked.error.issues.map((i) => `${i.path.join('.')}: ${i.message}`).join('; ');
    throw new Error(`answer: the reply does not fit the contract: ${faults}`);
  }
  const tables = tablesOf(shape);
  if (tables.length > 0) response.vary('accept');
  if (tables.length > 0 && response.req.accepts(['application/json', ARROW]) === ARROW) {
    const { table } = response.req.query;
    const bytes = arrowBytes(shape, checked.data as Record<string, unknown>, typeof table === 'string' ? table : null);
    response.type(ARROW).send(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    return;
  }
  response.json(checked.data);
}
