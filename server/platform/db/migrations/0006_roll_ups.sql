-- Roll-ups of response. Figures from them equal the raw ones, because they hold every value.

-- Shapes of before the first release.
drop table if exists response_days, stale_days, workspace_totals;

-- One row a day (in the workspace's time zone), dimension and key. Turns stand on the day on which they begin,
-- engagements on their own day.
create table response_days (
  workspace_id uuid not null,
  dimension text not null,
  key text not null,
  day date not null,
  turns integer not null,
  -- milliseconds to answer of each answered turn, five bytes each, the highest first
  answered bytea not null,
  -- the start of each unanswered turn in milliseconds since 1970, six bytes each
  waiting bytea not null,
  inbound integer not null,
  outbound integer not null,
  -- how those who spoke felt, where that could be read
  negative integer not null,
  neutral integer not null,
  positive integer not null,
  -- numbers of the persons who spoke and of our presences, each once, four bytes each
  persons bytea not null,
  presences bytea not null,
  primary key (workspace_id, dimension, key, day)
);
-- Waits do not compress; trying costs more than the rest of the roll-up.
alter table response_days alter answered set storage external, alter waiting set storage external,
  alter persons set storage external, alter presences set storage external;

-- Days whose roll-up is older than their turns; reports compute these from the turns themselves. One row for each
-- change, so that two writers never wait for each other.
create table stale_days (
  workspace_id uuid not null,
  day date not null,
  mark uuid not null,
  primary key (workspace_id, day, mark)
);

-- Small numbers for persons and presences, so that sets of them are counted quickly over many days.
create table report_numbers (
  workspace_id uuid not null,
  id uuid not null,
  number integer not null,
  primary key (workspace_id, id)
);

-- The time zone in which the days of the roll-ups begin; where the workspace has another one by now, they count no more.
create table roll_ups (
  workspace_id uuid primary key references workspaces on delete cascade,
  time_zone text not null,
  -- the highest of report_numbers
  highest_number integer not null default 0
);

create index turns_presence on turns (workspace_id, presence_id, started_at desc, id desc);
create index turns_due on turns (workspace_id, due_at, answered_at) where due_at is not null;

-- Who waits for us, the longest first.
create index cases_waiting on cases (workspace_id, waiting_since, id) include (due_at, snoozed_until)
  where is_waiting and status <> 'resolved';

do $$
declare t text;
begin
  foreach t in array array['response_days', 'stale_days', 'report_numbers', 'roll_ups'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy own on %I using (workspace_id = current_setting(''app.workspace'', true)::uuid)', t);
  end loop;
end $$;
