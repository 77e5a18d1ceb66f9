import { type Cleaned, kept, refused } from './cleaned.ts';
import { plain } from './text.ts';

/** 行业代码 (GB/T 4754): two to four digits; a section letter before and a title after are dropped. The edition is the source's to say. */
export function cleanIndustryCode(sent: string): Cleaned {
  const match = /^([A-Ta-t])?(\d{2,4})(?![\d.])/.exec(plain(sent).replaceAll(' ', ''));
  if (match === null) return refused('industry-shape', `"${sent}" does not begin with a GB/T 4754 code`);
  const division = Number(match[2]!.slice(0, 2));
  if (division < 1 || division > 97)
    return refused('industry-division', `"${sent}": there is no division ${match[2]!.slice(0, 2)}`);
  return kept(match[2]!);
}
