import { type Cleaned, kept, refused } from './cleaned.ts';
import { code } from './text.ts';

/** 危险废物转移联单编号: year, province, prefecture of origin, six-digit serial; 14 digits. @source 危险废物转移管理办法 2021 Art. 15 */
export function cleanManifestNo(sent: string): Cleaned {
  const text = code(sent).replaceAll('-', '');
  if (!/^\d{14}$/.test(text)) return refused('manifest-shape', `"${sent}" is not 14 digits`);
  const year = Number(text.slice(0, 4));
  if (year < 2000 || year > 2099) return refused('manifest-year', `"${sent}" begins with year ${year}`);
  const province = Number(text.slice(4, 6));
  if (province < 11 || province > 82)
    return refused('manifest-region', `"${sent}" has no province ${text.slice(4, 6)}`);
  return kept(text);
}
