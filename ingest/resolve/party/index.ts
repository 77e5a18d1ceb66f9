export { partyComparisons } from './party-comparisons.ts';
export { partyColumns, isPartyTable, type PartyColumns } from './party-columns.ts';
