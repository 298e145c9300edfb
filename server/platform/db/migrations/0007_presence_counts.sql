-- The list of presences counts what each said and heard, and when last, from this index alone.
create index engagements_presence on engagements (workspace_id, presence_id, published_at) where presence_id is not null;
