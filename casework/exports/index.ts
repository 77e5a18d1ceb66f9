/** What people decided, as input files of the next run. */
export { exportDecisions } from './exports.ts';
