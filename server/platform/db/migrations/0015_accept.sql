-- What comes in is kept by one statement, which is one way to the database and one commit: under load that is the larger
-- part of the time to an acknowledgement. Both functions run as their caller, whom row-level security binds, and say for
-- themselves which workspace it is.

-- Jobs as `ask_for_job` takes them, in the transaction that gives them something to do.
create function ask_for_jobs(asks json) returns void language plpgsql set search_path = public, pg_temp as $$
begin
  perform ask_for_job(a ->> 'task', a -> 'payload', a ->> 'queue', a ->> 'key', null, (a ->> 'tries')::int)
  from json_array_elements(asks) as a;
end $$;

-- Stores arrivals, each once under its key; with `asks` they are queued and their digest is asked for. Answers with the
-- ids of those that are new.
create function accept_arrivals(workspace uuid, given json, asks json) returns setof uuid
language plpgsql set search_path = public, pg_temp as $$
begin
  perform set_config('app.workspace', workspace::text, true);
  return query
    with added as (
      insert into arrivals (workspace_id, id, source, activity_key, via, import_id, member_id, received_at,
        published_at, body)
      select workspace, g.id, g.source, g.activity_key, g.via, g.import_id, g.member_id, g.received_at,
        g.published_at, g.body
      from json_populate_recordset(null::arrivals, given) as g
      on conflict (workspace_id, source, activity_key) do nothing
      returning arrivals.id, arrivals.published_at),
    queued as (
      insert into arrival_queue (workspace_id, arrival_id, published_at)
      select workspace, added.id, added.published_at from added where asks is not null)
    select added.id from added;
  if found and asks is not null then perform ask_for_jobs(asks); end if;
end $$;

-- Keeps raw events, each once under its key, and queues those that are new; answers with how many were. `heard` are the
-- connections that something came in for just now: that is written once a second, so that pushes do not wait for others
-- who change the same row.
create function keep_raw_events(workspace uuid, moment timestamptz, ids uuid[], connections uuid[], keys text[],
  times timestamptz[], bodies bytea[], facts jsonb[], historical boolean[], heard uuid[], asks json) returns integer
language plpgsql set search_path = public, pg_temp as $$
declare
  n integer;
begin
  perform set_config('app.workspace', workspace::text, true);
  -- Keys in order, so that two writers never wait for each other.
  with added as (
    insert into raw_events (workspace_id, id, connection_id, key, at, received_at, body, facts, is_historical)
    select workspace, g.id, g.connection_id, g.key, g.at, moment, g.body, g.facts, g.is_historical
    from unnest(ids, connections, keys, times, bodies, keep_raw_events.facts, historical)
      as g(id, connection_id, key, at, body, facts, is_historical)
    order by g.connection_id, g.key, g.id
    on conflict (workspace_id, connection_id, key) do nothing
    returning raw_events.id, raw_events.connection_id),
  queued as (
    insert into raw_queue (workspace_id, connection_id, event_id)
    select workspace, added.connection_id, added.id from added returning 1)
  select count(*)::int into n from queued;
  if n > 0 then
    update connection_runs set last_event_at = moment, last_contact_at = moment, silent_since = null
    where workspace_id = workspace and connection_id in (
      select r.connection_id from connection_runs r
      where r.workspace_id = workspace and r.connection_id = any(heard)
        and (r.silent_since is not null or r.last_event_at is null or r.last_event_at < moment - interval '1 second')
      order by r.connection_id for update);
    perform ask_for_jobs(asks);
  end if;
  return n;
end $$;
