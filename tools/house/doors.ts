// The seven doors: each has one module, and the ways around it are closed here.
import ts from 'typescript'
import { isDoor, isTest } from '../rooms.ts'
import { findImports, findNodes, isCallOfGlobal, isMethodCall, isTagged, takesOnly } from './find.ts'
import type { HouseRule } from './rule.ts'

const isProduct = (path: string): boolean => /^(server|channels|contract|lib)\//.test(path) && !isTest(path)
const isBrowser = (path: string): boolean => path.startsWith('web/') && !isTest(path)
const isIn = (path: string, ...places: readonly string[]): boolean =>
  places.some((place) => path.startsWith(place))

const outwards = new Set(['fetch', 'WebSocket', 'EventSource', 'XMLHttpRequest'])
const connectors = /^(undici|(node:)?(http|https|http2|net|tls|dgram)|ws|axios|got|node-fetch)$/

/** What the same modules offer for being reached, and for looking at an address. */
const inwards = new Set([
  'createServer',
  'Server',
  'IncomingMessage',
  'ServerResponse',
  'isIP',
  'isIPv4',
  'isIPv6',
  'BlockList',
])

const egress: HouseRule = {
  name: 'door: egress',
  why: 'only server/platform/egress opens a connection outwards, as it checks addresses, time and size',
  appliesTo: (path) => isProduct(path) && !isIn(path, 'server/platform/egress'),
  breaches: (file) => [
    ...findNodes(file, (node) => isCallOfGlobal(node, outwards)),
    ...findImports(file, connectors, { typesToo: false }).filter((node) => !takesOnly(node, inwards)),
  ],
  planted: [
    { path: 'server/replies/commands.ts', text: "await fetch('https://example.org')" },
    { path: 'channels/web/act.ts', text: "await globalThis.fetch('https://example.org')" },
    { path: 'server/presences/jobs.ts', text: "import { connect } from 'node:net'" },
    { path: 'server/platform/http/proxy.ts', text: "import { request } from 'undici'" },
    { path: 'server/people/jobs.ts', text: "const http = await import('node:http')" },
    { path: 'server/start.ts', text: "import { createServer, request } from 'node:http'" },
  ],
  permitted: [
    { path: 'server/platform/egress/connect.ts', text: "import { Agent } from 'undici'" },
    { path: 'channels/web/act.ts', text: "await ports.http.fetch('https://example.org')" },
    { path: 'server/platform/http/serve.ts', text: "import type { Server } from 'node:http'" },
    { path: 'server/start.ts', text: "import { createServer, type Server } from 'node:http'" },
  ],
}

const htmlWriters = /^(innerHTML|outerHTML|srcdoc)$/
const htmlAttributes = /^(dangerouslySetInnerHTML|srcDoc)$/

const render: HouseRule = {
  name: 'door: render',
  why: "strangers' text becomes HTML only in the one safe renderer",
  appliesTo: (path) =>
    (isProduct(path) || isBrowser(path)) && !isIn(path, 'web/ui/safe-text', 'server/platform/html'),
  breaches: (file) => [
    ...findNodes(
      file,
      (node) =>
        (ts.isJsxAttribute(node) && htmlAttributes.test(node.name.getText())) ||
        (ts.isPropertyAssignment(node) && htmlAttributes.test(node.name.getText())) ||
        isMethodCall(node, new Set(['insertAdjacentHTML', 'createContextualFragment', 'parseFromString'])) ||
        (ts.isBinaryExpression(node) &&
          node.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
          ts.isPropertyAccessExpression(node.left) &&
          htmlWriters.test(node.left.name.text)),
    ),
    ...findImports(file, /^(sanitize-html|dompurify)$/),
  ],
  planted: [
    {
      path: 'web/features/desk/note.tsx',
      text: 'const a = <p dangerouslySetInnerHTML={{ __html: text }} />',
    },
    { path: 'web/features/desk/note.tsx', text: 'const a = { dangerouslySetInnerHTML: { __html: text } }' },
    { path: 'web/features/desk/frame.tsx', text: 'const a = <iframe srcDoc={text} />' },
    { path: 'web/ui/chart.ts', text: 'box.innerHTML = text' },
    { path: 'server/engagements/import.ts', text: "import sanitize from 'sanitize-html'" },
  ],
  permitted: [
    { path: 'web/ui/safe-text.tsx', text: 'const a = <p dangerouslySetInnerHTML={{ __html: clean }} />' },
    { path: 'web/features/desk/note.tsx', text: 'const a = <p>{text}</p>' },
  ],
}

const ciphers = new Set(['createDecipheriv', 'createCipheriv', 'privateDecrypt'])

const secrets: HouseRule = {
  name: 'door: secrets',
  why: 'only server/platform/secrets encrypts and decrypts',
  appliesTo: (path) => isProduct(path) && !isIn(path, 'server/platform/secrets'),
  breaches: (file) => findNodes(file, (node) => ts.isIdentifier(node) && ciphers.has(node.text)),
  planted: [
    { path: 'server/presences/store.ts', text: "import { createDecipheriv } from 'node:crypto'" },
    { path: 'server/platform/auth/keys.ts', text: "crypto.createCipheriv('aes-256-gcm', key, iv)" },
  ],
  permitted: [
    { path: 'server/platform/secrets/seal.ts', text: "import { createDecipheriv } from 'node:crypto'" },
  ],
}

const files: HouseRule = {
  name: 'door: files',
  why: 'slices and channels touch no file system; server/platform/files does',
  appliesTo: (path) =>
    isProduct(path) && !isIn(path, 'server/platform/') && !/^server\/[^/]+\.ts$/.test(path),
  breaches: (file) => findImports(file, /^(node:)?fs(\/promises)?$/),
  planted: [
    { path: 'server/engagements/jobs.ts', text: "import { readFileSync } from 'node:fs'" },
    { path: 'channels/email/act.ts', text: "const { writeFile } = await import('fs/promises')" },
    { path: 'lib/text.ts', text: "import * as fs from 'node:fs'" },
  ],
  permitted: [
    { path: 'server/platform/files/folder.ts', text: "import { readFileSync } from 'node:fs'" },
    { path: 'server/cli.ts', text: "import { createReadStream } from 'node:fs'" },
  ],
}

const queryBuilders = new Set([
  'selectFrom',
  'insertInto',
  'updateTable',
  'deleteFrom',
  'executeQuery',
  'mergeInto',
])
const isSqlPlace = (path: string): boolean => isIn(path, 'server/platform/') || isDoor(path, 'store', 'views')

const scope: HouseRule = {
  name: 'door: scope',
  why: 'SQL stands in store.ts, views.ts and platform only, where every query is bound to a workspace',
  appliesTo: (path) => isProduct(path) && !isSqlPlace(path),
  breaches: (file) => [
    ...findImports(file, /^(kysely|pg)$/),
    ...findNodes(file, (node) => isTagged(node, 'sql') || isMethodCall(node, queryBuilders)),
  ],
  planted: [
    { path: 'server/cases/commands.ts', text: "import { sql } from 'kysely'" },
    { path: 'server/cases/commands.ts', text: "const a = await db.selectFrom('cases').execute()" },
    { path: 'server/cases/routes.ts', text: 'await sql`select 1`.execute(db)' },
    { path: 'server/cases/jobs.ts', text: 'await sql<{ id: string }>`select id from cases`.execute(db)' },
    { path: 'channels/web/poll.ts', text: "import type { Kysely } from 'kysely'" },
  ],
  permitted: [
    { path: 'server/cases/store.ts', text: "import { sql } from 'kysely'" },
    { path: 'server/reports/views.ts', text: "const a = await db.selectFrom('cases').execute()" },
  ],
}

const pools: HouseRule = {
  name: 'door: database connections',
  why: 'only platform/db, postgres, jobs, events (LISTEN) and backup open connections to PostgreSQL',
  appliesTo: (path) => isProduct(path) && !/^server\/platform\/(db|postgres|jobs|events|backup)\//.test(path),
  breaches: (file) => [
    ...findImports(file, /^pg$/, { typesToo: false }),
    ...findNodes(file, (node) => ts.isNewExpression(node) && /(^|\.)Pool$/.test(node.expression.getText())),
  ],
  planted: [
    { path: 'server/cases/store.ts', text: "import pg from 'pg'" },
    { path: 'server/platform/auth/sign-in.ts', text: 'const pool = new pg.Pool({})' },
  ],
  permitted: [{ path: 'server/platform/db/connect.ts', text: "import pg from 'pg'" }],
}

const outbox: HouseRule = {
  name: 'door: outbox',
  why: 'only the outbox of server/replies lets a channel act, and only the e-mail channel speaks SMTP',
  appliesTo: (path) => isProduct(path),
  breaches: (file) => [
    ...(isIn(file.fileName, 'channels/email/') ? [] : findImports(file, /^nodemailer(\/|$)/)),
    ...(isIn(file.fileName, 'server/replies/', 'channels/', 'server/connections/commands-renew.ts')
      ? []
      : findNodes(file, (node) => isMethodCall(node, new Set(['act', 'sendMail'])))),
  ],
  planted: [
    { path: 'server/workspace/commands.ts', text: "import { createTransport } from 'nodemailer'" },
    { path: 'server/workspace/commands.ts', text: "import pool from 'nodemailer/lib/smtp-pool'" },
    { path: 'server/cases/commands.ts', text: 'await channel.act(command, key)' },
    { path: 'server/platform/auth/mail.ts', text: 'await transport.sendMail(message)' },
  ],
  permitted: [
    { path: 'channels/email/act.ts', text: "import { createTransport } from 'nodemailer'" },
    { path: 'server/replies/jobs.ts', text: 'await channel.act(command, key)' },
  ],
}

const ingest: HouseRule = {
  name: 'door: ingest',
  why: 'only server/engagements stores engagements, so that each is stored once, whole, and acknowledged after the commit',
  appliesTo: (path) => isProduct(path) && !isIn(path, 'server/engagements/', 'server/platform/db/migrations'),
  breaches: (file) =>
    findNodes(
      file,
      (node) =>
        (isMethodCall(node, new Set(['insertInto'])) &&
          /^['"]engagements?(_\w+)?['"]$/.test(node.arguments[0]?.getText() ?? '')) ||
        (isTagged(node, 'sql') && /insert\s+into\s+engagements?\b/i.test(node.template.getText())),
    ),
  planted: [
    { path: 'server/replies/store.ts', text: "await db.insertInto('engagement').values(row).execute()" },
    {
      path: 'server/outcomes/store.ts',
      text: 'await sql`insert into engagements (id) values (1)`.execute(db)',
    },
  ],
  permitted: [
    { path: 'server/engagements/store.ts', text: "await db.insertInto('engagement').values(row).execute()" },
    { path: 'server/cases/store.ts', text: "await db.insertInto('cases').values(row).execute()" },
  ],
}

export const doorRules = [egress, render, secrets, files, scope, pools, outbox, ingest] as const
