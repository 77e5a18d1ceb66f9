/** What people decide: judgements, verdicts, cases, messages, accounts, and the log of it all. Nothing below knows that it exists. */
export * from './accounts/index.ts';
export * from './audit/index.ts';
export * from './cases/index.ts';
export * from './codes/index.ts';
export * from './comments/index.ts';
export type { Actor, Desk, DeskEvent } from './desk/index.ts';
export * from './judgements/index.ts';
export * from './leads/index.ts';
export * from './messages/index.ts';
export { type Casework, type CaseworkOptions, openCasework } from './open.ts';
export * from './persons/index.ts';
export * from './views/index.ts';
