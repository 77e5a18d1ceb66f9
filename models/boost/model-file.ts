import { InputError, canonicalJson, messageOf, sha256 } from '../../ingest/base/index.ts';
import type { BoostModel } from './model.ts';

const FORMAT = 'tributary-boost-1';

/** A model as text: its JSON with sorted keys, and the SHA-256 of that. Equal models give equal bytes. */
export function textOfBoost(model: BoostModel): string {
  const body = canonicalJson(model);
  return `{"format":"${FORMAT}","sha256":"${sha256(body)}","model":${body}}\n`;
}

/** Reads what {@link textOfBoost} wrote, and nothing else: any byte more, less or different is refused.
 *  @throws InputError `model-cut-short`, `model-format`, `model-changed` */
export function boostFromText(text: string): BoostModel {
  let file: { format?: unknown; sha256?: unknown; model?: unknown };
  try {
    file = JSON.parse(text) as typeof file;
  } catch (cause) {
    throw new InputError(
      'model-cut-short',
      `boostFromText: ${text.length} characters that end in "${text.slice(-20)}" are not whole JSON (${messageOf(cause)}); fetch the model file again`,
    );
  }
  if (file?.format !== FORMAT) {
    throw new InputError(
      'model-format',
      `boostFromText: format is ${JSON.stringify(file?.format)}; expected "${FORMAT}"`,
    );
  }
  const model = file.model as BoostModel;
  const sum = sha256(canonicalJson(model));
  if (sum !== file.sha256) {
    throw new InputError(
      'model-changed',
      `boostFromText: the model's SHA-256 is ${sum.slice(0, 12)}…, its file says ${String(file.sha256).slice(0, 12)}…; it was changed after it was written`,
    );
  }
  if (textOfBoost(model) !== text) {
    throw new InputError('model-changed', 'boostFromText: bytes around the model were changed after it was written');
  }
  return model;
}
