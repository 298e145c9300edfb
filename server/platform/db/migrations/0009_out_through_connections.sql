-- Out through connections: what leaves beside answers, the network's names of it, and what became of it there.

-- Posts and the signs on others' words belong to no case.
alter table outbox alter column case_id drop not null;
alter table outbox drop constraint outbox_purpose_check;
alter table outbox add constraint outbox_purpose_check
  check (purpose in ('answer', 'notice', 'post', 'like', 'share', 'edit', 'delete'));
alter table outbox drop constraint outbox_state_check;
alter table outbox add constraint outbox_state_check
  check (state in ('queued', 'sending', 'sent', 'failed', 'unknown', 'not-connected', 'cancelled'));
-- Something is said once, and may be changed often.
alter table outbox drop constraint outbox_workspace_id_engagement_id_purpose_key;
create unique index outbox_once on outbox (workspace_id, engagement_id, purpose)
  where purpose not in ('edit', 'delete');
create index outbox_engagement on outbox (workspace_id, engagement_id);
alter table outbox add column connection_id uuid;
-- The words that an edit puts in place of those that stand.
alter table outbox add column text text;
-- What the network said later (`receipts`), taken together over all parts.
alter table outbox add column delivered_at timestamptz;
alter table outbox add column read_at timestamptz;
alter table outbox add column refused_at timestamptz;
alter table outbox add column receipt_detail text not null default '';

-- Further names of an engagement beside its external id: a network names each part of what it split.
create table external_names (
  workspace_id uuid not null,
  source text not null,
  external_id text not null,
  engagement_id uuid not null,
  -- Order of the parts, from 1.
  position smallint not null,
  primary key (workspace_id, source, external_id)
);
create index external_names_engagement on external_names (workspace_id, engagement_id);

-- Nothing leaves through this connection before that instant.
create table outbox_holds (
  workspace_id uuid not null,
  connection_id uuid not null,
  until timestamptz not null,
  primary key (workspace_id, connection_id)
);

-- Threads that turned out to be one after both were stored; the next batch of the loop joins them.
create table met_threads (
  workspace_id uuid not null,
  gone uuid not null,
  kept uuid not null,
  primary key (workspace_id, gone, kept)
);

do $$
declare t text;
begin
  foreach t in array array['external_names', 'outbox_holds', 'met_threads'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy own on %I using (workspace_id = current_setting(''app.workspace'', true)::uuid)', t);
  end loop;
end $$;
