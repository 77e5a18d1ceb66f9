export {
  LOGISTIC_DEFAULTS,
  predictLogistic,
  trainLogistic,
  type LogisticModel,
  type LogisticOptions,
} from './logistic.ts';
export type { LinearColumn } from './design.ts';
