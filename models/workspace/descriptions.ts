import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { InputError } from '../../ingest/base/index.ts';
import type { SourceDescription } from '../../ingest/schema/index.ts';
import { descriptionsFromYaml, districtSources } from '../../ingest/sources/index.ts';
import type { WorkspacePaths } from './paths.ts';
import type { Settings } from './settings.ts';

/** The source descriptions that a workspace works with: the twenty built-in tables, or the YAML files its settings name (`*` in the file name allowed);
 *  and whatever lies in its own `sources/` folder, where the page saves what people map.
 *  @throws InputError `no-descriptions` when a named file is absent, `same-source-twice` when two describe one id */
export function descriptionsOf(paths: WorkspacePaths, settings: Settings): SourceDescription[] {
  const builtIn = settings.sources === 'district' ? districtSources({ precursor: settings.precursor }) : [];
  const named = settings.sources === 'district' ? [] : settings.sources.flatMap((pattern) => _matching(paths.root, pattern));
  const files = [...new Set([...named, ..._own(paths)])];
  const all = [...builtIn, ...files.flatMap((file) => descriptionsFromYaml(readFileSync(file, 'utf8'), file))];
  const twice = all.map((d) => d.id).filter((id, i, ids) => ids.indexOf(id) !== i);
  if (twice.length > 0) throw new InputError('same-source-twice', `descriptionsOf: ${twice.join(', ')} described more than once in ${files.join(', ')}; keep one`, { twice });
  return all;
}

function _own(paths: WorkspacePaths): string[] {
  if (!existsSync(paths.sources)) return [];
  return readdirSync(paths.sources).filter((f) => /\.ya?ml$/.test(f)).sort().map((f) => join(paths.sources, f));
}

function _matching(root: string, pattern: string): string[] {
  const path = resolve(root, pattern);
  const name = basename(path);
  if (!name.includes('*')) {
    if (!existsSync(path)) throw new InputError('no-descriptions', `descriptionsOf: ${path} is not there; sources in tributary.yaml names it`, { path });
    return [path];
  }
  const [before = '', after = ''] = name.split('*');
  const found = existsSync(dirname(path)) ? readdirSync(dirname(path)).filter((f) => f.startsWith(before) && f.endsWith(after)).sort() : [];
  if (found.length === 0) throw new InputError('no-descriptions', `descriptionsOf: nothing matches ${path}; sources in tributary.yaml names it`, { path });
  return found.map((f) => join(dirname(path), f));
}
