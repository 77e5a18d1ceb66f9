import { z } from 'zod';
import { LEGAL_BASES, PURPOSE_MAX_MINUTES, RIGHTS, ROLES } from '../../casework/codes/index.ts';

export {
  LEGAL_BASES,
  PURPOSE_MAX_MINUTES,
  RIGHTS,
  RIGHT_TEXTS,
  ROLES,
  ROLE_RIGHTS,
  rightsOf,
  type LegalBasis,
  type Right,
  type Role,
} from '../../casework/codes/index.ts';

/** Accounts, sessions, purposes, unlocks, grants, audit. */

export const role = z.enum(ROLES).meta({ id: 'Role' });
export const right = z.enum(RIGHTS).meta({ id: 'Right' });

const name = z
  .string()
  .regex(/^[a-z][a-z0-9._-]{1,39}$/, 'lower-case letters, digits, dot, dash, underscore; begins with a letter; 2 to 40')
  .describe('what one types to sign in');
const password = z.string().min(10, 'at least 10 characters').max(200);
const note = z.string().max(2000);

export const account = z
  .object({
    accountId: z.string(),
    name: z.string(),
    displayName: z.string(),
    unit: z.string().nullable(),
    roles: z.array(role),
    isDisabled: z.boolean(),
    createdAt: z.string(),
    lastSeenAt: z.string().nullable(),
  })
  .meta({ id: 'Account' });
export const accountList = z.object({ accounts: z.array(account) }).meta({ id: 'AccountList' });

/** A colleague as everyone sees one: to mention, to assign to. */
export const person = z.object({
  accountId: z.string(),
  name: z.string(),
  displayName: z.string(),
  unit: z.string().nullable(),
  rights: z.array(right).describe('what one may be given to do'),
});
export const colleagueList = z.object({ colleagues: z.array(person) }).meta({ id: 'ColleagueList' });

export const newAccount = z.object({
  name,
  displayName: z.string().min(1).max(80),
  unit: z.string().max(80).nullable().default(null),
  roles: z.array(role).min(1),
  password,
});
export const accountChange = z.object({
  displayName: z.string().min(1).max(80).optional(),
  unit: z.string().max(80).nullable().optional(),
  roles: z.array(role).min(1).optional(),
  isDisabled: z.boolean().optional(),
  password: password.optional(),
});

export const purpose = z
  .object({
    purposeId: z.string(),
    basis: z.string(),
    caseNo: z.string(),
    leadId: z.string().nullable(),
    note: z.string(),
    from: z.string(),
    until: z.string(),
  })
  .meta({ id: 'Purpose' });

/** Who is signed in and what works; `account` null = nobody. One question at the page's start. */
export const sessionState = z
  .object({
    account: account.nullable(),
    rights: z.array(right),
    expiresAt: z.string().nullable(),
    csrfToken: z
      .string()
      .describe('send as header x-csrf-token with everything but GET; also in cookie tributary.csrf'),
    purpose: purpose.nullable().describe('the purpose stated for person-level data, while it holds'),
    unreadMessages: z.int(),
  })
  .meta({ id: 'SessionState' });

export const signIn = z.object({ name: z.string().min(1).max(80), password: z.string().min(1).max(200) });
export const passwordChange = z.object({ current: z.string().min(1).max(200), next: password });

export const newPurpose = z.object({
  basis: z.enum(LEGAL_BASES.map((b) => b.id) as [string, ...string[]]),
  caseNo: z.string().trim().min(2).max(80).describe('number of the case or lead'),
  leadId: z.string().max(300).nullable().default(null),
  note: note.trim().min(2).describe('why, in words'),
  minutes: z.int().min(1).max(PURPOSE_MAX_MINUTES).default(60),
});

export const unlock = z
  .object({
    unlockId: z.string(),
    personId: z.string(),
    leadId: z.string(),
    reason: z.string(),
    askedBy: z.string(),
    askedByName: z.string(),
    askedAt: z.string(),
    state: z.enum(['asked', 'approved', 'refused', 'expired', 'break-glass']),
    decidedBy: z.string().nullable(),
    decidedByName: z.string().nullable(),
    decidedAt: z.string().nullable(),
    until: z.string().nullable(),
  })
  .meta({ id: 'Unlock' });
export const unlockList = z.object({ unlocks: z.array(unlock) }).meta({ id: 'UnlockList' });
export const newUnlock = z.object({
  personId: z.string().min(1).max(300),
  leadId: z.string().min(1).max(300),
  reason: note.trim().min(2),
  breakGlass: z.boolean().default(false).describe('true: at once, without a second officer; it is reviewed afterwards'),
});
export const unlockDecision = z.object({ approve: z.boolean(), note: note.default('') });

/** A person's values: masked unless two officers unlocked this person for the lead that the purpose names. */
export const personDetail = z
  .object({
    entityId: z.string(),
    pseudonym: z.string(),
    isUnlocked: z.boolean(),
    unlockedUntil: z.string().nullable(),
    statements: z.array(
      z.object({ property: z.string(), value: z.string(), isMasked: z.boolean(), rowId: z.string() }),
    ),
  })
  .meta({ id: 'PersonDetail' });

export const grant = z
  .object({
    grantId: z.string(),
    accountId: z.string(),
    right,
    from: z.string(),
    until: z.string(),
    reason: z.string(),
    grantedBy: z.string(),
    revokedAt: z.string().nullable(),
  })
  .meta({ id: 'Grant' });
export const grantList = z.object({ grants: z.array(grant) }).meta({ id: 'GrantList' });
export const newGrant = z.object({
  accountId: z.string().min(1).max(80),
  right,
  until: z.iso
    .datetime({ offset: true })
    .refine((text) => Date.parse(text) < 253_370_764_800_000, 'before the year 9999'),
  reason: note.trim().min(2),
});

export const auditRow = z
  .object({
    no: z.int(),
    at: z.string(),
    actorId: z.string().nullable(),
    actorName: z.string().nullable(),
    action: z.string(),
    object: z.string().nullable(),
    purposeId: z.string().nullable(),
    detail: z.record(z.string(), z.unknown()),
    previousHash: z.string(),
    hash: z.string(),
  })
  .meta({ id: 'AuditRow' });
export const auditPage = z.object({ total: z.int(), rows: z.array(auditRow) }).meta({ id: 'AuditPage' });
export const auditQuery = z.object({
  action: z.string().max(80).optional().describe('begins with'),
  actor: z.string().max(80).optional(),
  object: z.string().max(300).optional(),
  before: z.coerce
    .number()
    .int()
    .min(1)
    .max(Number.MAX_SAFE_INTEGER)
    .optional()
    .describe('rows below this number, newest first'),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
});
export const auditCheck = z
  .object({
    rows: z.int(),
    isWhole: z.boolean(),
    firstBroken: z.object({ no: z.int(), fault: z.string() }).nullable(),
    head: z.string(),
  })
  .meta({ id: 'AuditCheck' });

export type SessionState = z.infer<typeof sessionState>;
export type Account = z.infer<typeof account>;
export type Purpose = z.infer<typeof purpose>;
export type Unlock = z.infer<typeof unlock>;
export type AuditRow = z.infer<typeof auditRow>;
export type Colleague = z.infer<typeof person>;
