import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createBareDatabase, createTestDatabase } from '../../../test/database.ts'
import { backupTo } from './backup.ts'
import type { Progress } from './contents.ts'
import { restoreFrom, verifyBackup } from './restore.ts'

/** Foreign keys in a ring and to itself, row-level security, generated and numbered columns, and an odd name. */
const schema = `
  create table migrations (name text primary key, at timestamptz not null default now());
  insert into migrations (name) values ('0001_first.sql'), ('0002_second.sql');
  create schema auth;
  create table auth.users (id uuid primary key, name text not null);
  create table letters (
    workspace_id uuid not null, id bigint not null, body text, parent_id bigint, head_id bigint,
    data jsonb, labels text[] not null default '{}', raw bytea, share real, at timestamptz, day date, wait interval,
    size int generated always as (length(body)) stored,
    primary key (workspace_id, id), foreign key (workspace_id, parent_id) references letters);
  create table "Odd ""name""" (workspace_id uuid not null, id bigint not null, "select" text, letter_id bigint,
    primary key (workspace_id, id), foreign key (workspace_id, letter_id) references letters);
  alter table letters add constraint letters_head foreign key (workspace_id, head_id) references "Odd ""name""";
  create table numbered (id int generated always as identity primary key, body text);
  create table live_events (xid xid8 not null default pg_current_xact_id(), body text);
  alter table letters enable row level security;
  create policy none on letters using (false);`

const fill = `
  insert into auth.users select gen_random_uuid(), 'user ' || n from generate_series(1, 50) n;
  insert into letters (workspace_id, id, body, parent_id, data, labels, raw, share, at, day, wait)
  select '00000000-0000-7000-8000-000000000001', n,
    case n % 5 when 0 then null when 1 then E'tab\\t newline\\n back\\\\slash \\\\. \\\\N' when 2 then '' when 3 then 'ünï🙂‮' else repeat(md5(n::text), 20) end,
    nullif(n / 2, 0), jsonb_build_object('n', n, 'text', E'a\\nb'), array['x,y', '"', null, n::text], decode(md5(n::text), 'hex'),
    random(), timestamptz '2024-03-31 00:59:59.123456+00' + n * interval '1 hour', date '0044-03-15 BC' + n, interval '1 mon -3 days 04:05:06.789' * n
  from generate_series(1, 4000) n;
  insert into "Odd ""name""" select workspace_id, id, body, id from letters where id % 3 = 0;
  update letters set head_id = id where id % 3 = 0;
  insert into numbered (body) select n::text from generate_series(1, 70) n;
  insert into live_events (body) values ('passing')`

const tables = ['auth.users', 'letters', '"Odd ""name"""', 'numbered']
let folder = ''
let ownerUrl = ''
let target = ''
let good = ''

async function query(url: string, sql: string): Promise<readonly Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const result: unknown = await client.query(sql)
    return result instanceof pg.Result ? result.rows : []
  } finally {
    await client.end()
  }
}

async function hashesOf(url: string): Promise<Record<string, unknown>> {
  const hashes: Record<string, unknown> = {}
  for (const table of tables) {
    const sql = `select count(*)::int as rows, md5(string_agg(t::text, '|' order by t::text)) as hash from ${table} t`
    hashes[table] = (await query(url, sql))[0]
  }
  return hashes
}

async function newDatabase(): Promise<string> {
  const { ownerUrl: url } = await createBareDatabase()
  await query(url, schema)
  return url
}

/** The one database that is restored into, emptied again. */
async function emptyDatabase(): Promise<string> {
  await query(target, `truncate ${tables.join(', ')}, live_events restart identity`)
  return target
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'horseshoe-backup-'))
  ownerUrl = await newDatabase()
  target = await newDatabase()
  await query(ownerUrl, fill)
  good = join(folder, 'good.backup')
  await backupTo(ownerUrl, good)
})

afterAll(() => rm(folder, { recursive: true, force: true }))

test('a backup restored into a new database gives every row back', async () => {
  await emptyDatabase()
  const summary = await restoreFrom(target, good)
  expect(await hashesOf(target)).toEqual(await hashesOf(ownerUrl))
  expect(summary.totals.tables['public.letters']?.rows).toBe(4000)
  const keys = await query(target, `select count(*)::int as n from pg_constraint where contype = 'f'`)
  expect(keys).toEqual([{ n: 3 }])
  await expect(
    query(
      target,
      `insert into letters (workspace_id, id, parent_id)
    values ('00000000-0000-7000-8000-000000000001', 9999, 123456)`,
    ),
  ).rejects.toThrow('foreign key')
  expect(await query(target, `insert into numbered (body) values ('next') returning id`)).toEqual([
    { id: 71 },
  ])
})

test('live events, whose order means nothing elsewhere, stay behind', async () => {
  await emptyDatabase()
  await restoreFrom(target, good)
  expect(await query(target, 'select * from live_events')).toEqual([])
})

test('a backup taken under load holds one moment: both halves of every transaction or neither', async () => {
  const url = await newDatabase()
  await query(url, fill)
  let isWriting = true
  let written = 0
  const write = async (): Promise<void> => {
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    for (; isWriting; written += 1) {
      await client.query(`begin; insert into auth.users values (gen_random_uuid(), 'late');
        insert into numbered (body) values ('late'); update letters set body = 'late' where id = ${1 + (written % 4000)}; commit`)
    }
    await client.end()
  }
  const writers = [write(), write()]
  const file = join(folder, 'load.backup')
  try {
    for (const start = written; written < start + 50;) await new Promise((resolve) => setTimeout(resolve, 5))
    await backupTo(url, file)
  } finally {
    isWriting = false
    await Promise.all(writers)
  }
  await emptyDatabase()
  await restoreFrom(target, file)
  const [late] = await query(
    target,
    `select (select count(*) from auth.users where name = 'late')::int as users,
            (select count(*) from numbered where body = 'late')::int as numbers, (select count(*) from letters)::int as letters`,
  )
  expect(late).toEqual({ users: late?.['users'], numbers: late?.['users'], letters: 4000 })
  expect(late?.['users']).toBeGreaterThanOrEqual(50)
})

test('the files of the file store come along, and appear all together', async () => {
  const source = join(folder, 'files')
  await mkdir(join(source, 'ab', 'cd'), { recursive: true })
  await writeFile(join(source, 'ab', 'cd', 'one'), Buffer.alloc(3_000_000, 'picture'))
  await writeFile(join(source, 'empty'), '')
  const file = join(folder, 'files.backup')
  await backupTo(ownerUrl, file, { filesDir: source })
  const place = join(folder, 'restored-files')
  await expect(restoreFrom(await emptyDatabase(), file)).rejects.toThrow('no folder was given')
  await restoreFrom(await emptyDatabase(), file, { filesDir: place })
  expect(await readFile(join(place, 'ab', 'cd', 'one'))).toEqual(
    await readFile(join(source, 'ab', 'cd', 'one')),
  )
  expect((await stat(join(place, 'empty'))).size).toBe(0)
  await expect(restoreFrom(await emptyDatabase(), file, { filesDir: place })).rejects.toThrow('is not empty')
})

test('where the database refuses, no file appears', async () => {
  const file = join(folder, 'files.backup')
  const place = join(folder, 'never')
  await expect(restoreFrom(ownerUrl, file, { filesDir: place })).rejects.toThrow('The database is not empty')
  expect(await readdir(folder)).not.toContain('never')
  expect(await readdir(folder)).not.toContain('never.restoring')
})

test('a cut or changed backup is refused wherever the damage is, before the database is touched', async () => {
  const bytes = await readFile(good)
  const damaged = join(folder, 'damaged.backup')
  const nowhere = 'postgresql://nobody:x@127.0.0.1:1/none'
  const step = Math.max(1, Math.floor(bytes.length / 40))
  for (let at = 0; at < bytes.length; at += step) {
    const changed = Buffer.from(bytes)
    changed[at] = (changed[at] ?? 0) ^ (1 << (at % 8))
    await writeFile(damaged, changed)
    await expect(restoreFrom(nowhere, damaged), `bit at ${at}`).rejects.toThrow(
      /damaged|not a backup|another version/,
    )
    await writeFile(damaged, bytes.subarray(0, at))
    await expect(restoreFrom(nowhere, damaged), `cut at ${at}`).rejects.toThrow(/cut off|not a backup/)
  }
  for (const at of [bytes.length - 1, bytes.length - 33, bytes.length - 54]) {
    await writeFile(damaged, bytes.subarray(0, at))
    await expect(restoreFrom(nowhere, damaged)).rejects.toThrow('cut off')
  }
  await writeFile(damaged, Buffer.concat([bytes, Buffer.from('more')]))
  await expect(restoreFrom(nowhere, damaged)).rejects.toThrow(/damaged/)
})

test('something else than a backup is refused in words', async () => {
  const foreign = join(folder, 'foreign.tar')
  await writeFile(foreign, Buffer.alloc(10_240, 'PGDMP'))
  await expect(verifyBackup(foreign)).rejects.toThrow('is not a backup of Horseshoe')
  await expect(verifyBackup(join(folder, 'missing'))).rejects.toThrow('cannot be read')
})

test('a database at another migration is refused with both names', async () => {
  await emptyDatabase()
  await query(target, `insert into migrations (name) values ('0003_third.sql')`)
  await expect(restoreFrom(target, good)).rejects.toThrow(
    /made at migration 0002_second.sql, and this database stands at 0003_third.sql/,
  )
  await query(target, `delete from migrations where name = '0003_third.sql'`)
})

test('a backup that the database cannot take leaves it as it was', async () => {
  await emptyDatabase()
  await query(target, `alter table numbered add constraint few check (id < 60)`)
  await expect(restoreFrom(target, good)).rejects.toThrow('few')
  await query(target, `alter table numbered drop constraint few`)
  for (const table of tables) expect(await query(target, `select 1 from ${table}`)).toEqual([])
  const keys = await query(target, `select count(*)::int as n from pg_constraint where contype = 'f'`)
  expect(keys).toEqual([{ n: 3 }])
})

test('verifying tells what a backup holds without a database', async () => {
  const header = await verifyBackup(good)
  expect(header.migrations).toEqual(['0001_first.sql', '0002_second.sql'])
  expect(header.tables.map((table) => `${table.schema}.${table.name}`)).toEqual([
    'auth.users',
    'public.Odd "name"',
    'public.letters',
    'public.numbered',
  ])
})

test('progress goes from verifying to tables and never backwards', async () => {
  const seen: Progress[] = []
  await restoreFrom(await emptyDatabase(), good, { onProgress: (progress) => seen.push(progress) })
  expect(seen[0]?.step).toBe('verify')
  expect(seen.at(-1)?.done).toBeLessThanOrEqual(seen.at(-1)?.total ?? 0)
  const done = seen.filter((progress) => progress.step === 'tables').map((progress) => progress.done)
  expect(done).toEqual([...done].sort((a, b) => a - b))
})

test('a backup is for its owner alone, and no half of one is left where it cannot be written', async () => {
  if (process.platform !== 'win32') expect((await stat(good)).mode & 0o777).toBe(0o600)
  await expect(backupTo(ownerUrl, join(folder, 'no', 'such', 'place'))).rejects.toThrow('cannot be written')
  expect((await readdir(folder)).filter((name) => name.endsWith('.part'))).toEqual([])
})

test('ordinary tools read a backup too', async ({ skip }) => {
  const run = promisify(execFile)
  const tool = await run('zstd', ['--version']).catch(() => undefined)
  if (!tool) return skip('zstd is not installed')
  const { stdout } = await run('sh', ['-c', 'zstd -dcq "$0" | tar -t', good])
  expect(stdout.split('\n')).toContain('tables/public.letters/000001.copy')
  expect(stdout.split('\n')).toContain('totals.json')
})

test('the real schema goes through backup and restore unchanged', async () => {
  const [from, to] = [await createTestDatabase(), await createTestDatabase()]
  const file = join(folder, 'real.backup')
  await query(
    from.ownerUrl,
    `insert into workspaces (id, slug, name, time_zone, hours, created_at)
     values ('01900000-0000-7000-8000-000000000001', 'harbour', 'Harbour', 'Europe/Berlin', '{}', now())`,
  )
  await backupTo(from.ownerUrl, file)
  const { totals } = await restoreFrom(to.ownerUrl, file)
  expect(totals.tables['public.workspaces']?.rows).toBe(1)
  const again = join(folder, 'again.backup')
  const second = await backupTo(to.ownerUrl, again)
  expect(second.totals).toEqual(totals)
  await from.drop()
  await to.drop()
})
