import type { Migration } from './migration.ts';

/** Cases with their steps, tasks and evidence. Steps and custody are only ever added. */
export const cases: Migration = {
  no: 3,
  name: 'cases',
  statements: [
    `create sequence case_no`,
    `create table case_file (
      case_id text primary key default 'C' || nextval('case_no'), number text not null unique, title text not null, template text not null,
      state text not null, level text not null, priority text not null, assignee text references account, due_at timestamptz(3),
      note text not null, outcome jsonb, merged_into text references case_file, version integer not null,
      opened_by text not null references account, opened_at timestamptz(3) not null, changed_at timestamptz(3) not null)`,
    `create table case_lead (case_id text not null references case_file, lead_id text not null, primary key (case_id, lead_id))`,
    `create index case_lead_lead on case_lead (lead_id)`,
    `create table case_entity (
      case_id text not null references case_file, entity_id text not null, kind text not null, label text not null, primary key (case_id, entity_id))`,
    `create index case_entity_entity on case_entity (entity_id)`,
    `create table case_step (
      no bigint generated always as identity primary key, case_id text not null references case_file, from_state text, to_state text not null,
      reason text, note text not null, outcome jsonb, by_id text not null references account, at timestamptz(3) not null)`,
    `create index case_step_case on case_step (case_id, no)`,
    `create sequence task_no`,
    `create table task (
      task_id text primary key default 'T' || nextval('task_no'), case_id text not null references case_file, title text not null,
      assignee text references account, due_at timestamptz(3), done_at timestamptz(3), done_by text references account,
      by_id text not null references account, at timestamptz(3) not null)`,
    `create index task_case on task (case_id)`,
    `create index task_due on task (due_at) where done_at is null`,
    `create sequence evidence_no`,
    `create table evidence (
      evidence_id text primary key default 'E' || nextval('evidence_no'), case_id text not null references case_file, file_name text not null,
      media_type text not null, bytes bigint not null, sha256 text not null, note text not null,
      by_id text not null references account, at timestamptz(3) not null)`,
    `create index evidence_case on evidence (case_id)`,
    `create table custody (
      no bigint generated always as identity primary key, evidence_id text not null references evidence, act text not null, sha256 text not null,
      by_id text not null references account, at timestamptz(3) not null)`,
    `create index custody_evidence on custody (evidence_id, no)`,
    ...['case_step', 'custody'].map(
      (table) =>
        `create trigger ${table}_append_only before update or delete on ${table} for each row execute function refuse_change()`,
    ),
  ],
};
