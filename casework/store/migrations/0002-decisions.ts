import type { Migration } from './migration.ts';

/** Decisions: verdicts, assignments and judgements are rows that are only ever added; undoing adds another. */
export const decisions: Migration = {
  no: 2,
  name: 'decisions',
  statements: [
    `create sequence verdict_no`,
    `create table verdict (
      verdict_id text primary key default 'V' || nextval('verdict_no'), no bigint generated always as identity unique,
      lead_id text not null, subject_id text not null, run_id text not null, model_id text not null,
      decision text not null, reason text not null check (reason <> ''), label smallint check (label in (0, 1)),
      note text not null, against jsonb not null, pick text, pick_chance text, as_of timestamptz(3), found_at timestamptz(3) not null,
      by_id text not null references account, at timestamptz(3) not null)`,
    `create index verdict_lead on verdict (lead_id, no)`,
    `create table assignment (
      no bigint generated always as identity primary key, lead_id text not null, assignee text references account, due_at timestamptz(3),
      priority text not null, by_id text not null references account, at timestamptz(3) not null)`,
    `create index assignment_lead on assignment (lead_id, no)`,
    `create sequence judgement_no`,
    `create table judgement (
      judgement_id text primary key default 'J' || nextval('judgement_no'), no bigint generated always as identity unique,
      left_id text not null, right_id text not null, of_kind text not null, verdict text not null, reason text not null,
      withdraws text references judgement, by_id text not null references account, at timestamptz(3) not null, check (left_id < right_id))`,
    `create index judgement_left on judgement (left_id)`,
    `create index judgement_right on judgement (right_id)`,
    `create unique index judgement_withdrawn_once on judgement (withdraws) where withdraws is not null`,
    ...['verdict', 'assignment', 'judgement'].flatMap((table) => [
      `create trigger ${table}_append_only before update or delete on ${table} for each row execute function refuse_change()`,
    ]),
  ],
};
