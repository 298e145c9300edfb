/* oxlint-disable max-lines -- generated */
import type { ColumnType } from 'kysely'

// Written by tools/db-types.ts from the migrated database; not by hand.

/** A column with a default may be left out when a row is made. */
type Generated<T> =
  T extends ColumnType<infer S, infer I, infer U>
    ? ColumnType<S, I | undefined, U>
    : ColumnType<T, T | undefined, T>
type Timestamp = ColumnType<Date, Date | string, Date | string>
/** Read as parsed JSON, written as a string. */
type Json = ColumnType<unknown, string, string>

export interface Schema {
  api_keys: {
    workspace_id: string
    id: string
    name: string
    start: string
    hash: Buffer
    scopes: readonly string[]
    created_by: string | null
    created_at: Timestamp
    last_used_at: Timestamp | null
  }
  arrival_queue: {
    workspace_id: string
    arrival_id: string
    published_at: Timestamp
    tries: Generated<number>
  }
  arrivals: {
    workspace_id: string
    id: string
    source: string
    activity_key: string
    via: string
    import_id: string | null
    member_id: string | null
    received_at: Timestamp
    published_at: Timestamp
    body: Json
  }
  attachments: {
    workspace_id: string
    id: string
    connection_id: string | null
    event_id: string | null
    source: string
    external_id: string
    name: string
    media_type: string
    bytes: number
    created_at: Timestamp
  }
  audit: {
    workspace_id: string
    number: number
    id: string
    at: Timestamp
    actor_id: string | null
    actor: string
    action: string
    subject_type: string
    subject_id: string
    before: Json | null
    after: Json | null
    hash: Buffer
  }
  audit_heads: {
    workspace_id: string
    entries: number
    hash: Buffer
  }
  capture_lags: {
    workspace_id: string
    connection_id: string
    id: string
    at: Timestamp
    arrival_ms: number
    shown_ms: number
  }
  case_changes: {
    workspace_id: string
    id: string
    case_id: string
    member_id: string
    at: Timestamp
    before: Json
    after: Json
    event_ids: readonly string[]
    hop_id: string | null
    undone_at: Timestamp | null
  }
  case_events: {
    workspace_id: string
    case_id: string
    id: string
    at: Timestamp
    type: string
    by_member: string | null
    by_name: string | null
    detail: Generated<Json>
    undone_at: Timestamp | null
  }
  case_reads: {
    workspace_id: string
    member_id: string
    case_id: string
    read_until: Timestamp
    is_marked_unread: Generated<boolean>
  }
  case_viewers: {
    workspace_id: string
    case_id: string
    member_id: string
    name: string
    is_answering: boolean
    until: Timestamp
  }
  cases: {
    workspace_id: string
    id: string
    number: number
    person_id: string
    thread_id: string
    presence_id: string | null
    channel: string
    preview: string
    status: string
    function_key: string
    assignee_id: string | null
    priority: number
    target: Json
    act: string
    is_waiting: boolean
    waiting_since: Timestamp | null
    due_at: Timestamp | null
    first_answer_due_at: Timestamp | null
    next_answer_due_at: Timestamp | null
    resolution_due_at: Timestamp | null
    first_answered_at: Timestamp | null
    resolution_spent_ms: Generated<number>
    sentiment: string | null
    labels: Generated<readonly string[]>
    tags: Generated<readonly string[]>
    snoozed_until: Timestamp | null
    messages: Generated<number>
    opened_at: Timestamp
    last_activity_at: Timestamp
    last_engagement_id: string | null
    resolved_at: Timestamp | null
    version: Generated<number>
    heard_at: Timestamp | null
    wants_assignee: Generated<boolean>
    assign_reason: string | null
  }
  channel_unknowns: {
    workspace_id: string
    connection_id: string
    kind: string
    count: number
    last_event_id: string
    last_at: Timestamp
  }
  channel_values: {
    workspace_id: string
    connection_id: string
    key: string
    value: Buffer
  }
  connection_runs: {
    workspace_id: string
    connection_id: string
    cursors: Generated<Json>
    listener: string | null
    listener_until: Timestamp | null
    fence: Generated<number>
    listens: string | null
    failures: Generated<number>
    waits_until: Timestamp | null
    last_contact_at: Timestamp | null
    last_event_at: Timestamp | null
    silent_since: Timestamp | null
    subscribed_until: Timestamp | null
    is_subscribed: Generated<boolean>
    budget_left: number | null
    budget_at: Timestamp | null
    backfill_state: Generated<string>
    backfill_cursor: string | null
    backfill_received: Generated<number>
    backfill_detail: Generated<string>
    backfill_started_at: Timestamp | null
    backfill_ended_at: Timestamp | null
    reconciled_to: Timestamp | null
    reconciled_at: Timestamp | null
  }
  connections: {
    workspace_id: string
    id: string
    presence_id: string | null
    function_key: string | null
    channel: string
    account: Json | null
    config: Generated<Json>
    secrets: Buffer | null
    secret_names: Generated<readonly string[]>
    secrets_version: Generated<number>
    permissions: Generated<readonly string[]>
    owner_id: string | null
    is_paused: Generated<boolean>
    trouble: string | null
    detail: Generated<string>
    checked_at: Timestamp | null
    version: Generated<number>
    hook_hash: Buffer | null
    site_handle: string | null
    created_at: Timestamp
    disconnected_at: Timestamp | null
  }
  consents: {
    workspace_id: string
    connection_id: string
    address: string
    may_write: boolean
    at: Timestamp
  }
  decision_trees: {
    workspace_id: string
    version: number
    title: string
    tree: Json
    saved_by: string | null
    saved_by_name: string | null
    saved_at: Timestamp
  }
  decisions: {
    workspace_id: string
    id: string
    engagement_id: string
    case_id: string | null
    tree_version: number
    leaf: string
    act: string
    function_key: string
    priority: string
    path: Json
    at: Timestamp
  }
  drafts: {
    workspace_id: string
    case_id: string
    member_id: string
    text: string
    at: Timestamp
  }
  engagement_versions: {
    workspace_id: string
    engagement_id: string
    version: number
    text: string
    at: Timestamp
    arrival_id: string | null
  }
  engagements: {
    workspace_id: string
    id: string
    arrival_id: string
    source: string
    external_id: string
    type: string
    kind: string
    channel: string
    direction: string
    visibility: string
    presence_id: string | null
    identity_id: string | null
    person_id: string | null
    member_id: string | null
    author_name: string
    author_handle: string | null
    thread_id: string
    parent_id: string | null
    parent_external_id: string | null
    subject: string | null
    text: string
    language: Generated<string>
    sentiment: string | null
    sentiment_probability: number | null
    is_sentiment_unsure: Generated<boolean>
    labels: Generated<readonly string[]>
    mentions: Generated<readonly string[]>
    media: Generated<Json>
    is_automatic: Generated<boolean>
    is_historical: Generated<boolean>
    version: Generated<number>
    published_at: Timestamp
    received_at: Timestamp
    edited_at: Timestamp | null
    deleted_at: Timestamp | null
    case_id: string | null
    import_id: string | null
  }
  external_names: {
    workspace_id: string
    source: string
    external_id: string
    engagement_id: string
    position: number
  }
  functions: {
    workspace_id: string
    key: string
    title: string
    position: number
    is_archived: Generated<boolean>
    auto_assign: Generated<boolean>
    most_open: Generated<number>
  }
  gone_authors: {
    workspace_id: string
    source: string
    external_id: string
    gone_at: Generated<Timestamp>
    back_at: Generated<Timestamp>
    noted_at: Timestamp
    is_erased: boolean
  }
  hops: {
    workspace_id: string
    case_id: string
    id: string
    at: Timestamp
    from_function: string | null
    to_function: string
    from_member: string | null
    to_member: string | null
    by_name: string | null
    reason: string
    waited_seconds: number
    undone_at: Timestamp | null
  }
  identities: {
    workspace_id: string
    id: string
    source: string
    channel: string
    external_id: string
    handle: string | null
    name: string | null
    verified_email: string | null
    customer_id: string | null
    person_id: string
    created_at: Timestamp
    gone_at: Timestamp | null
  }
  identity_links: {
    workspace_id: string
    id: string
    identity_id: string
    person_id: string
    rule: string
    detail: string
    by_member: string | null
    by_name: string | null
    at: Timestamp
    retracted_at: Timestamp | null
  }
  import_refusals: {
    workspace_id: string
    import_id: string
    line: number
    reason: string
    excerpt: string
  }
  imports: {
    workspace_id: string
    id: string
    format: string
    file_name: string
    file_key: string
    state: string
    bytes: number
    bytes_read: Generated<number>
    line: Generated<number>
    context: Json | null
    accepted: Generated<number>
    pending: Generated<number>
    duplicates: Generated<number>
    refused: Generated<number>
    notices: Generated<readonly string[]>
    error: string | null
    options: Generated<Json>
    started_by: string | null
    started_by_name: string
    created_at: Timestamp
    finished_at: Timestamp | null
  }
  invitations: {
    workspace_id: string
    id: string
    email: string
    role: string
    functions: Generated<readonly string[]>
    token_hash: Buffer
    invited_by: string
    expires_at: Timestamp
    accepted_at: Timestamp | null
    created_at: Timestamp
  }
  live_events: {
    workspace_id: string
    xid: Generated<string>
    id: string
    at: Timestamp
    event: Json
  }
  mail_asks: {
    workspace_id: string
    id: string
    notification_id: string
    member_id: string
    case_id: string
    token_hash: Buffer
    seen_engagement_id: string | null
    state: string
    detail: Generated<string>
    asked_at: Timestamp
  }
  members: {
    workspace_id: string
    id: string
    user_id: string
    name: string
    email: string
    role: string
    functions: Generated<readonly string[]>
    is_active: Generated<boolean>
    is_available: Generated<boolean>
    last_seen_at: Timestamp | null
    created_at: Timestamp
    reads_from: Timestamp | null
    away_until: Timestamp | null
    last_given_at: Timestamp | null
  }
  merges: {
    workspace_id: string
    id: string
    kept_id: string
    merged_id: string
    merged_name: string
    why: string
    moved: Json
    by_member: string
    by_name: string
    at: Timestamp
    undone_at: Timestamp | null
  }
  met_threads: {
    workspace_id: string
    gone: string
    kept: string
  }
  never_links: {
    workspace_id: string
    person_a: string
    person_b: string
    at: Timestamp
  }
  notes: {
    workspace_id: string
    case_id: string
    id: string
    at: Timestamp
    by_member: string
    by_name: string
    text: string
    mentions: Generated<readonly string[]>
  }
  notifications: {
    workspace_id: string
    member_id: string
    id: string
    kind: string
    case_id: string | null
    text: string
    at: Timestamp
    read_at: Timestamp | null
    connection_id: string | null
  }
  outbox: {
    workspace_id: string
    id: string
    key: string
    case_id: string | null
    engagement_id: string
    channel: string
    connector: string | null
    state: string
    detail: Generated<string>
    tries: Generated<number>
    network_id: string | null
    created_at: Timestamp
    changed_at: Timestamp
    purpose: Generated<string>
    not_before: Timestamp | null
    connection_id: string | null
    text: string | null
    delivered_at: Timestamp | null
    read_at: Timestamp | null
    refused_at: Timestamp | null
    receipt_detail: Generated<string>
    template: Json | null
    files: Generated<number>
  }
  outbox_holds: {
    workspace_id: string
    connection_id: string
    until: Timestamp
  }
  outgoing_files: {
    workspace_id: string
    id: string
    member_id: string
    media_type: string
    alt: Generated<string>
    outbox_id: string | null
    position: Generated<number>
    created_at: Timestamp
  }
  persons: {
    workspace_id: string
    id: string
    name: string
    is_name_given: Generated<boolean>
    lifecycle: Generated<string>
    preferred_channel: string | null
    memory: Generated<string>
    memberships: Generated<readonly string[]>
    first_seen_at: Timestamp
    last_seen_at: Timestamp
    inbound: Generated<number>
    last_sentiment: string | null
    merged_into: string | null
  }
  presences: {
    workspace_id: string
    id: string
    channel: string
    handle: string
    handle_key: string
    name: Generated<string>
    function_key: string | null
    purpose: Generated<string>
    connector: string | null
    created_at: Timestamp
  }
  quarantine: {
    workspace_id: string
    arrival_id: string
    reason: string
    tries: number
    at: Timestamp
  }
  raw_events: {
    workspace_id: string
    id: string
    connection_id: string
    key: string
    at: Timestamp | null
    received_at: Timestamp
    body: Buffer
    facts: Generated<Json>
    is_historical: Generated<boolean>
  }
  raw_meanings: {
    workspace_id: string
    source: string
    external_id: string
    event_id: string
    connection_id: string
    is_deletion: Generated<boolean>
  }
  raw_quarantine: {
    workspace_id: string
    connection_id: string
    event_id: string
    reason: string
    tries: number
    at: Timestamp
  }
  raw_queue: {
    workspace_id: string
    connection_id: string
    event_id: string
    tries: Generated<number>
    not_before: Timestamp | null
  }
  readings: {
    workspace_id: string
    engagement_id: string
    id: string
    engagement_version: number
    model_version: string
    language: string
    sentiment: string
    probability: number
    is_unsure: boolean
    labels: readonly string[]
    reasons: Json
    corrected_by: string | null
    corrected_by_name: string | null
    at: Timestamp
  }
  receipts: {
    workspace_id: string
    connection_id: string
    network_id: string
    state: string
    detail: Generated<string>
    at: Timestamp
  }
  report_numbers: {
    workspace_id: string
    id: string
    number: number
  }
  response_days: {
    workspace_id: string
    dimension: string
    key: string
    day: string
    turns: number
    answered: Buffer
    waiting: Buffer
    inbound: number
    outbound: number
    negative: number
    neutral: number
    positive: number
    persons: Buffer
    presences: Buffer
  }
  roll_ups: {
    workspace_id: string
    time_zone: string
    highest_number: Generated<number>
  }
  signed_sources: {
    workspace_id: string
    id: string
    name: string
    secrets: readonly Buffer[]
    created_at: Timestamp
  }
  site_events: {
    workspace_id: string
    id: string
    site_id: string
    visitor_id: string
    message_id: string
    type: string
    name: string
    properties: Json
    url: string | null
    at: Timestamp
    received_at: Timestamp
  }
  site_visitors: {
    workspace_id: string
    id: string
    site_id: string
    anonymous_id: string
    user_id: string
    is_verified: Generated<boolean>
    email: string | null
    traits: Generated<Json>
    groups: Generated<readonly string[]>
    first_seen_at: Timestamp
    last_seen_at: Timestamp
  }
  sites: {
    workspace_id: string
    id: string
    name: string
    write_key: string
    secret: Buffer
    origins: Generated<readonly string[]>
    created_at: Timestamp
  }
  stale_days: {
    workspace_id: string
    day: string
    mark: string
  }
  surveys: {
    workspace_id: string
    id: string
    case_id: string
    person_id: string
    token_hash: Buffer
    asked_at: Timestamp
    answered_at: Timestamp | null
    score: number | null
    comment: Generated<string>
  }
  thread_names: {
    workspace_id: string
    source: string
    external_id: string
    thread_id: string
  }
  turns: {
    workspace_id: string
    id: string
    thread_id: string
    person_id: string
    presence_id: string | null
    channel: string
    function_key: string | null
    labels: Generated<readonly string[]>
    started_at: Timestamp
    answered_at: Timestamp | null
    answer_id: string | null
    seconds: number | null
    due_at: Timestamp | null
    sentiment_before: string | null
    sentiment_after: string | null
    spoke_again: Generated<boolean>
    case_id: string | null
  }
  waiting_changes: {
    workspace_id: string
    source: string
    external_id: string
    arrival_id: string
  }
  web_conversations: {
    workspace_id: string
    id: string
    token_hash: Buffer
    identity_external_id: string
    thread_external_id: string
    name: string
    email: string | null
    created_at: Timestamp
    start_hash: Buffer | null
    customer_id: string | null
  }
  web_messages: {
    workspace_id: string
    conversation_id: string
    key: string
    arrival_id: string
    at: Timestamp
  }
  workspaces: {
    id: string
    slug: string
    name: string
    time_zone: string
    hours: Json
    contact_form: Generated<Json>
    has_sample: Generated<boolean>
    next_case_number: Generated<number>
    created_at: Timestamp
  }
}
