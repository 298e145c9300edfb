import type { Client } from '../api.ts'

type Found = Awaited<ReturnType<Client['find']['search']>>['items'][number]

export interface Hit {
  readonly type: Found['type']
  readonly id: string
  readonly title: string
  readonly detail: string
  readonly to: '/w/$workspace/desk' | '/w/$workspace/people/$personId'
  readonly personId: string
  readonly search: Readonly<Record<string, string>>
}

/** Where each finding leads: cases and words to the desk, people to their page. */
export function findHits(items: readonly Found[]): readonly Hit[] {
  return items.flatMap((item) => {
    const hit = hitOf(item)
    return hit === undefined ? [] : [hit]
  })
}

function hitOf(item: Found): Hit | undefined {
  const { type, id, title, detail } = item
  if (item.type === 'person') return { type, id, title, detail, ...toPerson(item.id) }
  if (item.type === 'case') {
    return { type, id, title: `#${item.number} ${title}`, detail, ...toCase(item.id) }
  }
  if (item.caseId !== null) return { type, id, title, detail, ...toCase(item.caseId) }
  if (item.personId !== null) return { type, id, title, detail, ...toPerson(item.personId) }
  return undefined
}

function toCase(id: string) {
  return { to: '/w/$workspace/desk', personId: '', search: { view: 'all', case: id } } as const
}

function toPerson(id: string) {
  return { to: '/w/$workspace/people/$personId', personId: id, search: {} } as const
}
