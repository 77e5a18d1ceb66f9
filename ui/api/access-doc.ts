import {
  CASE_STEPS,
  LEGAL_BASES,
  RIGHTS,
  RIGHT_TEXTS,
  ROLES,
  ROLE_RIGHTS,
  VERDICT_REASONS,
} from '../../casework/codes/index.ts';

/** `docs/access.md`, made from the same data that the server checks. */
export function accessDocument(): string {
  const rights = RIGHTS.filter((r) => r !== 'public' && r !== 'signed-in');
  const rightRows = rights.map((right) => [
    `\`${right}\``,
    RIGHT_TEXTS[right].en,
    ...ROLES.map((role) => (ROLE_RIGHTS[role].includes(right) ? '●' : '')),
  ]);
  return `# Who may do what

<!-- Made by \`node --import tsx ui/api/testing/write-access-doc.ts\` from casework/codes; a test holds it to them. -->

An account has one or more roles; the first account of a workspace has all six. Rights are checked in one place (\`ui/api/access.ts\`), from the table of
operations, before a route runs; what is not in the table is not reachable. A grant adds one right to one account until a minute. A refusal for want of a
right or a purpose is a row of the audit log.

## Rights of the roles

${_table(['right', 'lets its holder', ...ROLES], rightRows)}

## Person-level data

Persons appear by pseudonym everywhere. \`GET /api/persons/{id}\` needs the right \`persons.read\` and a **purpose** stated in the session: a legal basis, a case or
lead number, a reason in words, an end (four hours at most). Values are masked until **two officers** unlock that person for that lead: one asks, another with
\`persons.unlock\` approves; it holds for eight hours, for these two. The person must be within two links of the lead's subject. In an emergency one officer may
unlock alone for an hour (\`breakGlass\`); everyone who may decide is told, and reviews it. Every read is a row of the audit log; 25 reads by one account
within an hour alarm the auditors.

Legal bases: ${LEGAL_BASES.map((b) => `\`${b.id}\` (${b.en})`).join(' · ')}.

## Verdicts

A lead is closed only with a reason code. What the next training learns: 1 found, 0 checked and not found, – neither.

${_table(
  ['reason', 'in words', 'of', 'learned as'],
  VERDICT_REASONS.map((r) => [
    `\`${r.id}\``,
    `${r.zh} · ${r.en}`,
    r.decisions.join(', '),
    r.label === null ? '–' : String(r.label),
  ]),
)}

## Steps of a case

${_table(
  ['from', 'to', 'right', 'needs'],
  CASE_STEPS.map((s) => [s.from, s.to, `\`${s.right}\``, s.needs.join(', ')]),
)}

## Sessions

Signing in gives a new secret in an HttpOnly, SameSite cookie; it ends after two hours without use, after twelve hours in any case, and at once with a new
password, other roles or a disabled account. Everything but GET needs the header \`x-csrf-token\` with the value of the cookie \`tributary.csrf\`. Five wrong
passwords in a row pause an account for five minutes. Passwords are kept as scrypt hashes.

The operations with the right that each needs are listed at \`/docs\` of a running server and in \`/openapi.json\`.
`;
}

function _table(headers: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map((c) => c.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(headers), line(headers.map(() => '---')), ...rows.map(line)].join('\n');
}
