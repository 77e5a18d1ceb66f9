import type { Migration } from './migration.ts';

/** What people say and save: comments, messages, canvases with versions, frozen snapshots. */
export const views: Migration = {
  no: 4,
  name: 'views',
  statements: [
    `create sequence comment_no`,
    `create table comment (
      comment_id text primary key default 'N' || nextval('comment_no'), on_kind text not null, object_id text not null, text text not null,
      mentions text[] not null, by_id text not null references account, at timestamptz(3) not null)`,
    `create index comment_object on comment (on_kind, object_id)`,
    `create sequence message_no`,
    `create table message (
      message_id text primary key default 'M' || nextval('message_no'), no bigint generated always as identity unique,
      account_id text not null references account, kind text not null, at timestamptz(3) not null, title_zh text not null, title_en text not null,
      link text, detail jsonb not null, once_key text, read_at timestamptz(3), acknowledged_at timestamptz(3), unique (account_id, once_key))`,
    `create index message_account on message (account_id, no)`,
    `create sequence view_no`,
    `create table view (
      view_id text primary key default 'W' || nextval('view_no'), name text not null, owner text not null references account,
      version integer not null, is_deleted boolean not null default false)`,
    `create index view_owner on view (owner)`,
    `create table view_version (
      view_id text not null references view, version integer not null, name text, state text not null, bytes integer not null, run_id text,
      by_id text not null references account, at timestamptz(3) not null, primary key (view_id, version))`,
    `create table view_share (
      view_id text not null references view, account_id text not null references account, may_write boolean not null,
      primary key (view_id, account_id))`,
    `create index view_share_account on view_share (account_id)`,
    `create sequence frozen_no`,
    `create table frozen (
      frozen_id text primary key default 'F' || nextval('frozen_no'), view_id text not null references view, version integer not null,
      title text not null, run_id text, sha256 text not null, content text not null,
      by_id text not null references account, at timestamptz(3) not null)`,
    `create index frozen_view on frozen (view_id)`,
    `create trigger frozen_append_only before update or delete on frozen for each row execute function refuse_change()`,
  ],
};
