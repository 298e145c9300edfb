-- The first loop. Rules: workspace_id first in every key, unique key, foreign key and index; ids are UUIDv7
-- made by the application; no triggers, no sequences. Row-level security is on for every table (see the end).

create table workspaces (
  id uuid primary key,
  slug text not null unique,
  name text not null,
  time_zone text not null,
  hours jsonb not null,
  contact_form jsonb not null default '{"isOpen": true, "greeting": ""}',
  has_sample boolean not null default false,
  next_case_number integer not null default 1,
  created_at timestamptz not null
);

create table functions (
  workspace_id uuid not null references workspaces on delete cascade,
  key text not null,
  title text not null,
  position integer not null,
  is_archived boolean not null default false,
  primary key (workspace_id, key)
);

create table members (
  workspace_id uuid not null references workspaces on delete cascade,
  id uuid not null,
  user_id text not null,
  name text not null,
  email text not null,
  role text not null check (role in ('owner', 'admin', 'agent', 'contributor', 'viewer')),
  functions text[] not null default '{}',
  is_active boolean not null default true,
  is_available boolean not null default true,
  last_seen_at timestamptz,
  created_at timestamptz not null,
  primary key (workspace_id, id),
  unique (workspace_id, user_id)
);
create index members_user on members (user_id);

create table invitations (
  workspace_id uuid not null references workspaces on delete cascade,
  id uuid not null,
  email text not null,
  role text not null check (role in ('owner', 'admin', 'agent', 'contributor', 'viewer')),
  functions text[] not null default '{}',
  token_hash bytea not null unique,
  invited_by uuid not null,
  expires_at timestamptz not null,
  accepted_at timestamptz,
  created_at timestamptz not null,
  primary key (workspace_id, id)
);

create table audit_heads (
  workspace_id uuid primary key references workspaces on delete cascade,
  entries bigint not null,
  hash bytea not null
);
create table audit (
  workspace_id uuid not null references workspaces on delete cascade,
  number bigint not null,
  id uuid not null,
  at timestamptz not null,
  actor_id uuid,
  actor text not null,
  action text not null,
  subject_type text not null,
  subject_id text not null,
  before jsonb,
  after jsonb,
  hash bytea not null,
  primary key (workspace_id, number)
);
create index audit_subject on audit (workspace_id, subject_id, number desc);

create table signed_sources (
  workspace_id uuid not null references workspaces on delete cascade,
  id uuid not null unique,
  name text not null,
  secrets bytea[] not null,
  created_at timestamptz not null,
  primary key (workspace_id, id)
);

create table presences (
  workspace_id uuid not null references workspaces on delete cascade,
  id uuid not null,
  channel text not null,
  handle text not null,
  handle_key text not null,
  name text not null default '',
  function_key text,
  purpose text not null default '',
  connector text,
  created_at timestamptz not null,
  primary key (workspace_id, id),
  unique (workspace_id, channel, handle_key)
);

-- Capture ------------------------------------------------------------------------------------------------------
-- What came in, as it came. Kept for ever; the loop can be replayed from here.
create table arrivals (
  workspace_id uuid not null,
  id uuid not null,
  source text not null,
  -- external id of the engagement for Create; with type and version behind it for the rest.
  activity_key text not null,
  via text not null check (via in ('api', 'import', 'form', 'hand', 'reply', 'sample')),
  import_id uuid,
  member_id uuid,
  received_at timestamptz not null,
  published_at timestamptz not null,
  body jsonb not null,
  primary key (workspace_id, id),
  unique (workspace_id, source, activity_key)
);
create index arrivals_import on arrivals (workspace_id, import_id) where import_id is not null;
-- Arrivals that the loop has not taken up yet. Conservation: arrivals = engagement events done + queued + quarantined.
create table arrival_queue (
  workspace_id uuid not null,
  arrival_id uuid not null,
  -- The network's time: taken up in this order, so that parents mostly come before their answers.
  published_at timestamptz not null,
  tries smallint not null default 0,
  primary key (workspace_id, published_at, arrival_id)
);
create table quarantine (
  workspace_id uuid not null,
  arrival_id uuid not null,
  reason text not null,
  tries smallint not null,
  at timestamptz not null,
  primary key (workspace_id, arrival_id)
);
-- Updates, deletes and likes that came before the engagement that they name.
create table waiting_changes (
  workspace_id uuid not null,
  source text not null,
  external_id text not null,
  arrival_id uuid not null,
  primary key (workspace_id, source, external_id, arrival_id)
);

-- Threads that the network itself names, by that name.
create table thread_names (
  workspace_id uuid not null,
  source text not null,
  external_id text not null,
  thread_id uuid not null,
  primary key (workspace_id, source, external_id)
);
create index thread_names_thread on thread_names (workspace_id, thread_id);

create table engagements (
  workspace_id uuid not null,
  id uuid not null,
  arrival_id uuid not null,
  source text not null,
  external_id text not null,
  type text not null,
  kind text not null,
  channel text not null,
  direction text not null check (direction in ('in', 'out')),
  visibility text not null,
  presence_id uuid,
  identity_id uuid,
  person_id uuid,
  member_id uuid,
  author_name text not null,
  author_handle text,
  thread_id uuid not null,
  parent_id uuid,
  parent_external_id text,
  subject text,
  text text not null,
  language text not null default 'und',
  sentiment text,
  sentiment_probability real,
  is_sentiment_unsure boolean not null default false,
  labels text[] not null default '{}',
  mentions text[] not null default '{}',
  media jsonb not null default '[]',
  is_automatic boolean not null default false,
  is_historical boolean not null default false,
  version integer not null default 1,
  published_at timestamptz not null,
  received_at timestamptz not null,
  edited_at timestamptz,
  deleted_at timestamptz,
  case_id uuid,
  import_id uuid,
  primary key (workspace_id, id),
  unique (workspace_id, source, external_id)
);
create index engagements_thread on engagements (workspace_id, thread_id, published_at, id);
create index engagements_person on engagements (workspace_id, person_id, published_at desc, id desc) where person_id is not null;
create index engagements_orphan on engagements (workspace_id, source, parent_external_id)
  where parent_id is null and parent_external_id is not null;
create index engagements_newest on engagements (workspace_id, published_at desc, id desc);
create index engagements_words on engagements using gin (to_tsvector('simple', text));

create table engagement_versions (
  workspace_id uuid not null,
  engagement_id uuid not null,
  version integer not null,
  text text not null,
  at timestamptz not null,
  arrival_id uuid,
  primary key (workspace_id, engagement_id, version)
);

create table imports (
  workspace_id uuid not null references workspaces on delete cascade,
  id uuid not null,
  format text not null,
  file_name text not null,
  file_key text not null,
  state text not null check (state in ('waiting', 'running', 'finishing', 'done', 'cancelled', 'failed')),
  bytes bigint not null,
  bytes_read bigint not null default 0,
  line bigint not null default 0,
  context jsonb,
  accepted integer not null default 0,
  -- Accepted, but not yet through the loop.
  pending integer not null default 0,
  duplicates integer not null default 0,
  refused integer not null default 0,
  notices text[] not null default '{}',
  error text,
  options jsonb not null default '{}',
  started_by uuid,
  started_by_name text not null,
  created_at timestamptz not null,
  finished_at timestamptz,
  primary key (workspace_id, id)
);
create table import_refusals (
  workspace_id uuid not null,
  import_id uuid not null,
  line bigint not null,
  reason text not null,
  excerpt text not null,
  primary key (workspace_id, import_id, line)
);

-- Recognise ----------------------------------------------------------------------------------------------------
create table persons (
  workspace_id uuid not null,
  id uuid not null,
  name text not null,
  is_name_given boolean not null default false,
  lifecycle text not null default 'unknown',
  preferred_channel text,
  memory text not null default '',
  memberships text[] not null default '{}',
  first_seen_at timestamptz not null,
  last_seen_at timestamptz not null,
  inbound integer not null default 0,
  last_sentiment text,
  -- set while merged into another one; the row stays, so that undo restores the exact state.
  merged_into uuid,
  primary key (workspace_id, id)
);
create index persons_newest on persons (workspace_id, last_seen_at desc, id desc) where merged_into is null;
create index persons_name on persons (workspace_id, lower(name) text_pattern_ops) where merged_into is null;

create table identities (
  workspace_id uuid not null,
  id uuid not null,
  source text not null,
  channel text not null,
  external_id text not null,
  handle text,
  name text,
  verified_email text,
  customer_id text,
  person_id uuid not null,
  created_at timestamptz not null,
  primary key (workspace_id, id),
  unique (workspace_id, source, external_id)
);
create index identities_person on identities (workspace_id, person_id);
create index identities_email on identities (workspace_id, verified_email) where verified_email is not null;
create index identities_customer on identities (workspace_id, customer_id) where customer_id is not null;
create index identities_handle on identities (workspace_id, lower(handle) text_pattern_ops) where handle is not null;

-- Ledger: appended and retracted, never changed. An identity's person is the newest live link.
create table identity_links (
  workspace_id uuid not null,
  id uuid not null,
  identity_id uuid not null,
  person_id uuid not null,
  rule text not null,
  detail text not null,
  by_member uuid,
  by_name text,
  at timestamptz not null,
  retracted_at timestamptz,
  primary key (workspace_id, id)
);
create index identity_links_identity on identity_links (workspace_id, identity_id, at);

create table merges (
  workspace_id uuid not null,
  id uuid not null,
  kept_id uuid not null,
  merged_id uuid not null,
  merged_name text not null,
  why text not null,
  -- what moved and how the kept person stood before, so that undo restores the exact state.
  moved jsonb not null,
  by_member uuid not null,
  by_name text not null,
  at timestamptz not null,
  undone_at timestamptz,
  primary key (workspace_id, id)
);
create index merges_kept on merges (workspace_id, kept_id);
-- After an undo these two are never linked again by a rule.
create table never_links (
  workspace_id uuid not null,
  person_a uuid not null,
  person_b uuid not null,
  at timestamptz not null,
  primary key (workspace_id, person_a, person_b)
);

-- Read ---------------------------------------------------------------------------------------------------------
create table readings (
  workspace_id uuid not null,
  engagement_id uuid not null,
  id uuid not null,
  engagement_version integer not null,
  model_version text not null,
  language text not null,
  sentiment text not null,
  probability real not null,
  is_unsure boolean not null,
  labels text[] not null,
  reasons jsonb not null,
  corrected_by uuid,
  corrected_by_name text,
  at timestamptz not null,
  primary key (workspace_id, engagement_id, id)
);

-- Decide -------------------------------------------------------------------------------------------------------
create table decision_trees (
  workspace_id uuid not null references workspaces on delete cascade,
  version integer not null,
  title text not null,
  tree jsonb not null,
  saved_by uuid,
  saved_by_name text,
  saved_at timestamptz not null,
  primary key (workspace_id, version)
);
create table decisions (
  workspace_id uuid not null,
  id uuid not null,
  engagement_id uuid not null,
  case_id uuid,
  tree_version integer not null,
  leaf text not null,
  act text not null,
  function_key text not null,
  priority text not null,
  path jsonb not null,
  at timestamptz not null,
  primary key (workspace_id, engagement_id, id)
);
create index decisions_case on decisions (workspace_id, case_id, at desc) where case_id is not null;

create table cases (
  workspace_id uuid not null,
  id uuid not null,
  number integer not null,
  person_id uuid not null,
  thread_id uuid not null,
  presence_id uuid,
  channel text not null,
  preview text not null,
  status text not null check (status in ('new', 'open', 'pending', 'on-hold', 'resolved')),
  function_key text not null,
  assignee_id uuid,
  -- 1 urgent, 2 high, 3 normal, 4 low: the order of the desk.
  priority smallint not null check (priority between 1 and 4),
  target jsonb not null,
  act text not null,
  is_waiting boolean not null,
  waiting_since timestamptz,
  due_at timestamptz,
  first_answer_due_at timestamptz,
  next_answer_due_at timestamptz,
  resolution_due_at timestamptz,
  first_answered_at timestamptz,
  -- milliseconds of the resolution clock already spent while it stood still
  resolution_spent_ms bigint not null default 0,
  sentiment text,
  labels text[] not null default '{}',
  tags text[] not null default '{}',
  snoozed_until timestamptz,
  messages integer not null default 0,
  opened_at timestamptz not null,
  last_activity_at timestamptz not null,
  last_engagement_id uuid,
  resolved_at timestamptz,
  version integer not null default 1,
  primary key (workspace_id, id),
  unique (workspace_id, number)
);
create index cases_due on cases (workspace_id, due_at, id) where status <> 'resolved';
create index cases_queue on cases (workspace_id, function_key, due_at, id) where status <> 'resolved';
create index cases_assignee on cases (workspace_id, assignee_id, due_at, id) where status <> 'resolved';
create index cases_newest on cases (workspace_id, last_activity_at desc, id desc);
create index cases_person on cases (workspace_id, person_id, opened_at desc);
create index cases_thread on cases (workspace_id, thread_id);
create index cases_snoozed on cases (workspace_id, snoozed_until) where snoozed_until is not null;

create table case_events (
  workspace_id uuid not null,
  case_id uuid not null,
  id uuid not null,
  at timestamptz not null,
  type text not null,
  by_member uuid,
  by_name text,
  detail jsonb not null default '{}',
  primary key (workspace_id, case_id, id)
);
create table hops (
  workspace_id uuid not null,
  case_id uuid not null,
  id uuid not null,
  at timestamptz not null,
  from_function text,
  to_function text not null,
  from_member uuid,
  to_member uuid,
  by_name text,
  reason text not null,
  waited_seconds double precision not null,
  primary key (workspace_id, case_id, id)
);
create table notes (
  workspace_id uuid not null,
  case_id uuid not null,
  id uuid not null,
  at timestamptz not null,
  by_member uuid not null,
  by_name text not null,
  text text not null,
  mentions uuid[] not null default '{}',
  primary key (workspace_id, case_id, id)
);
create table notifications (
  workspace_id uuid not null,
  member_id uuid not null,
  id uuid not null,
  kind text not null,
  case_id uuid not null,
  text text not null,
  at timestamptz not null,
  read_at timestamptz,
  primary key (workspace_id, member_id, id)
);
create table case_viewers (
  workspace_id uuid not null,
  case_id uuid not null,
  member_id uuid not null,
  name text not null,
  is_answering boolean not null,
  until timestamptz not null,
  primary key (workspace_id, case_id, member_id)
);

-- Respond ------------------------------------------------------------------------------------------------------
create table drafts (
  workspace_id uuid not null,
  case_id uuid not null,
  member_id uuid not null,
  text text not null,
  at timestamptz not null,
  primary key (workspace_id, case_id, member_id)
);
-- Everything that leaves. `key` is the writer's idempotency key; a row in `sending` after a crash becomes `unknown`
-- and is reconciled by reading back, never blindly sent again.
create table outbox (
  workspace_id uuid not null,
  id uuid not null,
  key uuid not null,
  case_id uuid not null,
  engagement_id uuid not null,
  channel text not null,
  connector text,
  state text not null check (state in ('queued', 'sending', 'sent', 'failed', 'unknown', 'not-connected')),
  detail text not null default '',
  tries smallint not null default 0,
  network_id text,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  primary key (workspace_id, id),
  unique (workspace_id, key),
  unique (workspace_id, engagement_id)
);
create index outbox_open on outbox (workspace_id, state, changed_at) where state in ('queued', 'sending', 'unknown');

create table web_conversations (
  workspace_id uuid not null,
  id uuid not null,
  token_hash bytea not null unique,
  identity_external_id text not null,
  thread_external_id text not null,
  name text not null,
  email text,
  created_at timestamptz not null,
  primary key (workspace_id, id)
);
create unique index web_conversations_thread on web_conversations (workspace_id, thread_external_id);

-- Follow -------------------------------------------------------------------------------------------------------
create table turns (
  workspace_id uuid not null,
  -- the first engagement of the turn
  id uuid not null,
  thread_id uuid not null,
  person_id uuid not null,
  presence_id uuid,
  channel text not null,
  function_key text,
  labels text[] not null default '{}',
  started_at timestamptz not null,
  answered_at timestamptz,
  answer_id uuid,
  seconds double precision,
  due_at timestamptz,
  sentiment_before text,
  sentiment_after text,
  spoke_again boolean not null default false,
  case_id uuid,
  primary key (workspace_id, id)
);
create index turns_started on turns (workspace_id, started_at desc, id desc);
create index turns_thread on turns (workspace_id, thread_id);
create index turns_case on turns (workspace_id, case_id) where case_id is not null;

create table surveys (
  workspace_id uuid not null,
  id uuid not null,
  case_id uuid not null,
  person_id uuid not null,
  token_hash bytea not null unique,
  asked_at timestamptz not null,
  answered_at timestamptz,
  score smallint check (score between 1 and 5),
  comment text not null default '',
  primary key (workspace_id, id),
  unique (workspace_id, case_id)
);

-- Live ---------------------------------------------------------------------------------------------------------
-- `xid` orders events by commit: a reader takes only those below the oldest transaction still running.
create table live_events (
  workspace_id uuid not null,
  xid xid8 not null default pg_current_xact_id(),
  id uuid not null,
  at timestamptz not null,
  event jsonb not null,
  primary key (workspace_id, xid, id)
);

-- Second wall: the application's login role sees one workspace at a time ------------------------------------------
do $$
declare t text;
begin
  for t in
    select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'public' and c.relkind = 'r' and c.relname not in ('migrations')
  loop
    execute format('alter table %I enable row level security', t);
    if t = 'workspaces' then
      execute 'create policy own on workspaces using (id = current_setting(''app.workspace'', true)::uuid)';
    else
      execute format('create policy own on %I using (workspace_id = current_setting(''app.workspace'', true)::uuid)', t);
    end if;
  end loop;
end $$;
