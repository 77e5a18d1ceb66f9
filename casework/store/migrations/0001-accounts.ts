import type { Migration } from './migration.ts';

/** Who may come in, what for, and the log of it. The log refuses change by trigger; its hash chain shows a change made behind the trigger's back. */
export const accounts: Migration = {
  no: 1,
  name: 'accounts',
  statements: [
    `create table setting (name text primary key, value text not null)`,
    `create sequence account_no`,
    `create table account (
      account_id text primary key default 'A' || nextval('account_no'), name text not null unique, display_name text not null, unit text,
      roles text[] not null, password_hash text not null, is_disabled boolean not null default false, failures integer not null default 0,
      locked_until timestamptz(3), created_at timestamptz(3) not null, last_seen_at timestamptz(3))`,
    `create table session (
      session_hash text primary key, account_id text references account, data jsonb not null,
      created_at timestamptz(3) not null, expires_at timestamptz(3) not null)`,
    `create index session_account on session (account_id)`,
    `create sequence grant_no`,
    `create table access_grant (
      grant_id text primary key default 'G' || nextval('grant_no'), account_id text not null references account, access_right text not null,
      from_at timestamptz(3) not null, until_at timestamptz(3) not null, reason text not null,
      granted_by text not null references account, revoked_at timestamptz(3))`,
    `create index access_grant_account on access_grant (account_id)`,
    `create sequence purpose_no`,
    `create table purpose (
      purpose_id text primary key default 'P' || nextval('purpose_no'), account_id text not null references account, session_hash text not null,
      basis text not null, case_no text not null, lead_id text, note text not null,
      from_at timestamptz(3) not null, until_at timestamptz(3) not null, ended_at timestamptz(3))`,
    `create index purpose_session on purpose (session_hash)`,
    `create sequence unlock_no`,
    `create table unlock (
      unlock_id text primary key default 'U' || nextval('unlock_no'), person_id text not null, lead_id text not null, reason text not null,
      asked_by text not null references account, asked_at timestamptz(3) not null,
      state text not null check (state in ('asked', 'approved', 'refused', 'break-glass')),
      decided_by text references account, decided_at timestamptz(3), note text not null default '', until_at timestamptz(3),
      check (state <> 'approved' or decided_by <> asked_by))`,
    `create index unlock_person on unlock (person_id, lead_id)`,
    `create table audit (
      no bigint primary key, at timestamptz(3) not null, actor_id text, actor_name text, action text not null, object text,
      purpose_id text, detail text not null, previous_hash text not null, hash text not null)`,
    `create index audit_action on audit (action)`,
    `create index audit_actor on audit (actor_id)`,
    `create index audit_object on audit (object)`,
    `create table audit_head (one smallint primary key check (one = 1), no bigint not null, hash text not null)`,
    `insert into audit_head values (1, 0, repeat('0', 64))`,
    `create function refuse_change() returns trigger language plpgsql as $$
      begin raise exception 'rows of % are only ever added', tg_table_name; end $$`,
    `create trigger audit_append_only before update or delete on audit for each row execute function refuse_change()`,
    `create trigger audit_no_truncate before truncate on audit for each statement execute function refuse_change()`,
  ],
};
