/** Accounts, passwords, sessions, purposes and grants. */
export type { Account } from './account.ts';
export {
  type AccountChange,
  type NewAccount,
  accountNamed,
  addAccount,
  changeAccount,
  firstAccount,
  listAccounts,
} from './accounts.ts';
export { type Grant, addGrant, listGrants, revokeGrant } from './grants.ts';
export { newPassword } from './password.ts';
export { type Access, type Principal, principalAt, principalOf, readAccess } from './principal.ts';
export { type NewPurpose, type Purpose, endPurpose, statePurpose } from './purposes.ts';
export {
  type SessionData,
  endSession,
  extendSession,
  installationSecret,
  readSession,
  sessionHash,
  sweepSessions,
  writeSession,
} from './sessions.ts';
export { changeOwnPassword, signIn } from './sign-in.ts';
