-- Search. Full-text and LIKE operators are not leakproof, so under row-level security no index could serve them:
-- these functions run as the owner and look at the workspace of the scope only.

create function scope_workspace() returns uuid language sql stable as
$$ select nullif(current_setting('app.workspace', true), '')::uuid $$;

-- The newest engagements with all these words (the last one may be the beginning of a word), looking back in growing
-- steps, so that a common word is found at once and a rare one in the index.
create function find_engagements(words tsquery, most int) returns table (engagement_id uuid, published_at timestamptz)
language plpgsql stable security definer set search_path = public as $$
declare
  workspace uuid := scope_workspace();
  found int := 0;
begin
  if workspace is null or numnode(words) = 0 then return; end if;
  -- A look at the newest rows first: where words are common this ends here.
  return query
    select r.id, r.published_at from (
      select e.id, e.published_at, e.text from engagements e
      where e.workspace_id = workspace order by e.published_at desc, e.id desc limit 4000) r
    where to_tsvector('simple', r.text) @@ words limit most;
  get diagnostics found = row_count;
  if found >= most then return; end if;
  return query
    select e.id, e.published_at from engagements e
    where e.id in (
      select i.id from engagements i where to_tsvector('simple', i.text) @@ words and i.workspace_id = workspace limit 5000)
      and e.workspace_id = workspace
    order by e.published_at desc, e.id desc limit most;
end $$;

-- A prefix query of what somebody typed: every word must be there, the last may go on.
create function typed_words(typed text) returns tsquery language sql immutable as $$
  select case when plain = '' then ''::tsquery else (plain || ':*')::tsquery end
  from (select plainto_tsquery('simple', typed)::text as plain) p
$$;

create function find_persons(typed text, most int) returns setof uuid
language plpgsql stable security definer set search_path = public as $$
declare
  workspace uuid := scope_workspace();
  beginning text := replace(replace(replace(lower(ltrim(typed, '@')), '\', '\\'), '%', '\%'), '_', '\_') || '%';
begin
  return query
    select distinct q.id from (
      (select p.id from persons p where p.workspace_id = workspace and p.merged_into is null
        and lower(p.name) like beginning limit most)
      union all
      (select i.person_id from identities i where i.workspace_id = workspace and i.handle is not null
        and lower(i.handle) like beginning limit most)
      union all
      (select i.person_id from identities i where i.workspace_id = workspace
        and i.verified_email = lower(typed) limit most)
      union all
      (select i.person_id from identities i where i.workspace_id = workspace and i.customer_id = typed limit most)) q
    limit most;
end $$;

-- Cases by number, person or words.
create function find_cases(typed text, most int) returns setof uuid
language plpgsql stable security definer set search_path = public as $$
declare
  workspace uuid := scope_workspace();
begin
  return query
    select distinct q.id from (
      (select c.id from cases c where c.workspace_id = workspace
        and c.number = case when typed ~ '^#?[0-9]{1,9}$' then ltrim(typed, '#')::int end)
      union all
      (select c.id from cases c where c.workspace_id = workspace
        and c.person_id in (select find_persons(typed, 50)) limit most)
      union all
      (select e.case_id from engagements e join find_engagements(typed_words(typed), most) f on f.engagement_id = e.id
        where e.workspace_id = workspace and e.case_id is not null)) q
    limit most;
end $$;
