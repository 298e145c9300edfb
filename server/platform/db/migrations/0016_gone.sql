-- Accounts that left their network or were taken from it: nothing that they said up to then may stay.
create table gone_authors (
  workspace_id uuid not null,
  source text not null,
  external_id text not null,
  -- Both by the network's time. Gone while the first is the later one.
  gone_at timestamptz not null default '-infinity',
  back_at timestamptz not null default '-infinity',
  -- when we heard that, by our own clock: what was here by then was said before
  noted_at timestamptz not null,
  -- false while words of theirs are still to be taken away
  is_erased boolean not null,
  primary key (workspace_id, source, external_id)
);
create index gone_authors_open on gone_authors (workspace_id) where not is_erased;
alter table gone_authors enable row level security;
create policy own on gone_authors using (workspace_id = current_setting('app.workspace', true)::uuid);

alter table identities add column gone_at timestamptz;

-- Raw forms of edits by what they edit. Only these operators are leakproof, so that row-level security lets them search.
create index arrivals_edits on arrivals (workspace_id, source, activity_key text_pattern_ops)
  where activity_key ~>=~ 'update:';
