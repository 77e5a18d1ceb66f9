import { LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import type { SourceDescription } from '../schema/index.ts';
import { badDescription, doubledIds } from './binding.ts';
import { type Fault, faultsOf } from './faults.ts';
import { SOURCES_SHAPE } from './shape.ts';

/** Descriptions from a YAML text of the form `sources: [ … ]`, each of the shape of `SourceDescription`. Expressions are bound later,
 *  by `checkDescriptions`, when a database is at hand.
 *  @param where  name of the file, for messages
 *  @throws InputError `bad-description` with every fault at once: its line and column when the text is not YAML, else its path */
export function descriptionsFromYaml(text: string, where: string): SourceDescription[] {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, strict: true, uniqueKeys: true });
  if (document.errors.length > 0) {
    const faults = document.errors.map((e) => {
      const { line, col } = lines.linePos(e.pos[0]);
      return { path: `line ${line}, column ${col}`, message: e.message.split('\n')[0] ?? e.code };
    });
    throw badDescription(`descriptionsFromYaml: ${where} is not YAML`, faults);
  }
  const shaped = SOURCES_SHAPE.safeParse(document.toJS({ maxAliasCount: 100 }));
  if (!shaped.success) throw badDescription(`descriptionsFromYaml: ${where}`, _shapeFaults(shaped.error));
  const descriptions = shaped.data.sources as SourceDescription[];
  const faults = [...doubledIds(descriptions), ...descriptions.flatMap((d, i) => faultsOf(d, `sources[${i}]`))];
  if (faults.length > 0) throw badDescription(`descriptionsFromYaml: ${where}`, faults);
  return descriptions;
}

/** JSON schema of a YAML file of descriptions, for editors that complete and check it (`# yaml-language-server: $schema=…`). */
export function descriptionsJsonSchema(): Record<string, unknown> {
  return z.toJSONSchema(SOURCES_SHAPE, { io: 'input' }) as Record<string, unknown>;
}

function _shapeFaults(error: z.ZodError): Fault[] {
  return error.issues.map((issue) => ({ path: _pathText(issue.path), message: issue.message }));
}

function _pathText(path: readonly PropertyKey[]): string {
  const text = path.map((p) => (typeof p === 'number' ? `[${p}]` : `.${String(p)}`)).join('');
  return text === '' ? '(whole file)' : text.replace(/^\./, '');
}
