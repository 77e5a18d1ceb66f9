import { type Cleaned, kept, refused } from './cleaned.ts';
import { plain } from './text.ts';

const SHAPE = /^([^〔[(【]+?(?:\([^()]{1,4}\))?[^〔[(【]*)[〔[【(](\d{4})[〕\]】)]第?0*(\d+)号?$/;

/** 行政处罚决定书文号 in one writing: `湖环(吴)罚〔2026〕12号`. Brackets, spaces, full-width digits, 第 and leading zeros vary in the wild. */
export function cleanPenaltyNo(sent: string): Cleaned {
  const text = plain(sent).replaceAll(' ', '').replaceAll('﹝', '〔').replaceAll('﹞', '〕');
  const match = SHAPE.exec(text);
  if (match === null) return refused('penalty-no-shape', `"${sent}" is not like 湖环(吴)罚〔2026〕12号`);
  const year = Number(match[2]);
  if (year < 1980 || year > 2099) return refused('penalty-no-year', `"${sent}" has year ${year}`);
  return kept(`${match[1]}〔${match[2]}〕${match[3]}号`);
}
