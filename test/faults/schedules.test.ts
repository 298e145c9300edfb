import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { EngagementInput } from '../../contract/engagement.ts'
import { acceptWithin } from '../../server/engagements/index.ts'
import { createTestWorkspace, type TestWorkspace } from '../workspace.ts'

let workspace: TestWorkspace
beforeAll(async () => {
  workspace = await createTestWorkspace()
})
afterAll(() => workspace.close())

const begin = Date.UTC(2026, 2, 2, 9)
const minuteMs = 60_000

/** One word of a conversation: who, below which earlier one, and what becomes of it. */
interface Said {
  readonly by: number
  readonly below: number
  readonly edits: number
  readonly isDeleted: boolean
}

const said = fc.record({
  by: fc.nat(3),
  below: fc.nat(9),
  edits: fc.nat(2),
  isDeleted: fc.boolean(),
})

/** Everything that the source has to say, in the order in which it happened. */
function storyOf(source: string, words: readonly Said[]): readonly EngagementInput[] {
  const made = words.map((word, index) => createOf(source, index, word))
  const later = words.flatMap((word, index) => {
    const base = made[index]
    if (base === undefined) return []
    const edits = Array.from({ length: word.edits }, (_, edit): EngagementInput => ({
      ...base,
      type: 'Update',
      text: `${base.text} Edited ${edit + 1}.`,
      updatedAt: at(100 + index * 5 + edit),
    }))
    const end: EngagementInput[] = word.isDeleted
      ? [{ ...base, type: 'Delete', text: '', updatedAt: at(100 + index * 5 + 4) }]
      : []
    return [...edits, ...end]
  })
  return [...made, ...later]
}

function createOf(source: string, index: number, { by, below }: Said): EngagementInput {
  const isOurs = by === 0
  const parent = index === 0 || below > 7 ? undefined : below % index
  return {
    type: 'Create',
    kind: 'Note',
    source,
    channel: 'twitter',
    externalId: `word-${index}`,
    direction: isOurs ? 'out' : 'in',
    author: { externalId: isOurs ? 'acme' : `person-${by}`, handle: isOurs ? 'acme' : `person-${by}` },
    presence: 'acme',
    mentions: [],
    visibility: 'public',
    ...(parent === undefined ? {} : { parentExternalId: `word-${parent}` }),
    text: isOurs ? `We look into it (${index}).` : `My order ${index} is broken, can you help?`,
    media: [],
    publishedAt: at(index),
    automatic: false,
  }
}

function at(minutes: number): string {
  return new Date(begin + minutes * minuteMs).toISOString()
}

async function deliver(inputs: readonly EngagementInput[]): Promise<void> {
  await workspace.within((db) =>
    acceptWithin(db, workspace.workspaceId, inputs, {
      via: 'api',
      now: new Date(begin + 24 * 60 * minuteMs),
    }),
  )
  await workspace.run('digest')
}

/** What a person who looks at the workspace sees, without the ids that the server draws. */
async function stateOf(source: string) {
  const { ownerPool } = workspace.database
  const words = await ownerPool.query(
    `select e.external_id as name, e.text, e.deleted_at is not null as "isDeleted", p.external_id as parent,
        i.external_id as author, (select min(o.external_id) from engagements o where o.workspace_id = e.workspace_id
          and o.thread_id = e.thread_id) as thread
      from engagements e
      left join engagements p on p.workspace_id = e.workspace_id and p.id = e.parent_id
      left join identities i on i.workspace_id = e.workspace_id and i.id = e.identity_id
      where e.source = $1 order by 1`,
    [source],
  )
  const cases = await ownerPool.query(
    `select i.external_id as person, (select min(o.external_id) from engagements o
        where o.workspace_id = c.workspace_id and o.thread_id = c.thread_id) as thread
      from cases c join identities i on i.workspace_id = c.workspace_id and i.person_id = c.person_id
      where i.source = $1 order by 1, 2`,
    [source],
  )
  const left = await ownerPool.query(
    `select (select count(*) from waiting_changes where source = $1)::int as waiting,
      (select count(*) from arrival_queue)::int as queued, (select count(*) from quarantine)::int as quarantined`,
    [source],
  )
  return { words: words.rows, cases: cases.rows, left: left.rows[0] }
}

test('whatever is repeated, late or out of order, the same conversations and cases come out', async () => {
  let story = 0
  await fc.assert(
    fc.asyncProperty(
      fc.array(said, { minLength: 2, maxLength: 8 }),
      fc.array(fc.record({ key: fc.nat(1_000), twice: fc.boolean(), batch: fc.nat(3) }), {
        minLength: 40,
        maxLength: 40,
      }),
      async (words, draws) => {
        story += 1
        const inOrder = `ordered-${story}`
        await deliver(storyOf(inOrder, words))
        const expected = await stateOf(inOrder)

        const shuffled = `shuffled-${story}`
        const items = storyOf(shuffled, words)
          .flatMap((item, index) => {
            const draw = draws[index]
            const one = { item, key: draw?.key ?? 0, batch: draw?.batch ?? 0 }
            return draw?.twice === true
              ? [one, { ...one, key: 1_000 - one.key, batch: 3 - one.batch }]
              : [one]
          })
          .toSorted((a, b) => a.key - b.key)
        for (const batch of [0, 1, 2, 3]) {
          const together = items.filter((each) => each.batch === batch).map((each) => each.item)
          if (together.length > 0) await deliver(together)
        }
        expect(await stateOf(shuffled)).toEqual(expected)
        expect(expected.left).toEqual({ waiting: 0, queued: 0, quarantined: 0 })
      },
    ),
    { numRuns: 30, seed: 20_260_302 },
  )
}, 240_000)
