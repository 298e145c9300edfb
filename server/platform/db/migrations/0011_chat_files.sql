-- Files that people outside hand us on our own page: no connection brings them.
alter table attachments alter column connection_id drop not null;
alter table attachments alter column event_id drop not null;

-- Whom the site that shows the chat vouches for.
alter table web_conversations add column customer_id text;
