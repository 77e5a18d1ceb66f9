import type { Command } from 'commander';
import {
  ROLES,
  type Account,
  type Casework,
  type Role,
  accountNamed,
  addAccount,
  changeAccount,
  listAccounts,
  newPassword,
  openCasework,
  verifyAudit,
} from '../../../casework/index.ts';
import { type CliContext, type Shared, answer, sharedOf } from '../context.ts';
import { textTable } from '../terminal.ts';
import { usageError } from '../usage.ts';

const EXAMPLES = `
Examples:
  tributary account list
  tributary account add li.wei --display 李伟 --unit 生态环境分局 --role analyst investigator
  tributary account passwd li.wei
  tributary account roles li.wei --role supervisor
  tributary account disable li.wei`;

/** `tributary account …`: who may sign in. Stop the server first (embedded), or use its page; with DATABASE_URL both work at once. */
export function registerAccount(program: Command, context: CliContext): void {
  const account = program
    .command('account')
    .description('who may sign in: add, list, change roles or password, disable')
    .addHelpText('after', EXAMPLES);
  account
    .command('list')
    .description('all accounts with their roles')
    .action(async (_options, command: Command) => {
      const shared = sharedOf(command, context);
      const accounts = await _with(shared, context, listAccounts);
      answer(context, shared, { accounts }, _table(accounts));
    });
  account
    .command('add <name>')
    .description('add an account; the password is made and printed once, unless it is given')
    .requiredOption('--role <role...>', `one or more of ${ROLES.join(', ')}`)
    .option('--display <text>', 'the name that colleagues see')
    .option('--unit <text>', 'the unit')
    .option('--password <text>', 'at least 10 characters; it stays in the shell’s history, so better leave it out')
    .action(async (name: string, options: AddOptions, command: Command) => {
      const shared = sharedOf(command, context);
      const made = await _with(shared, context, async (desk) => {
        const password = options.password ?? newPassword(desk.random);
        const { display = name, unit = null, role } = options;
        return {
          account: await addAccount(desk, null, { name, displayName: display, unit, roles: _roles(role), password }),
          password,
        };
      });
      const shown = options.password === undefined ? `\nPassword  ${made.password}   (shown only now)` : '';
      answer(context, shared, made, `Added ${made.account.name} (${made.account.roles.join(', ')}).${shown}`);
    });
  account
    .command('passwd <name>')
    .description('set another password; its sessions end')
    .option('--password <text>', 'at least 10 characters; made and printed when left out')
    .action(async (name: string, options: { password?: string }, command: Command) => {
      const shared = sharedOf(command, context);
      const made = await _with(shared, context, async (desk) => {
        const password = options.password ?? newPassword(desk.random);
        const { accountId } = await accountNamed(desk, name);
        return { account: await changeAccount(desk, null, accountId, { password }), password };
      });
      answer(context, shared, made, `Password of ${name}: ${made.password}   (shown only now)`);
    });
  _change(account, context, 'roles', 'replace the roles of an account', (options) => ({
    roles: _roles(options.role ?? []),
  }));
  _change(account, context, 'disable', 'nobody can sign in with it any more', () => ({ isDisabled: true }));
  _change(account, context, 'enable', 'let it sign in again', () => ({ isDisabled: false }));
}

/** `tributary audit`: whether the log of who did what is whole. */
export function registerAudit(program: Command, context: CliContext): void {
  program
    .command('audit')
    .description('verify the hash chain of the audit log, and name its first broken row')
    .addHelpText('after', '\nExample:\n  tributary audit --json')
    .action(async (_options, command: Command) => {
      const shared = sharedOf(command, context);
      const check = await _with(shared, context, (desk) => verifyAudit(desk.store.db));
      const text = check.isWhole
        ? `The log is whole: ${check.rows} rows, head ${check.head}`
        : `The log is broken: ${check.firstBroken?.fault ?? ''}`;
      answer(context, shared, check, text);
    });
}

interface AddOptions {
  readonly role: readonly string[];
  readonly display?: string;
  readonly unit?: string;
  readonly password?: string;
}

function _change(
  account: Command,
  context: CliContext,
  verb: string,
  description: string,
  changeOf: (options: { role?: string[] }) => Parameters<typeof changeAccount>[3],
): void {
  const command = account.command(`${verb} <name>`).description(description);
  if (verb === 'roles') command.requiredOption('--role <role...>', `one or more of ${ROLES.join(', ')}`);
  command.action(async (name: string, options: { role?: string[] }, run: Command) => {
    const shared = sharedOf(run, context);
    const change = changeOf(options);
    const changed = await _with(shared, context, async (desk) => {
      const { accountId } = await accountNamed(desk, name);
      return changeAccount(desk, null, accountId, change);
    });
    answer(context, shared, { account: changed }, _table([changed]));
  });
}

async function _with<T>(shared: Shared, context: CliContext, work: (desk: Casework) => Promise<T>): Promise<T> {
  const url = process.env['DATABASE_URL'] ?? null;
  const desk = await openCasework({ folder: shared.paths.casework, url, clock: context.clock });
  try {
    return await work(desk);
  } finally {
    await desk.close();
  }
}

function _roles(names: readonly string[]): Role[] {
  const unknown = names.filter((n) => !ROLES.includes(n as Role));
  if (unknown.length > 0) throw usageError(`--role: ${unknown.join(', ')} is none of ${ROLES.join(', ')}`);
  return ROLES.filter((r) => names.includes(r));
}

function _table(accounts: readonly Account[]): string {
  return textTable(
    ['name', 'shown as', 'unit', 'roles', 'state', 'last seen'],
    accounts.map((a) => [
      a.name,
      a.displayName,
      a.unit ?? '',
      a.roles.join(' '),
      a.isDisabled ? 'disabled' : 'active',
      a.lastSeenAt?.slice(0, 16).replace('T', ' ') ?? '',
    ]),
  );
}
