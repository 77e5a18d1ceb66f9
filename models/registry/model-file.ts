import { mkdir, readFile, readdir, rename, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ExternalError, InputError, canonicalJson, messageOf, sha256 } from '../../ingest/base/index.ts';
import type { LeadModel } from './lead-model.ts';

/** Id of a model: the first 16 hex of the SHA-256 of everything else in it. */
export function modelId(model: Omit<LeadModel, 'model_id'>): string {
  return `m-${sha256(canonicalJson({ ...model, model_id: undefined })).slice(0, 16)}`;
}

/** A model with its id filled in. */
export function withId(model: Omit<LeadModel, 'model_id'>): LeadModel {
  return { model_id: modelId(model), ...model };
}

/** The text of a model file: canonical JSON and the hash of every byte of it. */
export function textOfModel(model: LeadModel): string {
  const body = canonicalJson(model);
  return `{"sha256":"${sha256(body)}","model":${body}}\n`;
}

/** Reads what {@link textOfModel} wrote; a byte more, less or different is refused.
 *  @param where  file name, for the message
 *  @throws InputError `model-cut-short`, `model-changed`, `model-format` */
export function modelFromText(text: string, where: string): LeadModel {
  let file: { sha256?: unknown; model?: LeadModel };
  try {
    file = JSON.parse(text) as typeof file;
  } catch (cause) {
    throw new InputError(
      'model-cut-short',
      `${where}: ${text.length} characters are not whole JSON (${messageOf(cause)}); fetch the model again or retrain`,
      { where },
    );
  }
  if (file.model?.format !== 'tributary-lead-model-1')
    throw new InputError(
      'model-format',
      `${where}: format is ${JSON.stringify(file.model?.format ?? null)}; expected "tributary-lead-model-1"`,
      { where },
    );
  if (text !== textOfModel(file.model) || file.model.model_id !== modelId(file.model))
    throw new InputError(
      'model-changed',
      `${where}: the content does not match its hash; the file was changed after training, fetch it again or retrain`,
      { where },
    );
  return file.model;
}

/** Writes `<folder>/<model id>.json` and, beside it, the card as HTML and JSON. Whole or not at all: written aside, then renamed.
 *  @returns path of the model file */
export async function saveModel(
  folder: string,
  model: LeadModel,
  card: { readonly html: string; readonly json: string },
): Promise<string> {
  const path = join(folder, `${model.model_id}.json`);
  try {
    await mkdir(folder, { recursive: true });
    await _write(join(folder, `${model.model_id}.card.json`), card.json);
    await _write(join(folder, `${model.model_id}.card.html`), card.html);
    await _write(path, textOfModel(model));
  } catch (cause) {
    throw new ExternalError(
      'model-not-saved',
      `saveModel: cannot write ${path}: ${messageOf(cause)}`,
      { path },
      { cause },
    );
  }
  return path;
}

/** Loads `<folder>/<id>.json`. @throws InputError as {@link modelFromText}, `no-such-model` naming those there are */
export async function loadModel(folder: string, id: string): Promise<LeadModel> {
  const path = join(folder, `${id}.json`);
  if (!/^m-[0-9a-f]{16}$/.test(id) || !existsSync(path)) {
    const there = await listModels(folder);
    throw new InputError(
      'no-such-model',
      `loadModel: no model "${id}" in ${folder}; there are ${there.join(', ') || 'none'}`,
      { id, there },
    );
  }
  return modelFromText(await readFile(path, 'utf8'), path);
}

/** Ids of the models in a folder, in order of name; a folder that is not there holds none. */
export async function listModels(folder: string): Promise<readonly string[]> {
  if (!existsSync(folder)) return [];
  return (await readdir(folder)).flatMap((f) => /^(m-[0-9a-f]{16})\.json$/.exec(f)?.[1] ?? []).sort();
}

async function _write(path: string, text: string): Promise<void> {
  await writeFile(`${path}.part`, text);
  await rename(`${path}.part`, path);
}
