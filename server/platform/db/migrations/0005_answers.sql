-- Answers out, and the own web channel.

-- Beside the answer itself, a notice may leave by mail that one stands on the conversation's page.
alter table outbox drop constraint outbox_workspace_id_engagement_id_key;
alter table outbox add column purpose text not null default 'answer' check (purpose in ('answer', 'notice'));
alter table outbox add unique (workspace_id, engagement_id, purpose);
-- Not tried before this instant.
alter table outbox add column not_before timestamptz;

-- Made by the page, once a conversation; only its hash is kept, since whoever knows it gets the private link again.
alter table web_conversations add column start_hash bytea;
alter table web_conversations add unique (workspace_id, start_hash);

-- What was written on the page of a conversation: at once visible there, and written once for each key.
create table web_messages (
  workspace_id uuid not null,
  conversation_id uuid not null,
  key uuid not null,
  arrival_id uuid not null,
  at timestamptz not null,
  primary key (workspace_id, conversation_id, key)
);
create index web_messages_at on web_messages (workspace_id, conversation_id, at);
alter table web_messages enable row level security;
create policy own on web_messages using (workspace_id = current_setting('app.workspace', true)::uuid);
