import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openDesk, type Desk } from '../../test/desk.ts'
import { inScope, systemScope, type Db } from '../platform/db/scope.ts'
import { newId } from '../platform/ids.ts'
import { caseCounts } from './views-counts.ts'
import { listCases } from './views-list.ts'
import { searchEverywhere } from './views-search.ts'

let desk: Desk
const said: Record<string, string> = {
  English: 'My parcel from Anna is broken, write to jo@acme.example',
  Japanese: '商品がまだ届きません。iPhoneが壊れた',
  Thai: 'ฉันยังไม่ได้รับพัสดุ',
  Korean: '배송이 너무 늦어요',
}
const ids: Record<string, string> = {}

beforeAll(async () => {
  desk = await openDesk()
  for (const [language, text] of Object.entries(said)) {
    const author = { externalId: newId(), handle: `jo.${language}`, name: `Jo van ${language}` }
    ids[language] = await desk.arrive({ author, externalId: newId(), text })
  }
})
afterAll(() => desk.close())

function within<Result>(work: (db: Db) => Promise<Result>): Promise<Result> {
  return inScope(desk.database, systemScope(desk.workspaceId), work)
}

async function found(typed: string, type: 'person' | 'case' | 'engagement'): Promise<readonly string[]> {
  const hits = await within((db) => searchEverywhere(db, desk.workspaceId, typed, 30))
  return hits.filter((hit) => hit.type === type).map(({ id, title }) => (type === 'person' ? title : id))
}

describe('words', () => {
  test.each([
    ['a word', 'parcel', 'English'],
    ['its beginning', 'parc', 'English'],
    ['several words in any order', 'broken anna', 'English'],
    ['an address', 'jo@acme.example', 'English'],
    ['a part of a run without spaces', '届き', 'Japanese'],
    ['one letter of it', '届', 'Japanese'],
    ['parts of two runs', '商品 壊れた', 'Japanese'],
    ['letters of both kinds', 'iphone 壊れ', 'Japanese'],
    ['Thai', 'พัสดุ', 'Thai'],
    ['the middle of a Korean word', '송이', 'Korean'],
  ])('%s is found: %s', async (_what, typed, language) => {
    expect(await found(typed, 'engagement')).toEqual([ids[language]])
  })

  test.each(['品届', '届きません商品', 'parcels', '', '--', '%', '物%', "'", 'z & !', '\\'])(
    'what nobody said is not found, and harms nothing: %j',
    async (typed) => {
      expect(await found(typed, 'engagement')).toEqual([])
    },
  )

  test('each engagement is found once, also where the newest are few', async () => {
    const texts = await found('acme', 'engagement')
    expect(new Set(texts).size).toBe(texts.length)
  })
})

test('people are found by the beginning of their name, by its last word and by their handle', async () => {
  for (const typed of ['jo van jap', 'japanese', '@jo.japan']) {
    expect(await found(typed, 'person')).toEqual(['Jo van Japanese'])
  }
})

test('a case is found by its number and by what was said in it', async () => {
  const [row] = await desk.rows(
    'select c.id, c.number from cases c join engagements e on e.case_id = c.id where e.id = $1',
    [ids['Thai']],
  )
  expect(await found(`#${row.number}`, 'case')).toEqual([row.id])
  expect(await found('พัสดุ', 'case')).toEqual([row.id])
})

test('every view of the desk lists what it counts, page by page, in one order', async () => {
  const [first] = await desk.rows('select id from cases order by number limit 1')
  await desk.rows(`update cases set status = 'resolved', due_at = null, tags = '{vip}' where id = $1`, [
    first.id,
  ])
  const looker = { memberId: null, now: new Date(desk.world.clock.now()), functions: [] }
  const counts = await within((db) => caseCounts(db, desk.workspaceId, looker))
  for (const view of ['open', 'unassigned', 'resolved', 'all'] as const) {
    for (const sort of ['due', 'newest', 'oldest'] as const) {
      const listed: string[] = []
      let cursor: string | undefined
      do {
        const page = await within((db) =>
          listCases(
            db,
            desk.workspaceId,
            { view, sort, limit: 1, ...(cursor === undefined ? {} : { cursor }) },
            looker,
          ),
        )
        expect(page.total).toBe(counts.views[view])
        listed.push(...page.items.map(({ id }) => id))
        cursor = page.nextCursor ?? undefined
      } while (cursor !== undefined)
      expect(new Set(listed).size).toBe(counts.views[view])
      expect(listed.length).toBe(counts.views[view])
    }
  }
  const tagged = await within((db) =>
    listCases(db, desk.workspaceId, { view: 'all', sort: 'due', tag: 'vip', limit: 50 }, looker),
  )
  expect(tagged.items.map(({ id }) => id)).toEqual([first.id])
})
