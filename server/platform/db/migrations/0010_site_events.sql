-- What people do on our site and in our shop, as the usual event-collection libraries tell it.

create table sites (
  workspace_id uuid not null references workspaces on delete cascade,
  id uuid not null,
  name text not null,
  -- Publishable: stands in the pages of the site.
  write_key text not null unique,
  -- Sealed: for calls from a server, and to vouch for who a visitor is.
  secret bytea not null,
  -- Web origins that may call; empty: all.
  origins text[] not null default '{}',
  created_at timestamptz not null,
  primary key (workspace_id, id)
);

-- A browser or device, and who its site says it is. One row for each pair; '' where the site does not say.
create table site_visitors (
  workspace_id uuid not null,
  id uuid not null,
  site_id uuid not null,
  anonymous_id text not null,
  user_id text not null,
  -- The site vouched for the user id, by signature or from its server.
  is_verified boolean not null default false,
  email text,
  traits jsonb not null default '{}',
  groups text[] not null default '{}',
  first_seen_at timestamptz not null,
  last_seen_at timestamptz not null,
  primary key (workspace_id, id),
  unique (workspace_id, site_id, anonymous_id, user_id)
);
create index site_visitors_user on site_visitors (workspace_id, user_id) where is_verified;
create index site_visitors_email on site_visitors (workspace_id, email) where is_verified and email is not null;

create table site_events (
  workspace_id uuid not null,
  id uuid not null,
  site_id uuid not null,
  visitor_id uuid not null,
  -- The caller's name of the call: what comes again under it is the same.
  message_id text not null,
  type text not null check (type in ('track', 'page', 'screen', 'group')),
  name text not null,
  properties jsonb not null,
  url text,
  at timestamptz not null,
  received_at timestamptz not null,
  primary key (workspace_id, id),
  unique (workspace_id, site_id, message_id)
);
create index site_events_visitor on site_events (workspace_id, visitor_id, at desc, id desc);

do $$
declare t text;
begin
  foreach t in array array['sites', 'site_visitors', 'site_events'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy own on %I using (workspace_id = current_setting(''app.workspace'', true)::uuid)', t);
  end loop;
end $$;
