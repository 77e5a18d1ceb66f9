/** One numbered change of the tables. Once released it is never edited: a later change is a new number. */
export interface Migration {
  readonly no: number;
  readonly name: string;
  readonly statements: readonly string[];
}
