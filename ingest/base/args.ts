import { InputError } from './errors.ts';

/** `defaults` overlaid with `given`; an option that `defaults` does not name throws.
 *  @param where  name of the public function, for the message
 *  @throws InputError `unknown-option` with every unknown name at once */
export function withDefaults<T extends object>(where: string, defaults: Readonly<T>, given: Partial<T> = {}): T {
  const unknown = Object.keys(given).filter((name) => !Object.hasOwn(defaults, name));
  if (unknown.length > 0) {
    throw new InputError(
      'unknown-option',
      `${where}: unknown option ${unknown.map((n) => `"${n}"`).join(', ')}; known are ${Object.keys(defaults).join(', ')}`,
      { unknown },
    );
  }
  const filled: Record<string, unknown> = { ...defaults };
  for (const [name, value] of Object.entries(given)) if (value !== undefined) filled[name] = value;
  return filled as T;
}
