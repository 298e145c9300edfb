-- What pages and search need so that they stay quick with a million engagements.

-- The desk -------------------------------------------------------------------------------------------------------
-- By due time, what is never due last: as the desk orders. Open cases change often and are few; resolved ones are many
-- and stand still, so that only theirs carries what the desk filters by.
drop index cases_due;
create index cases_due on cases (workspace_id, coalesce(due_at, 'infinity'), id) where status <> 'resolved';
create index cases_resolved_due on cases (workspace_id, coalesce(due_at, 'infinity'), id) where status = 'resolved';
create index cases_resolved on cases (workspace_id, last_activity_at desc, id desc)
  include (function_key, assignee_id, channel, presence_id, priority, sentiment, labels) where status = 'resolved';

-- Cases of which an answer did not leave.
create index outbox_failed on outbox (workspace_id, case_id) where state = 'failed';

-- Tags are of the members' own making and mostly rare. The operator is not leakproof, hence a function, as for search.
create index cases_tags on cases using gin (tags) where tags <> '{}';
create function find_tagged(tag text, most int) returns setof uuid
language plpgsql stable security definer set search_path = public as $$
declare
  workspace uuid := scope_workspace();
begin
  return query select c.id from cases c
    where c.workspace_id = workspace and c.tags <> '{}' and c.tags @> array[tag] limit most;
end $$;

-- Search ---------------------------------------------------------------------------------------------------------
drop function find_cases(text, int);
drop function find_engagements(tsquery, int);

-- Scripts that put no spaces between words: Thai to Khmer, kana, Han, Hangul.
create function is_unspaced(given text) returns boolean language sql immutable strict parallel safe as $$
  select given ~ '[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff]'
$$;

-- Runs of letters of such scripts; of a very long one its beginning.
create function unspaced_runs(given text) returns setof text language sql immutable strict parallel safe as $$
  select left(found[1], 2000) from regexp_matches(lower(given),
    '[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff]+', 'g') found
$$;

-- Each letter of a run with the one behind it: what can be looked for in it.
create function letter_pairs(given text) returns tsvector language sql immutable strict parallel safe as $$
  select coalesce(array_to_tsvector(array_agg(distinct substr(run, place, 2))), '')
  from public.unspaced_runs(given) run, generate_series(1, length(run)) place
$$;
create index engagements_pairs on engagements using gin (letter_pairs(text)) where is_unspaced(text);

-- Of what somebody typed; a letter that stands alone may begin a pair.
create function typed_pairs(typed text) returns tsquery language sql immutable strict parallel safe as $$
  select coalesce(string_agg(quote_literal(substr(run, place, 2)) || case when length(run) = 1 then ':*' else '' end, ' & '), '')::tsquery
  from public.unspaced_runs(typed) run, generate_series(1, greatest(1, length(run) - 1)) place
$$;

-- A prefix query of what somebody typed: every word must be there, the last may go on. Null without any word.
create or replace function typed_words(typed text) returns tsquery language sql immutable as $$
  select case when plain <> '' then (plain || ':*')::tsquery end
  from (select case when typed ~ '\w' then plainto_tsquery('simple', typed)::text else '' end as plain) p
$$;

-- The newest engagements with all these words (the last one may be the beginning of a word). A common word stands in
-- the newest few. Where it stands in some of them, the index is asked for as many of the newest as should do, else for
-- all there are. Plans are made for the words that are asked for.
create function find_engagements(typed text, most int) returns table (engagement_id uuid, published_at timestamptz)
language plpgsql stable security definer set search_path = public set work_mem = '32MB' as $$
declare
  workspace uuid := scope_workspace();
  pairs tsquery := typed_pairs(typed);
  -- Beside letters of such scripts words of others stand unspaced as well: all are looked for as they were typed.
  parts text[] := array(select '%' || run || '%' from unspaced_runs(typed) run
    union select '%' || word[1] || '%' from regexp_matches(lower(typed), '[a-z0-9]+', 'g') word);
  words tsquery := case when numnode(pairs) = 0 then typed_words(typed) end;
  word_there text := case when words is not null then 'to_tsvector(''simple'', e.text) @@ $3' end;
  part_there text := case when numnode(pairs) > 0 then 'lower(e.text) like all($5)' end;
  pair_there text := case when numnode(pairs) > 0 then 'is_unspaced(e.text) and letter_pairs(e.text) @@ $4' end;
  newest constant text := 'order by published_at desc, id desc limit $2';
  looked constant int := 400;
  since timestamptz;
  found int;
  ids uuid[];
  times timestamptz[];
begin
  if workspace is null or coalesce(word_there, part_there) is null then return; end if;
  execute format('select array_agg(e.id), array_agg(e.published_at) from (select id, published_at from (
      select id, published_at, text from engagements where workspace_id = $1 order by published_at desc, id desc limit %s) e
    where %s %s) e', looked, concat_ws(' and ', part_there, word_there), newest)
    into ids, times using workspace, most, words, pairs, parts;
  found := coalesce(cardinality(ids), 0);
  if found > 0 and found < most then
    select e.published_at into since from engagements e where e.workspace_id = workspace
      order by e.published_at desc offset least(40000, 3 * looked * most / found) limit 1;
    if since is not null then
      execute format('select array_agg(e.id), array_agg(e.published_at) from (select id, published_at from engagements e
        where workspace_id = $1 and published_at >= $6 and %s %s) e',
        concat_ws(' and ', pair_there, part_there, word_there), newest)
        into ids, times using workspace, most, words, pairs, parts, since;
      found := coalesce(cardinality(ids), 0);
    end if;
  end if;
  if found < most then
    execute format('select array_agg(e.id), array_agg(e.published_at) from (select id, published_at from engagements e
      where workspace_id = $1 and %s %s) e', concat_ws(' and ', pair_there, part_there, word_there), newest)
      into ids, times using workspace, most, words, pairs, parts;
  end if;
  return query select * from unnest(ids, times);
end $$;

-- Cases by number or person.
create function find_named_cases(typed text, most int) returns setof uuid
language plpgsql stable security definer set search_path = public as $$
declare
  workspace uuid := scope_workspace();
begin
  return query
    (select c.id from cases c where c.workspace_id = workspace
      and c.number = case when typed ~ '^#?[0-9]{1,9}$' then ltrim(typed, '#')::int end)
    union
    (select c.id from cases c where c.workspace_id = workspace
      and c.person_id in (select find_persons(typed, 50)) limit most);
end $$;

-- By number, person or words.
create function find_cases(typed text, most int) returns setof uuid
language plpgsql stable security definer set search_path = public as $$
declare
  workspace uuid := scope_workspace();
begin
  return query
    select find_named_cases(typed, most)
    union
    (select e.case_id from find_engagements(typed, most) f
      join engagements e on e.workspace_id = workspace and e.id = f.engagement_id
      where e.case_id is not null);
end $$;

-- People are looked for by the last word of their name as well.
create index persons_last_word on persons (workspace_id, lower(split_part(name, ' ', -1)) text_pattern_ops)
  where merged_into is null and name like '% %';

create or replace function find_persons(typed text, most int) returns setof uuid
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
      (select p.id from persons p where p.workspace_id = workspace and p.merged_into is null and p.name like '% %'
        and lower(split_part(p.name, ' ', -1)) like beginning limit most)
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
