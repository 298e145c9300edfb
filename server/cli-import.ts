import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { basename } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { SingleBar } from 'cli-progress'
import { ImportFormat, type ImportRun } from '../contract/engagements.ts'
import { detectFormat, findImport, startImport } from './engagements/index.ts'
import type { Scope } from './platform/db/scope.ts'
import type { Horseshoe } from './start.ts'
import { printJson, scopeOfWorkspace, withHorseshoe } from './cli-session.ts'

export interface ImportOptions {
  readonly workspace: string
  readonly format?: string
  readonly own?: string
  readonly json?: boolean
}

const lookMs = 250
const over = new Set<ImportRun['state']>(['done', 'cancelled', 'failed'])

/** Imports a file and waits until all of it went through the loop. */
export async function importFile(file: string, options: ImportOptions): Promise<void> {
  const format = await formatOf(file, options.format)
  await withHorseshoe({ works: true }, async (horseshoe) => {
    const scope = await scopeOfWorkspace(horseshoe, options.workspace)
    const ownHandles = (options.own ?? '').split(',').filter((handle) => handle !== '')
    const upload = { format, fileName: basename(file), ownHandles, bytes: createReadStream(file) }
    const started = await startImport(horseshoe.platform, scope, upload)
    const run = await waitForEnd(horseshoe, scope, started.id)
    if (options.json === true) printJson(run)
    else process.stdout.write(sentenceOf(run))
    if (run.state !== 'done') process.exitCode = 1
  })
}

async function formatOf(file: string, given: string | undefined): Promise<ImportFormat> {
  const handle = await open(file).catch(() => {
    throw new Error(`The file ${file} cannot be read.`)
  })
  try {
    const head = new Uint8Array(65_536)
    const { bytesRead } = await handle.read(head)
    const name = given ?? detectFormat(head.subarray(0, bytesRead), basename(file))
    const format = ImportFormat.safeParse(name)
    if (format.success) return format.data
    throw new Error(`Name the format with --format: ${ImportFormat.options.join(', ')}.`)
  } finally {
    await handle.close()
  }
}

/** A bar on a terminal; nothing where the output goes elsewhere. */
async function waitForEnd(horseshoe: Horseshoe, scope: Scope, id: string): Promise<ImportRun> {
  const bar = process.stderr.isTTY
    ? new SingleBar({
        stream: process.stderr,
        format: '{step} {bar} {percentage}% | {accepted} accepted, {refused} refused',
      })
    : undefined
  bar?.start(1, 0, { step: 'reading ', accepted: 0, refused: 0 })
  try {
    for (;;) {
      const run = await findImport(horseshoe.platform, scope, id)
      const isReading = run.state === 'waiting' || run.state === 'running'
      bar?.setTotal(Math.max(1, isReading ? run.bytes : run.accepted))
      const { accepted, refused } = run
      bar?.update(isReading ? run.bytesRead : accepted - run.pending, {
        step: isReading ? 'reading ' : 'deciding',
        accepted,
        refused,
      })
      if (over.has(run.state) && run.pending === 0) return run
      await sleep(lookMs)
    }
  } finally {
    bar?.stop()
  }
}

function sentenceOf(run: ImportRun): string {
  const notices = run.notices.map((notice) => `  note: ${notice}\n`).join('')
  const error = run.error === null ? '' : `  ${run.error}\n`
  return `${run.fileName}: ${run.accepted} accepted, ${run.duplicates} known already, ${run.refused} refused (${run.state})\n${error}${notices}`
}
