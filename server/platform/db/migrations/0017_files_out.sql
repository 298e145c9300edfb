-- What leaves beside words: files that members give, and templates that a network approved.

-- A file from its upload on; `attachments` says how it is shown here.
create table outgoing_files (
  workspace_id uuid not null,
  id uuid not null,
  member_id uuid not null,
  -- As it leaves; what a browser is told may be less.
  media_type text not null,
  alt text not null default '',
  -- Null until it is sent with something.
  outbox_id uuid,
  position smallint not null default 0,
  created_at timestamptz not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, id) references attachments (workspace_id, id) on delete cascade
);
create index outgoing_files_outbox on outgoing_files (workspace_id, outbox_id) where outbox_id is not null;
create index outgoing_files_idle on outgoing_files (created_at) where outbox_id is null;
alter table outgoing_files enable row level security;
create policy own on outgoing_files using (workspace_id = current_setting('app.workspace', true)::uuid);

-- The template that goes in place of free words, as the member filled it.
alter table outbox add column template jsonb;
-- How many files leave with it: where one is gone it does not leave without.
alter table outbox add column files smallint not null default 0;

-- What our accounts said first, newest first.
create index outbox_posts on outbox (workspace_id, id desc) where purpose = 'post';
