export { linkSummary, type LinkSummary } from './link-values.ts';
export { neighboursOf, type Direction, type Neighbours, type Network, type Relation } from './network.ts';
export { carriedRate, directRate, foldsOf, outOfFold, sharedRate, type KnownLabels } from './outcome-rates.ts';
export { pastAtShared, type PastAtShared } from './past.ts';
export { degrees, neighbourMean, neighbourSpread, type NodeValues } from './spread.ts';
export { composedRelations } from './compose.ts';
export { nearestRate } from './nearest.ts';
export { returns } from './returns.ts';
export { parallelLinks, partOf, rarity } from './unusual.ts';
