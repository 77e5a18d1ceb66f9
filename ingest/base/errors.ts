/** Facts behind an error, for logs and API problem documents; plain JSON values. */
export type Detail = Readonly<Record<string, unknown>>;

/** Base of every error that Tributary throws on purpose. Message form: `where: what, with the value; what to do`. */
export abstract class TributaryError extends Error {
  /** Stable, machine-readable name of the fault, kebab-case. */
  readonly code: string;
  readonly detail: Detail;

  constructor(code: string, message: string, detail: Detail = {}, options?: { cause?: unknown }) {
    super(message, options);
    this.name = new.target.name;
    this.code = code;
    this.detail = detail;
  }
}

/** The caller's data or options are at fault. */
export class InputError extends TributaryError {}

/** The call is right, but cannot be done now (closed, not yet run, no convergence). */
export class StateError extends TributaryError {}

/** A database, file or network failed; keeps `cause`, and the SQL in `detail.sql` where there is one. */
export class ExternalError extends TributaryError {}

/** The text of anything thrown, for a message. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
