import { type Cleaned, kept, refused, remarked } from './cleaned.ts';
import { code } from './text.ts';

/** Highest hazardous-waste category (HW50, spent catalysts). */
const LAST_CATEGORY = 50;

/** 危废代码 `336-064-17`: industry, serial, category; the last two digits are the HW category, and must agree with one written beside it. */
export function cleanWasteCode(sent: string): Cleaned {
  const text = code(sent).replace(/[‐‑‒–—―−]/g, '-');
  const beside = /^HW(\d{2})[-:,(（]?/.exec(text);
  const bare = (beside === null ? text : text.slice(beside[0].length))
    .replace(/[)）]$/, '')
    .replace(/\(?HW\d{2}\)?$/, '');
  const parts = /^(\d{3})-?(\d{3})-?(\d{2})$/.exec(bare);
  if (parts === null) return refused('waste-code-shape', `"${sent}" is not like 336-064-17`);
  const category = Number(parts[3]);
  if (category < 1 || category > LAST_CATEGORY)
    return refused('waste-code-category', `"${sent}": there is no HW${parts[3]}`);
  if (beside !== null && beside[1] !== parts[3])
    return refused('waste-code-category', `"${sent}": HW${beside[1]} beside a code that ends in ${parts[3]}`);
  const clean = `${parts[1]}-${parts[2]}-${parts[3]}`;
  return bare === clean ? kept(clean) : remarked(clean, 'hyphens-added', `"${sent}" read as ${clean}`);
}
