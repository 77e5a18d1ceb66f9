/** What a set's README says of how it is to be used; a set not named here gets the defaults. */
export interface SetRules {
  /** Split used when none is asked for; null: stratified folds. */
  readonly split: string | null;
  readonly folds: number;
  /** Columns that leak. */
  readonly without: readonly string[];
  readonly time: string | null;
  /** Splits in which test rows are later than training rows. */
  readonly timeSplits: readonly string[];
  /** Whether validation rows may be trained on once settings are chosen. */
  readonly refit: boolean;
  /** Whether label rates may be used at all (not where the label was made from the links). */
  readonly labelRates: boolean;
  /** Links along which nothing may be read but in the outgoing direction. */
  readonly outgoingOnly: boolean;
}

const DEFAULTS: SetRules = {
  split: null,
  folds: 5,
  without: [],
  time: null,
  timeSplits: [],
  refit: true,
  labelRates: true,
  outgoingOnly: false,
};

const SETS: Readonly<Record<string, Partial<SetRules>>> = {
  tolokers: { split: 'official', refit: false },
  reddit: { split: 'gad_full', refit: false },
  smesd: { split: 'clean', without: ['age_months', 'law_last12m', 'law_last36m', 'law_latest_months'] },
  'chicago-food-inspections': { split: 'published', time: 'date', timeSplits: ['published'] },
  's-ffsd': { split: 'gtan', time: 'time', timeSplits: ['time'] },
  'bitcoin-otc': { folds: 10, labelRates: false, outgoingOnly: true },
};

/** Rules of a set by the name of its folder. */
export function rulesOf(name: string): SetRules {
  return { ...DEFAULTS, ...SETS[name] };
}
