-- The desk: what each member has read, changes that can be taken back, cases that find who takes them.

-- Until when a member has read a case. Without a row, whatever arrived since the member's `reads_from` is new to them.
create table case_reads (
  workspace_id uuid not null references workspaces on delete cascade,
  member_id uuid not null,
  case_id uuid not null,
  read_until timestamptz not null,
  -- Set by the member; holds until they read the case again.
  is_marked_unread boolean not null default false,
  primary key (workspace_id, member_id, case_id)
);
create index case_reads_case on case_reads (workspace_id, case_id);

-- What a member's change did to a case, so that it can be taken back; kept for an hour.
create table case_changes (
  workspace_id uuid not null references workspaces on delete cascade,
  -- The same for all cases of one change.
  id uuid not null,
  case_id uuid not null,
  member_id uuid not null,
  at timestamptz not null,
  before jsonb not null,
  after jsonb not null,
  event_ids uuid[] not null,
  hop_id uuid,
  undone_at timestamptz,
  primary key (workspace_id, id, case_id)
);
create index case_changes_at on case_changes (workspace_id, at);

-- What was taken back stays in the record, and counts for nothing: neither for clocks nor for the way of a case.
alter table case_events add column undone_at timestamptz;
alter table hops add column undone_at timestamptz;

-- When the newest words of the person reached us; null for history.
alter table cases add column heard_at timestamptz;
-- Somebody is to be found for it; why somebody was, or was not.
alter table cases add column wants_assignee boolean not null default false;
alter table cases add column assign_reason text;
create index cases_wanting on cases (workspace_id, function_key) where wants_assignee and status <> 'resolved';
create index cases_tagged on cases (workspace_id) where tags <> '{}';

-- Cases find their assignee by themselves; nobody is given one beyond this many that are new or open.
alter table functions add column auto_assign boolean not null default false;
alter table functions add column most_open integer not null default 20 check (most_open between 1 and 1000);

alter table members add column reads_from timestamptz;
update members set reads_from = now();
-- Away until then; null while away says: until they say otherwise.
alter table members add column away_until timestamptz;
-- When they were last given a case that they did not take themselves.
alter table members add column last_given_at timestamptz;

alter table case_reads enable row level security;
create policy own on case_reads using (workspace_id = current_setting('app.workspace', true)::uuid);
alter table case_changes enable row level security;
create policy own on case_changes using (workspace_id = current_setting('app.workspace', true)::uuid);
