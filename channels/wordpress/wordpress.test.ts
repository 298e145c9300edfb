import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { missingDebian } from '../../test/peers/install.ts'
import { wordPressBackend, type WordPressBackend } from '../../test/peers/wordpress/backend.ts'
import { startWordPress, type WordPress } from '../../test/peers/wordpress/wordpress.ts'
import { openTestPorts } from '../../test/ports.ts'
import type { EngagementInput } from '../../contract/engagement.ts'
import type { Command } from '../acting.ts'
import type { Channel, Link } from '../channel.ts'
import type { Customer } from '../conformance/backend.ts'
import { toHtml } from './act.ts'
import { commentId, readSite } from './site.ts'
import { wordpress } from './wordpress.ts'

const link: Link = {
  id: 'l',
  account: null,
  config: { site: 'https://blog.example', user: 'care' },
  secrets: { password: 'abcd efgh' },
  hookUrl: 'https://desk.example/hook',
}

function open(config: Readonly<Record<string, string>> = {}): Channel {
  const given = { ...link, config: { ...link.config, ...config } }
  const channel = wordpress.open(openTestPorts({ trusted: [] }), { smtp: undefined }, given)
  if (channel === null) throw new Error('no channel')
  return channel
}

describe('an address of a site', () => {
  test.each([
    ['https://Blog.example/', 'https://blog.example', 'blog.example'],
    ['blog.example', 'https://blog.example', 'blog.example'],
    ['https://example.com/blog/wp-admin/index.php', 'https://example.com/blog', 'example.com/blog'],
    ['https://example.com:8443/a/', 'https://example.com:8443/a', 'example.com:8443/a'],
    ['http://127.0.0.1:80/', 'http://127.0.0.1', '127.0.0.1'],
  ])('%s is read', (text, url, key) => expect(readSite(text)).toEqual({ url, key }))

  test.each([
    'http://blog.example',
    'https://u:p@blog.example',
    'ftp://blog.example',
    '',
    '::',
    'javascript:1',
  ])('%s is refused: no site, or a password in the clear', async (site) => {
    expect(readSite(site)).toBeNull()
    expect(await open({ site }).check?.()).toMatchObject({ state: 'misconfigured' })
  })

  test('keeps comments of other sites apart', () => {
    const site = readSite('https://blog.example')!
    expect(commentId(site, 'blog.example#comment-12')).toBe(12)
    for (const name of [
      'other.example#comment-12',
      'blog.example#comment-0',
      'blog.example#comment-1x',
      null,
    ]) {
      expect(commentId(site, name)).toBeNull()
    }
  })
})

test('words never become HTML', () => {
  expect(toHtml('<b>1 & 2</b>\0\u0007')).toBe('&lt;b&gt;1 &amp; 2&lt;/b&gt;')
})

const missing = missingDebian(['wordpress', 'mariadb-server', 'php-cli'])

describe.skipIf(missing !== null)('WordPress', () => {
  let peer: WordPress
  let backend: WordPressBackend
  let channel: Channel
  let visitor: Customer
  let cursor: string | null = null

  beforeAll(async () => {
    peer = await startWordPress()
    backend = await wordPressBackend(peer, 'care')
    channel = channelOf(backend)
    visitor = await backend.newCustomer('Vera Visitor')
    cursor = (await channel.poll!(null, 100)).cursor
  }, 60_000)
  afterAll(() => peer?.close())

  function channelOf({ link: made, ports, settings }: WordPressBackend, config = {}): Channel {
    return wordpress.open(ports, settings, { ...made, config: { ...made.config, ...config } })!
  }

  /** What the next poll means. */
  async function news(): Promise<readonly EngagementInput[]> {
    const found: EngagementInput[] = []
    let more = true
    while (more) {
      const polled = await channel.poll!(cursor, 100)
      for (const event of polled.events) found.push(...(await channel.normalise!(event)).activities)
      cursor = polled.cursor
      more = polled.more
    }
    return found
  }

  function replyTo(parentExternalId: string, text: string): Command {
    const target = { address: 'x', parentExternalId, earlierExternalIds: [], subject: null }
    return { what: 'reply', target, text, speaker: 'Ada', presence: null }
  }

  function setOption(name: string, value: string): void {
    peer.run(`update_option('${name}', '${value}');`)
  }

  const numberOf = (name: string): string => name.split('-').at(-1) ?? ''

  test('a check tells who we are and what we may', async () => {
    expect(await channel.check!()).toMatchObject({
      state: 'ok',
      account: { id: backend.link.account?.id, handle: backend.link.account?.handle },
      permissions: ['edit_posts', 'moderate_comments'],
    })
    const wrong = { ...backend.link, secrets: { password: 'wrong' } }
    expect(await wordpress.open(backend.ports, backend.settings, wrong)!.check!()).toMatchObject({
      state: 'needs-reauth',
    })
  })

  test('a comment has its author, its article and its words as a reader sees them', async () => {
    const said = await visitor.say('It\'s <b>bold</b> & "new"\nsecond line')
    expect(await news()).toMatchObject([
      {
        type: 'Create',
        externalId: said.externalId,
        direction: 'in',
        author: { name: 'Vera Visitor' },
        subject: 'Our new anvil & hammer',
        text: 'It\'s bold & "new"\nsecond line',
        visibility: 'public',
      },
    ])
    expect(await news()).toEqual([])
  })

  test('a comment that waits is known as such, and its answer may approve it', async () => {
    setOption('comment_moderation', '1')
    const said = await visitor.say('Please let me in')
    setOption('comment_moderation', '0')
    expect(await news()).toMatchObject([
      { type: 'Create', visibility: 'unlisted', externalId: said.externalId },
    ])
    const target = { ...replyTo(said.externalId, '').target, visibility: 'unlisted' } as const
    expect(channel.canAct(target, 0)).toMatchObject({
      can: true,
      note: expect.stringContaining('waits for approval'),
    })
    const approving = channelOf(backend, { approves: 'true' })
    expect(approving.canAct(target, 0)).toMatchObject({ note: expect.stringContaining('approves it') })
    expect(await approving.act(replyTo(said.externalId, 'You are in'), 'k-approve')).toMatchObject({
      result: 'done',
    })
    expect(await news()).toMatchObject([
      { type: 'Update', visibility: 'public', externalId: said.externalId },
      { type: 'Create', direction: 'out', parentExternalId: said.externalId, text: 'You are in' },
    ])
  })

  test('spam means nothing until somebody says that it is none', async () => {
    const said = await visitor.say('Cheap watches')
    const id = numberOf(said.externalId)
    peer.run(`wp_spam_comment(${id});`)
    expect(await news()).toEqual([])
    peer.run(`wp_unspam_comment(${id}); wp_set_comment_status(${id}, 'approve');`)
    expect(await news()).toMatchObject([{ type: 'Create', externalId: said.externalId }])
    peer.run(`wp_spam_comment(${id});`)
    expect(await news()).toMatchObject([{ type: 'Delete', externalId: said.externalId }])
  })

  test('trash and deletion for good are both noticed, and nothing there can be answered', async () => {
    const trashed = await visitor.say('Into the trash')
    const deleted = await visitor.say('Gone for good')
    await news()
    peer.run(`wp_trash_comment(${numberOf(trashed.externalId)});`)
    peer.run(`wp_delete_comment(${numberOf(deleted.externalId)}, true);`)
    const names = [trashed.externalId, deleted.externalId]
    expect((await news()).map(({ type, externalId }) => [type, externalId])).toEqual(
      names.map((name) => ['Delete', name]),
    )
    const stays = await visitor.say('This stays')
    expect(await channel.reconcileDeletes!([...names, stays.externalId])).toEqual(names)
    for (const name of names) {
      expect(await channel.act(replyTo(name, 'too late'), `k-${name}`)).toMatchObject({
        error: 'target.gone',
      })
    }
    expect(channel.canAct({ ...replyTo(names[0]!, '').target, isParentGone: true }, 0)).toMatchObject({
      can: false,
    })
  })

  test('where comments are closed it says so', async () => {
    const said = await visitor.say('Before it closed')
    peer.run(`wp_update_post(['ID' => ${peer.post}, 'comment_status' => 'closed']);`)
    const acted = await channel.act(replyTo(said.externalId, 'late'), 'k-closed')
    peer.run(`wp_update_post(['ID' => ${peer.post}, 'comment_status' => 'open']);`)
    expect(acted).toMatchObject({
      result: 'refused',
      error: 'target.forbidden',
      detail: expect.stringContaining('closed'),
    })
  })

  test('the flood limit of WordPress is honoured: told how long to wait, and taken after that', async () => {
    const helper = channelOf(await wordPressBackend(peer, 'helper'))
    const said = await visitor.say('To an author who may not moderate')
    setOption('peer_flood_limit', 'on')
    try {
      expect(await helper.act(replyTo(said.externalId, 'first'), 'k-1')).toMatchObject({ result: 'done' })
      expect(await helper.act(replyTo(said.externalId, 'second'), 'k-2')).toMatchObject({
        result: 'refused',
        error: 'rate',
        retryAfterMs: 15_000,
      })
      await expect(visitor.say('too fast')).rejects.toThrow('429')
      peer.run(
        `global $wpdb; $wpdb->query("update wp_comments set comment_date_gmt = comment_date_gmt - interval 16 second");`,
      )
      expect(await helper.act(replyTo(said.externalId, 'second'), 'k-2')).toMatchObject({ result: 'done' })
    } finally {
      setOption('peer_flood_limit', 'off')
    }
  })

  test('who may not moderate hears what visitors see, once it is approved', async () => {
    const helper = channelOf(await wordPressBackend(peer, 'helper'))
    expect(await helper.check!()).toMatchObject({ state: 'ok', permissions: ['edit_posts'] })
    const start = (await helper.poll!(null, 100)).cursor
    setOption('comment_moderation', '1')
    const said = await visitor.say('Held for the helper')
    setOption('comment_moderation', '0')
    await visitor.say('Seen at once')
    const first = await helper.poll!(start, 100)
    expect(first.events).toHaveLength(1)
    peer.run(`wp_set_comment_status(${numberOf(said.externalId)}, 'approve');`)
    const second = await helper.poll!(first.cursor, 100)
    expect(second.events).toHaveLength(1)
    const meant = await helper.normalise!(second.events[0]!)
    expect(meant.activities).toMatchObject([
      { type: 'Create', externalId: said.externalId, text: 'Held for the helper' },
    ])
  })

  test('hundreds at once come in order, none missed though older ones are deleted meanwhile', async () => {
    await news()
    const made = peer.run(`$ids = []; for ($i = 0; $i < 350; $i++) { $ids[] = wp_insert_comment([
      'comment_post_ID' => ${peer.post}, 'comment_author' => 'Bulk', 'comment_content' => 'bulk ' . $i,
      'comment_approved' => 1]); } echo json_encode($ids);`)
    const ids = JSON.parse(made) as readonly number[]
    const seen: string[] = []
    for (let round = 0; ; round += 1) {
      const polled = await channel.poll!(cursor, 70)
      cursor = polled.cursor
      seen.push(
        ...polled.events.filter(({ key }) => key.includes(':0:')).map(({ key }) => key.split(':')[1]!),
      )
      if (!polled.more) break
      if (round === 1) peer.run('foreach (range(2, 12) as $id) { wp_delete_comment($id, true); }')
    }
    expect(seen.map(Number)).toEqual(ids)
  })

  test('history comes oldest first, whatever is asked at a time', async () => {
    const seen: number[] = []
    let from: string | null = null
    for (let more = true; more;) {
      const polled: Awaited<ReturnType<NonNullable<Channel['backfill']>>> = await channel.backfill!(from, 90)
      seen.push(...polled.events.map(({ key }) => Number(key.split(':')[1])))
      from = polled.cursor
      more = polled.more
    }
    const all = JSON.parse(
      peer.run(`global $wpdb; echo json_encode(array_map('intval',
      $wpdb->get_col('select comment_ID from wp_comments order by comment_ID')));`),
    ) as readonly number[]
    expect(seen).toEqual(all)
  })
})
