// The fields of a case that members change, by the names of their columns.

export interface ChangeableCase {
  readonly status: string
  readonly resolvedAt: Date | null
  readonly functionKey: string
  readonly assigneeId: string | null
  readonly priority: number
  readonly tags: readonly string[]
  readonly snoozedUntil: Date | null
  readonly wantsAssignee: boolean
  readonly assignReason: string | null
}

export function fieldsOf(state: ChangeableCase): Readonly<Record<string, unknown>> {
  return {
    status: state.status,
    resolved_at: state.resolvedAt,
    function_key: state.functionKey,
    assignee_id: state.assigneeId,
    priority: state.priority,
    tags: state.tags,
    snoozed_until: state.snoozedUntil,
    wants_assignee: state.wantsAssignee,
    assign_reason: state.assignReason,
  }
}
