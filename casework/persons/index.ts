/** Person-level data: masked, unlocked by two officers for one lead, every read logged. */
export { maskedValue } from './mask.ts';
export { BURST_READS, logPersonRead } from './person-reads.ts';
export {
  type Unlock,
  type UnlockState,
  accountsWith,
  askUnlock,
  decideUnlock,
  listUnlocks,
  unlockedUntil,
} from './unlocks.ts';
