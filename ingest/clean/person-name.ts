import { type Cleaned, kept, refused } from './cleaned.ts';
import { cleanName } from './name.ts';

/** Whether a person's name is masked: 王*, 王某, 王某某, 王××. A masked name identifies nobody. */
export function isMaskedName(name: string): boolean {
  return /[*＊×xX某○]/.test(name.slice(1));
}

/** A person's name in one writing: NFKC, simplified, no spaces, one kind of middle dot. Digits and Latin beyond a full foreign name are refused. */
export function cleanPersonName(sent: string): Cleaned {
  const name = cleanName(sent);
  if (name.value === null) return name;
  const text = name.value.replace(/[·•・‧∙.]/g, '·');
  if (/\d/.test(text)) return refused('person-name', 'a name with digits');
  if (!/^[\p{L}·' *＊×○-]{2,60}$/u.test(text)) return refused('person-name', 'not 2 to 60 letters');
  return kept(text);
}
