-- Connections of our presences to their networks, and what came in through them.

alter table arrivals drop constraint arrivals_via_check;
alter table arrivals add constraint arrivals_via_check
  check (via in ('api', 'import', 'form', 'hand', 'reply', 'sample', 'connector', 'backfill'));

-- What members decided. `version` grows with each change, so that whoever listens opens it anew.
create table connections (
  workspace_id uuid not null references workspaces on delete cascade,
  id uuid not null,
  -- null until a check found the account
  presence_id uuid,
  -- the function of a presence that is still to be added
  function_key text,
  channel text not null,
  account jsonb,
  config jsonb not null default '{}',
  -- sealed JSON of all secrets, bound to workspace and row; null where there are none
  secrets bytea,
  secret_names text[] not null default '{}',
  -- grows with each change of the secrets, whoever makes it: a refresh that comes second sees that it did
  secrets_version integer not null default 1,
  permissions text[] not null default '{}',
  owner_id uuid,
  is_paused boolean not null default false,
  -- What is wrong: needs-reauth or broken; null while nothing is.
  trouble text check (trouble in ('needs-reauth', 'broken')),
  detail text not null default '',
  checked_at timestamptz,
  version integer not null default 1,
  hook_hash bytea unique,
  -- the account's handle in small letters, where this installation answers for it under fixed addresses
  site_handle text,
  created_at timestamptz not null,
  -- Credentials are destroyed then, and the row stays for what came in by it.
  disconnected_at timestamptz,
  primary key (workspace_id, id)
);
create unique index connections_presence on connections (workspace_id, presence_id)
  where disconnected_at is null and presence_id is not null;
create unique index connections_account on connections (workspace_id, channel, (account ->> 'id'))
  where disconnected_at is null and account is not null;
create unique index connections_site on connections (channel, site_handle)
  where disconnected_at is null and site_handle is not null;

-- How a connection runs; written often, and by machines alone.
create table connection_runs (
  workspace_id uuid not null references workspaces on delete cascade,
  connection_id uuid not null,
  -- Where listening goes on, by the way in which it listens; committed together with what was heard.
  cursors jsonb not null default '{}',
  -- Who listens, and until when without a sign of life. `fence` grows with each new listener: an old one that wakes up
  -- late can commit nothing.
  listener uuid,
  listener_until timestamptz,
  fence integer not null default 0,
  listens text,
  failures integer not null default 0,
  waits_until timestamptz,
  last_contact_at timestamptz,
  last_event_at timestamptz,
  silent_since timestamptz,
  subscribed_until timestamptz,
  is_subscribed boolean not null default false,
  budget_left double precision,
  budget_at timestamptz,
  backfill_state text not null default 'none' check (backfill_state in ('none', 'running', 'done', 'stopped', 'failed')),
  backfill_cursor text,
  backfill_received integer not null default 0,
  backfill_detail text not null default '',
  backfill_started_at timestamptz,
  backfill_ended_at timestamptz,
  -- How far the last look for silent deletions went, and when it was.
  reconciled_to timestamptz,
  reconciled_at timestamptz,
  primary key (workspace_id, connection_id)
);

-- What came in, as it came, once under each key. Conservation: raw events = through + queued + quarantined + dropped.
create table raw_events (
  workspace_id uuid not null,
  id uuid not null,
  connection_id uuid not null,
  key text not null,
  at timestamptz,
  received_at timestamptz not null,
  -- Emptied where a customer deletes what it says.
  body bytea not null,
  facts jsonb not null default '{}',
  is_historical boolean not null default false,
  primary key (workspace_id, id),
  unique (workspace_id, connection_id, key)
);
-- Raw events whose meaning is not known yet.
create table raw_queue (
  workspace_id uuid not null,
  connection_id uuid not null,
  event_id uuid not null,
  tries smallint not null default 0,
  not_before timestamptz,
  primary key (workspace_id, connection_id, event_id)
);
create table raw_quarantine (
  workspace_id uuid not null,
  connection_id uuid not null,
  event_id uuid not null,
  reason text not null,
  tries smallint not null,
  at timestamptz not null,
  primary key (workspace_id, connection_id, event_id)
);
-- Which engagements came out of which raw event, so that a deletion reaches the raw form.
create table raw_meanings (
  workspace_id uuid not null,
  source text not null,
  external_id text not null,
  event_id uuid not null,
  connection_id uuid not null,
  is_deletion boolean not null default false,
  primary key (workspace_id, source, external_id, event_id)
);

-- Small things that a channel must remember, sealed.
create table channel_values (
  workspace_id uuid not null,
  connection_id uuid not null,
  key text collate "C" not null,
  value bytea not null,
  primary key (workspace_id, connection_id, key)
);

-- Who may not be written to here, or may again.
create table consents (
  workspace_id uuid not null,
  connection_id uuid not null,
  address text not null,
  may_write boolean not null,
  at timestamptz not null,
  primary key (workspace_id, connection_id, address)
);

-- What happened to words of ours after they left, by the network's name of them; it may come before we know the name.
create table receipts (
  workspace_id uuid not null,
  connection_id uuid not null,
  network_id text not null,
  state text not null check (state in ('delivered', 'read', 'failed')),
  detail text not null default '',
  at timestamptz not null,
  primary key (workspace_id, connection_id, network_id, state)
);

-- Bytes that belong to engagements; the file's key holds the id.
create table attachments (
  workspace_id uuid not null,
  id uuid not null unique,
  connection_id uuid not null,
  event_id uuid not null,
  source text not null,
  external_id text not null,
  name text not null,
  media_type text not null,
  bytes bigint not null,
  created_at timestamptz not null,
  primary key (workspace_id, id)
);
create index attachments_engagement on attachments (workspace_id, source, external_id);

-- What a channel does not know: kept raw, and counted here.
create table channel_unknowns (
  workspace_id uuid not null,
  connection_id uuid not null,
  kind text not null,
  count integer not null,
  last_event_id uuid not null,
  last_at timestamptz not null,
  primary key (workspace_id, connection_id, kind)
);

-- Samples of how long it took: from the network's time to our disk, and to the desk. Kept for a week.
create table capture_lags (
  workspace_id uuid not null,
  connection_id uuid not null,
  id uuid not null,
  at timestamptz not null,
  arrival_ms integer not null,
  shown_ms integer not null,
  primary key (workspace_id, connection_id, id)
);
create index capture_lags_at on capture_lags (workspace_id, connection_id, at);

-- A notification may be about a connection instead of a case.
alter table notifications alter column case_id drop not null;
alter table notifications add column connection_id uuid;

do $$
declare t text;
begin
  foreach t in array array['connections', 'connection_runs', 'raw_events', 'raw_queue', 'raw_quarantine', 'raw_meanings',
    'channel_values', 'consents', 'receipts', 'attachments', 'channel_unknowns', 'capture_lags'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy own on %I using (workspace_id = current_setting(''app.workspace'', true)::uuid)', t);
  end loop;
end $$;
