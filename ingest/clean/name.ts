import { type Cleaned, kept, refused, remarked } from './cleaned.ts';
import { repairedMojibake } from './mojibake.ts';
import { simplified } from './simplified.ts';
import { isUndecodable, plain, tidy } from './text.ts';

const HAN = '[\\u3007\\u3400-\\u9FFF\\uF900-\\uFAFF]|[\\uD840-\\uD888][\\uDC00-\\uDFFF]';
const SPACE_BESIDE_HAN = new RegExp(`(?<=${HAN}) | (?=${HAN})`, 'g');

/** A name of a firm, site, ship or place, comparable: NFKC, simplified characters, no space beside a Han character, one kind of bracket.
 *  Text that an earlier system decoded wrongly is repaired when it can be read back whole, else refused. */
export function cleanName(sent: string): Cleaned {
  if (isUndecodable(sent))
    return refused('undecodable', `"${sent}" was damaged by a wrong encoding before it came here`);
  const repaired = repairedMojibake(tidy(sent)); // before NFKC, which would change the damaged characters
  const text = _normal(sent);
  if (repaired !== null) return remarked(_normal(repaired), 'mojibake-repaired', `"${sent}" read as ${repaired}`);
  if (!/[\p{L}\p{N}]/u.test(text)) return refused('no-letters', `"${sent}" has neither letters nor digits`);
  return kept(text);
}

function _normal(text: string): string {
  return simplified(plain(text))
    .replace(SPACE_BESIDE_HAN, '')
    .replace(/[【〔[]/g, '(')
    .replace(/[】〕\]]/g, ')');
}
