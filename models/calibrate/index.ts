export { calibrate, calibrated, CALIBRATION_NEEDS, logit, type Calibration } from './calibrate.ts';
export type { IsotonicMap } from './isotonic.ts';
export type { BetaMap, PlattMap } from './sigmoid-maps.ts';
export { estimatePrior, shiftPrior, type PriorEstimate } from './prior-shift.ts';
