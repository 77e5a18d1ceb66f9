import { InputError } from '../../ingest/base/index.ts';
import { LAW_MATTERS, TYPOLOGY_MATTERS } from './matters.ts';
import { CODE_FROM, type LawMatter, type LawVersion } from './references.ts';

/** A reference that a report can print. */
export interface LawReference extends LawVersion {
  readonly matter: string;
  readonly zh: string;
  readonly en: string;
  readonly kind: LawMatter['kind'];
}

export interface LawChoice {
  readonly typology: string;
  /** Local date of the conduct. */
  readonly conduct: string;
  /** The versions in force on that date. */
  readonly references: readonly LawReference[];
  /** Later versions that would govern only if they are lighter. */
  readonly laterVersions: readonly LawReference[];
  readonly notes: readonly { readonly zh: string; readonly en: string }[];
}

/** The law that conduct of a typology may touch: by date of *conduct*, not of finding; later versions apart, with the lighter-new-law rule said.
 *  @param conductAt  local date `YYYY-MM-DD`, or a UTC moment that is turned into China's date
 *  @throws InputError `no-such-typology`, `bad-date` */
export function lawFor(typology: string, conductAt: string): LawChoice {
  const matters = TYPOLOGY_MATTERS[typology];
  if (matters === undefined)
    throw new InputError(
      'no-such-typology',
      `lawFor: no typology "${typology}"; known are ${Object.keys(TYPOLOGY_MATTERS).join(', ')}`,
      {
        typology,
      },
    );
  const conduct = conductDate('lawFor', conductAt);
  const all = matters.flatMap((id) => {
    const matter = LAW_MATTERS.find((m) => m.id === id)!;
    return matter.versions.map((v): LawReference => ({
      ...v,
      matter: id,
      zh: matter.zh,
      en: matter.en,
      kind: matter.kind,
    }));
  });
  const references = all.filter((r) => r.validFrom <= conduct && (r.validTo === null || conduct <= r.validTo));
  const laterVersions = all.filter((r) => r.validFrom > conduct);
  return { typology, conduct, references, laterVersions, notes: _notes(conduct, laterVersions, references) };
}

/** A conduct date as China's date. @throws InputError `bad-date` */
export function conductDate(where: string, at: string): string {
  if (/^\d{4}-\d{2}-\d{2}$/.test(at) && !Number.isNaN(Date.parse(at))) return at;
  const ms = Date.parse(at);
  if (!at.includes('T') || Number.isNaN(ms))
    throw new InputError('bad-date', `${where}: "${at}" is not a date; pass YYYY-MM-DD (local) or an ISO 8601 moment`, {
      at,
    });
  return new Date(ms + 8 * 3_600_000).toISOString().slice(0, 10);
}

function _notes(conduct: string, later: readonly LawReference[], now: readonly LawReference[]) {
  const notes: { zh: string; en: string }[] = [];
  if (later.some((r) => r.validFrom === CODE_FROM))
    notes.push({
      zh: `行为发生于 ${conduct}，早于 ${CODE_FROM}：适用旧法；法典处罚较轻的从轻（从旧兼从轻，法典第 1057 条）`,
      en: `conduct on ${conduct} is before ${CODE_FROM}: the old law applies, unless the Code is lighter (Code, art. 1057)`,
    });
  if (later.some((r) => r.law === '法释〔2023〕7号'))
    notes.push({
      zh: '行为早于 2023-08-15：新旧司法解释结果并列，请法制人员选择',
      en: 'conduct before 2023-08-15: results under both interpretations are shown; a lawyer must choose',
    });
  if (now.some((r) => r.articles.length === 0))
    notes.push({ zh: '法典对应条文未核', en: 'the article of the Code was not checked' });
  return notes;
}
