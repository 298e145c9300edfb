-- API keys are ours and not the library's: checked a thousand times a second, bound to one workspace, and under
-- row-level security like everything else of it. A revoked key is deleted; the audit trail remembers it.
create table api_keys (
  workspace_id uuid not null references workspaces on delete cascade,
  id uuid not null,
  name text not null,
  -- what a person recognises the key by
  start text not null,
  hash bytea not null unique,
  scopes text[] not null,
  created_by uuid,
  created_at timestamptz not null,
  last_used_at timestamptz,
  primary key (workspace_id, id)
);

alter table api_keys enable row level security;
create policy own on api_keys using (workspace_id = current_setting('app.workspace', true)::uuid);
