import { describe, expect, test } from 'vitest'
import type { Engagement } from '../../../../contract/engagements.ts'
import { warningsFor, type WarningSubject } from './warnings.ts'

function engagement(id: string): Engagement {
  return {
    id,
    type: 'Create',
    kind: 'Note',
    channel: 'web',
    direction: 'in',
    visibility: 'direct',
    author: { name: 'Ada', handle: null, personId: null, memberId: null },
    presenceId: null,
    threadId: 't',
    parentId: null,
    isParentMissing: false,
    subject: null,
    text: id,
    language: 'en',
    sentiment: null,
    isSentimentUnsure: false,
    labels: [],
    media: [],
    publishedAt: '2026-01-01T00:00:00Z',
    receivedAt: '2026-01-01T00:00:00Z',
    editedAt: null,
    deletedAt: null,
    isAutomatic: false,
    caseId: null,
    delivery: null,
    change: null,
  }
}

const base: WarningSubject = {
  text: 'Your kettle is on its way',
  heard: 'Where is my kettle?',
  viewers: [],
  memberId: 'me',
  engagements: [engagement('a'), engagement('b')],
  lastSeenEngagementId: 'b',
  overBy: 0,
}

describe('before an answer is sent', () => {
  test('a good answer to what was seen has no warning', () => {
    expect(warningsFor(base)).toEqual([])
  })

  test('somebody else who answers is named, I am not; somebody who only looks comes last', () => {
    const viewers = [
      { memberId: 'me', name: 'Me', isAnswering: true },
      { memberId: 'x', name: 'Mira', isAnswering: true },
      { memberId: 'y', name: 'Jonas', isAnswering: false },
    ]
    expect(warningsFor({ ...base, viewers })).toEqual([
      { kind: 'answering', names: ['Mira'] },
      { kind: 'looking', names: ['Jonas'] },
    ])
  })

  test('a message that arrived since the writing began is shown, only once something is written', () => {
    const late = { ...base, lastSeenEngagementId: 'a' }
    expect(warningsFor(late)).toMatchObject([{ kind: 'arrived', newest: { id: 'b' } }])
    expect(warningsFor({ ...late, text: '' })).toEqual([])
    expect(warningsFor({ ...base, lastSeenEngagementId: 'on an older page' })).toEqual([])
    expect(warningsFor({ ...base, lastSeenEngagementId: null })).toMatchObject([{ newest: { id: 'b' } }])
  })

  test('too long, not filled in and a form letter are said, the gravest first', () => {
    const text = 'Dear {name}, thank you for contacting us. We apologize for any inconvenience.'
    expect(warningsFor({ ...base, text, overBy: 4 }).map((warning) => warning.kind)).toEqual([
      'over',
      'placeholder',
      'form-letter',
    ])
  })
})
