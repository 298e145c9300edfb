// Listening (RFC 2177 IDLE). One connection idles in the folder; each time the server says that something came, and once
// a minute, what is new is fetched by UID. The minute's question also finds out whether the line still lives: a command
// that is not answered ends the stream. Folders are opened for reading only, so no mail becomes read by it.
import type { ImapFlow, MailboxObject } from 'imapflow'
import { ChannelFailure, type Streamed } from '../channel.ts'
import type { Ports } from '../ports.ts'
import { fetchMails, listMails, piecesOf, type FolderRole, type Listed } from './fetch-mails.ts'
import { findSentFolder, openImap } from './imap-session.ts'
import { readImapFailure } from './imap-failure.ts'
import { readCursor, writeCursor, type FolderCursor, type MailboxCursor } from './mailbox-cursor.ts'
import type { MailboxSettings } from './mailbox-settings.ts'
import { createSenderRate } from './sender-rate.ts'

const askEveryMs = 60_000
const answerMs = 20_000
/** Where the numbers of a folder changed, mails that arrived so long before the newest are looked at again. */
const overlapMs = 2 * 24 * 3_600_000
/** Where nothing is known any more, so far back. */
const lostMs = 7 * 24 * 3_600_000

interface Watch {
  readonly client: ImapFlow
  readonly settings: MailboxSettings
  readonly sentFolder: string | null
  readonly now: () => number
  readonly floods: (mail: Listed) => boolean
  /** Where folders that were never read begin: with this arrival; null: with what comes now, the rest is history. */
  readonly beginsAt: number | null
  cursor: MailboxCursor
}

export async function* watchMailbox(
  ports: Ports,
  settings: MailboxSettings,
  cursor: string | null,
  signal: AbortSignal,
): AsyncGenerator<Streamed, void, undefined> {
  if (signal.aborted) return
  const client = await openImap(ports, settings)
  const close = (): void => client.close()
  signal.addEventListener('abort', close)
  try {
    const watch = await openWatch(ports, client, settings, cursor)
    yield* listen(watch, signal)
  } catch (error) {
    if (!signal.aborted) throw readImapFailure(error, settings.signIn)
  } finally {
    signal.removeEventListener('abort', close)
    client.close()
  }
}

/** Behind the newest mail. */
export async function beginMailbox(
  ports: Ports,
  settings: MailboxSettings,
  signal: AbortSignal,
): Promise<string | null> {
  for await (const { cursor } of watchMailbox(ports, settings, null, signal)) return cursor
  return null
}

async function openWatch(
  ports: Ports,
  client: ImapFlow,
  settings: MailboxSettings,
  cursor: string | null,
): Promise<Watch> {
  const rate = createSenderRate()
  const now = (): number => ports.clock.now()
  const known = readCursor(cursor)
  return {
    client,
    settings,
    sentFolder: await findSentFolder(client, settings),
    now,
    floods: ({ from, arrivedAt }) => rate(from, arrivedAt ?? now()),
    beginsAt: cursor !== null && known === null ? now() - lostMs : null,
    cursor: known ?? { inbox: null, sent: null, newestAt: now() },
  }
}

async function* listen(watch: Watch, signal: AbortSignal): AsyncGenerator<Streamed, void, undefined> {
  const { client, settings, sentFolder } = watch
  const bell = createBell(client)
  while (!signal.aborted) {
    const open = await client.mailboxOpen(settings.folder, { readOnly: true })
    yield* catchUp(watch, open, 'inbox')
    if (sentFolder !== null && (await hasNews(watch, sentFolder))) {
      yield* catchUp(watch, await client.mailboxOpen(sentFolder, { readOnly: true }), 'sent')
      continue
    }
    yield* idle(watch, bell, signal)
  }
}

/** Waits in the open folder for news; a minute without any is a sign of life. */
async function* idle(
  watch: Watch,
  bell: Bell,
  signal: AbortSignal,
): AsyncGenerator<Streamed, void, undefined> {
  const { client } = watch
  while (!signal.aborted) {
    const rang = bell.next(askEveryMs)
    // Ends by itself as soon as another command is given.
    void client.idle().catch(() => {})
    const what = await rang
    if (what === 'closed') throw new ChannelFailure('network.down', 'The mail server ended the connection.')
    const open = client.mailbox
    if (open === false) return
    yield* catchUp(watch, open, 'inbox')
    if (what === 'quiet') yield { events: [], cursor: writeCursor(watch.cursor) }
    if (watch.sentFolder !== null && (await hasNews(watch, watch.sentFolder))) return
  }
}

/** What came into the open folder since the cursor, in pieces, each with the cursor behind it. */
async function* catchUp(
  watch: Watch,
  open: MailboxObject,
  role: FolderRole,
): AsyncGenerator<Streamed, void, undefined> {
  const validity = open.uidValidity.toString()
  const known = watch.cursor[role]
  const { mails, next } = await newMails(watch, open, known)
  for (const piece of piecesOf(mails)) {
    const events = await answered(
      watch.client,
      fetchMails(watch.client, piece, role, role === 'inbox' ? watch.floods : () => false),
      10 * answerMs,
    )
    const last = piece.at(-1)?.uid ?? 0
    const newest = Math.max(watch.cursor.newestAt, ...piece.map(({ arrivedAt }) => arrivedAt ?? 0))
    advance(watch, role, { validity, next: last + 1, modseq: null }, Math.min(newest, watch.now()))
    yield { events, cursor: writeCursor(watch.cursor) }
  }
  const modseq = open.highestModseq?.toString() ?? null
  const isMoved = known?.validity !== validity || known.next < next || known.modseq !== modseq
  advance(watch, role, { validity, next, modseq }, watch.cursor.newestAt)
  if (isMoved) yield { events: [], cursor: writeCursor(watch.cursor) }
}

function advance(watch: Watch, role: FolderRole, folder: FolderCursor, newestAt: number): void {
  watch.cursor = { ...watch.cursor, [role]: folder, newestAt }
}

interface News {
  readonly mails: readonly Listed[]
  /** The UID from which on to look next time. */
  readonly next: number
}

async function newMails(watch: Watch, open: MailboxObject, known: FolderCursor | null): Promise<News> {
  const { client } = watch
  if (known !== null && known.validity === open.uidValidity.toString()) {
    const listed = await answered(client, listMails(client, `${known.next}:*`, 'uid'))
    const mails = listed.filter(({ uid }) => uid >= known.next)
    return { mails, next: Math.max(known.next, ...mails.map(({ uid }) => uid + 1)) }
  }
  // The server numbers its mails anew, or nobody knows how far they were read: by the time of arrival instead.
  const since = known === null ? watch.beginsAt : watch.cursor.newestAt - overlapMs
  const mails = since === null ? [] : await mailsSince(client, since)
  return { mails, next: Math.max(open.uidNext, ...mails.map(({ uid }) => uid + 1)) }
}

async function mailsSince(client: ImapFlow, since: number): Promise<readonly Listed[]> {
  const uids = await answered(client, client.search({ since: new Date(since) }, { uid: true }))
  if (!Array.isArray(uids) || uids.length === 0) return []
  const lowest = uids.reduce((low, uid) => Math.min(low, uid))
  const listed = await answered(client, listMails(client, `${lowest}:*`, 'uid'))
  return listed.filter(({ arrivedAt }) => arrivedAt === null || arrivedAt >= since)
}

/** Whether a folder changed since the cursor, asked without opening it (RFC 7162 3.1.7). */
async function hasNews({ client, cursor }: Watch, folder: string): Promise<boolean> {
  const query = { uidNext: true, uidValidity: true, highestModseq: true }
  const status = await answered(client, client.status(folder, query))
  if (status === false) return false
  const { sent } = cursor
  if (sent === null || sent.validity !== String(status.uidValidity)) return true
  const isStill = sent.modseq !== null && sent.modseq === status.highestModseq?.toString()
  return !isStill && (status.uidNext ?? 0) > sent.next
}

// The line ---------------------------------------------------------------------------------------------------------

interface Bell {
  /** What comes first: news, the end of the line, or the end of the time. */
  next(ms: number): Promise<'news' | 'closed' | 'quiet'>
}

/** Rings also for what happened between two questions. */
function createBell(client: ImapFlow): Bell {
  let hasRung = false
  let isClosed = false
  let wake = (): void => {}
  client.on('exists', () => {
    hasRung = true
    wake()
  })
  client.on('close', () => {
    isClosed = true
    wake()
  })
  return {
    async next(ms) {
      if (!hasRung && !isClosed && !client.isClosed) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, ms)
          wake = () => {
            clearTimeout(timer)
            resolve()
          }
        })
      }
      if (isClosed || client.isClosed) return 'closed'
      const what = hasRung ? 'news' : 'quiet'
      hasRung = false
      return what
    },
  }
}

/** A server that says nothing for too long is gone, though the socket stands: the connection is given up. */
async function answered<Value>(client: ImapFlow, asked: Promise<Value>, ms = answerMs): Promise<Value> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new ChannelFailure('network.down', 'The mail server does not answer any more.'))
      client.close()
    }, ms)
  })
  try {
    return await Promise.race([asked, late])
  } finally {
    clearTimeout(timer)
  }
}
