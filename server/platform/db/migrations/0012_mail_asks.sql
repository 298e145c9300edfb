-- Members who were asked by mail, and may answer by mail. The token stands in the mail only; what comes back with it is
-- taken from that member's address alone.
create table mail_asks (
  workspace_id uuid not null references workspaces on delete cascade,
  id uuid not null,
  notification_id uuid not null,
  member_id uuid not null,
  case_id uuid not null,
  token_hash bytea not null,
  -- The newest words of the case when it was asked; what came later the member has not read.
  seen_engagement_id uuid,
  state text not null check (state in ('asking', 'asked', 'failed')),
  detail text not null default '',
  asked_at timestamptz not null,
  primary key (workspace_id, id),
  unique (workspace_id, token_hash),
  unique (workspace_id, notification_id)
);

alter table mail_asks enable row level security;
create policy own on mail_asks using (workspace_id = current_setting('app.workspace', true)::uuid);
