import type { FileHandle } from 'node:fs/promises'
import { mkdir, open, readdir, rename, rm, rmdir } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import type { ArchivePiece } from './archive-reader.ts'
import type { Tally } from './contents.ts'
import { BackupRefused } from './refusal.ts'
import { RunningTally } from './tally.ts'

/** Collects the restored files beside the file store, so that they appear there together or not at all. */
export class FileStage {
  readonly #target: string | undefined
  readonly #draft: string
  readonly #tally = new RunningTally()
  #open: FileHandle | undefined
  #state: 'staged' | 'published' | 'kept' = 'staged'

  private constructor(target: string | undefined) {
    this.#target = target
    this.#draft = `${target ?? ''}.restoring`
  }

  static async open(hasFiles: boolean, filesDir: string | undefined): Promise<FileStage> {
    if (!hasFiles) return new FileStage(undefined)
    if (filesDir === undefined)
      throw new BackupRefused('The backup holds files, and no folder was given for them.')
    const names = await readdir(filesDir).catch(() => [])
    if (names.length > 0) {
      throw new BackupRefused(
        `The folder ${filesDir} is not empty. Move it aside first. Nothing was changed.`,
      )
    }
    const stage = new FileStage(resolve(filesDir))
    await rm(stage.#draft, { recursive: true, force: true })
    await mkdir(stage.#draft, { recursive: true, mode: 0o700 })
    return stage
  }

  async take(path: string, piece: ArchivePiece): Promise<void> {
    if (this.#target === undefined || !isSafe(path)) {
      throw new BackupRefused(`The backup holds a file ${path} that cannot be placed. Nothing was changed.`)
    }
    if (piece.isFirst) {
      await this.#closeFile()
      this.#tally.addFile(path, piece.size)
      const file = join(this.#draft, ...path.split('/'))
      await mkdir(dirname(file), { recursive: true, mode: 0o700 })
      this.#open = await open(file, 'wx', 0o600)
    }
    this.#tally.addBytes(piece.bytes)
    await this.#open?.writeFile(piece.bytes)
  }

  finish(): Tally {
    return this.#tally.finish()
  }

  /** Just before the database commits. */
  async publish(): Promise<void> {
    await this.#closeFile()
    if (this.#target === undefined) return
    await rmdir(this.#target).catch(() => undefined)
    await rename(this.#draft, this.#target)
    this.#state = 'published'
  }

  keep(): void {
    this.#state = 'kept'
  }

  /** Takes back what was not kept. */
  async close(): Promise<void> {
    await this.#closeFile()
    if (this.#target === undefined || this.#state === 'kept') return
    await rm(this.#state === 'published' ? this.#target : this.#draft, { recursive: true, force: true })
  }

  async #closeFile(): Promise<void> {
    const file = this.#open
    this.#open = undefined
    if (!file) return
    await file.sync()
    await file.close()
  }
}

/** Our own backups name files by plain relative paths; a forged one must not reach outside the folder. */
function isSafe(path: string): boolean {
  if (/[\\:\0]/.test(path)) return false
  return path.split('/').every((part) => part !== '' && part !== '.' && part !== '..')
}
