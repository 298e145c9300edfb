import type { QueryKey } from '@tanstack/react-query'
import type { LiveEvent } from '../contract/live.ts'
import { api } from './api.ts'

/** What is shown anew when something happened; queries that no page shows are only marked as old. */
export function keysToRefresh(event: LiveEvent): readonly QueryKey[] | 'everything' {
  switch (event.topic) {
    case 'case.changed':
      return [...lists(), ...event.caseIds.flatMap(ofCase), ...event.personIds.flatMap(ofPerson)]
    case 'engagement.arrived':
      return [
        ...lists(),
        api.replies.posts.key(),
        ...event.caseIds.flatMap(ofCase),
        ...event.personIds.flatMap(ofPerson),
      ]
    case 'engagement.changed':
      return [
        ...event.caseIds.flatMap(ofCase),
        ...event.engagementIds.map((id) => api.engagements.get.key({ input: { id } })),
        api.people.timeline.key(),
        api.replies.posts.key(),
      ]
    case 'person.changed':
      return [api.people.list.key(), ...event.personIds.flatMap(ofPerson)]
    case 'case.viewed':
      return [api.cases.get.key({ input: { id: event.caseId } })]
    case 'import.progressed':
      return [api.imports.list.key(), api.imports.get.key({ input: { id: event.importId } })]
    case 'notification.added':
      return [api.notifications.key()]
    case 'connection.changed':
      return [
        api.connections.key(),
        api.presences.key(),
        api.replies.ways.key(),
        api.replies.postPlaces.key(),
      ]
    case 'workspace.changed':
      return [
        api.workspace.key(),
        api.members.key(),
        api.invitations.key(),
        api.presences.key(),
        api.connections.key(),
        api.decisions.key(),
        api.audit.key(),
      ]
    case 'reset':
      return 'everything'
    default:
      return []
  }
}

function lists(): readonly QueryKey[] {
  return [api.cases.list.key(), api.cases.counts.key(), api.overview.key()]
}

function ofCase(id: string): readonly QueryKey[] {
  const input = { id }
  return [api.cases.get.key({ input }), api.cases.thread.key({ input }), api.replies.ways.key({ input })]
}

function ofPerson(id: string): readonly QueryKey[] {
  return [api.people.get.key({ input: { id } }), api.people.timeline.key({ input: { id } })]
}
