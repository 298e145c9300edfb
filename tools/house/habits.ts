// Habits of STYLE.md that a machine can see.
import ts from 'typescript'
import { isDoor, isPure, isTest } from '../rooms.ts'
import { findImports, findNodes, isAccess, isCallOfGlobal, isMethodCall, isTagged } from './find.ts'
import type { HouseRule } from './rule.ts'

/** The top of the server may hand `process.env` on, as a whole, to config.ts; reading a name in it is reading. */
function isHandedOn(node: ts.Node, path: string): boolean {
  const isRead = ts.isPropertyAccessExpression(node.parent) || ts.isElementAccessExpression(node.parent)
  return /^server\/[^/]+\.ts$/.test(path) && ts.isCallExpression(node.parent) && !isRead
}

const environment: HouseRule = {
  name: 'environment',
  why: 'server/config.ts is the only reader of the environment; everything else is handed its settings',
  appliesTo: (path) =>
    !isTest(path) && /^(server|channels|contract|lib|web)\//.test(path) && path !== 'server/config.ts',
  breaches: (file) => [
    ...findNodes(
      file,
      (node) =>
        (isAccess(node, 'process', 'env') || isAccess(node, 'globalThis.process', 'env')) &&
        !isHandedOn(node, file.fileName),
    ),
    ...findNodes(
      file,
      (node) =>
        ts.isImportSpecifier(node) &&
        (node.propertyName ?? node.name).text === 'env' &&
        /process['"]$/.test(node.parent.parent.parent.moduleSpecifier.getText()),
    ),
  ],
  planted: [
    { path: 'server/platform/http/serve.ts', text: 'const port = process.env.PORT' },
    { path: 'server/main.ts', text: 'const port = Number(process.env.PORT)' },
    { path: 'server/platform/http/serve.ts', text: 'const settings = readConfig(process.env)' },
    { path: 'server/cases/commands.ts', text: "const port = process['env']" },
    { path: 'channels/email/act.ts', text: "import { env } from 'node:process'" },
  ],
  permitted: [
    { path: 'server/config.ts', text: 'const port = process.env.PORT' },
    { path: 'server/main.ts', text: 'const settings = readConfig(process.env)' },
    { path: 'tools/check.ts', text: 'const ci = process.env.CI' },
    { path: 'server/main.ts', text: "process.on('SIGTERM', stop)" },
  ],
}

const givenTimeAndChance: HouseRule = {
  name: 'pure: given time and chance',
  why: 'a pure file takes now, random numbers and ids as arguments',
  appliesTo: isPure,
  breaches: (file) => [
    ...findNodes(
      file,
      (node) =>
        isAccess(node, 'Date', 'now') ||
        isAccess(node, 'Math', 'random') ||
        isAccess(node, 'performance', 'now') ||
        isAccess(node, 'crypto', 'randomUUID') ||
        (ts.isNewExpression(node) &&
          node.expression.getText() === 'Date' &&
          (node.arguments?.length ?? 0) === 0) ||
        isCallOfGlobal(node, new Set(['setTimeout', 'setInterval', 'setImmediate'])),
    ),
    ...findImports(file, /^(node:(?!crypto$)|uuid$)/),
  ],
  planted: [
    { path: 'server/cases/due-time.ts', text: 'const due = Date.now() + 1' },
    { path: 'server/cases/due-time.ts', text: 'const due = new Date()' },
    { path: 'lib/sample.ts', text: 'const n = Math.random()' },
    { path: 'server/cases/pick-assignee.ts', text: "import { v7 } from 'uuid'" },
    { path: 'contract/case.ts', text: "import { setTimeout } from 'node:timers/promises'" },
  ],
  permitted: [
    { path: 'server/cases/due-time.ts', text: 'const due = new Date(now.getTime() + 1)' },
    { path: 'server/engagements/activity-key.ts', text: "import { createHash } from 'node:crypto'" },
    { path: 'server/cases/commands.ts', text: 'const now = new Date()' },
    { path: 'lib/sample.test.ts', text: 'const n = Math.random()' },
  ],
}

const writers = new Set(['insertInto', 'updateTable', 'deleteFrom', 'mergeInto'])

const viewsNeverWrite: HouseRule = {
  name: 'views never write',
  why: 'views.ts answers screens; what changes data goes through commands.ts and store.ts',
  appliesTo: (path) => isDoor(path, 'views'),
  breaches: (file) =>
    findNodes(
      file,
      (node) =>
        isMethodCall(node, writers) ||
        (isTagged(node, 'sql') && /^`\s*(insert|update|delete|truncate)\b/i.test(node.template.getText())),
    ),
  planted: [
    { path: 'server/cases/views.ts', text: "await db.updateTable('cases').set(row).execute()" },
    { path: 'server/cases/views.ts', text: 'await sql`delete from cases`.execute(db)' },
  ],
  permitted: [
    { path: 'server/cases/views.ts', text: "await db.selectFrom('cases').execute()" },
    { path: 'server/cases/store.ts', text: "await db.updateTable('cases').set(row).execute()" },
  ],
}

const storesOpenNoTransaction: HouseRule = {
  name: 'stores open no transaction',
  why: 'commands open the transaction; store functions are given it, so that a change and its event commit together',
  appliesTo: (path) => isDoor(path, 'store', 'views'),
  breaches: (file) =>
    findNodes(
      file,
      (node) =>
        isMethodCall(node, new Set(['transaction', 'startTransaction'])) ||
        isCallOfGlobal(node, new Set(['transaction'])),
    ),
  planted: [{ path: 'server/cases/store.ts', text: 'await db.transaction().execute(work)' }],
  permitted: [{ path: 'server/cases/commands.ts', text: 'await db.transaction().execute(work)' }],
}

const constantLogMessages: HouseRule = {
  name: 'constant log messages',
  why: 'a log message is a constant string with its values beside it, so that it can be counted and holds no personal data',
  appliesTo: (path) => /^(server|channels)\//.test(path) && !isTest(path),
  breaches: (file) =>
    findNodes(
      file,
      (node) =>
        isMethodCall(node, new Set(['trace', 'debug', 'info', 'warn', 'error', 'fatal'])) &&
        /(^|\.)log(ger)?\.\w+$/.test(node.expression.getText()) &&
        node.arguments.some((argument) => ts.isTemplateExpression(argument)),
    ),
  planted: [{ path: 'server/cases/jobs.ts', text: 'log.info(`case ${id} opened`)' }],
  permitted: [{ path: 'server/cases/jobs.ts', text: "log.info({ id }, 'case opened')" }],
}

const noModuleMocks: HouseRule = {
  name: 'no module mocks',
  why: 'tests use the real database and the whole server; what varies is handed in',
  appliesTo: isTest,
  breaches: (file) =>
    findNodes(
      file,
      (node) =>
        isMethodCall(node, new Set(['mock', 'doMock', 'unstable_mockModule'])) &&
        node.expression.getText().startsWith('vi.'),
    ),
  planted: [{ path: 'server/cases/close-case.test.ts', text: "vi.mock('./store.ts')" }],
  permitted: [{ path: 'server/cases/close-case.test.ts', text: 'const ask = vi.fn()' }],
}

const noBlindCasts: HouseRule = {
  name: 'no blind casts',
  why: '`as any`, and going through `unknown` to any other type, switch the type checker off',
  appliesTo: (path) => !isTest(path),
  breaches: (file) =>
    findNodes(
      file,
      (node) =>
        ts.isAsExpression(node) &&
        (node.type.kind === ts.SyntaxKind.AnyKeyword ||
          (ts.isAsExpression(node.expression) && node.expression.type.kind === ts.SyntaxKind.UnknownKeyword)),
    ),
  planted: [
    { path: 'server/cases/commands.ts', text: 'const a = b as any' },
    { path: 'web/api.ts', text: 'const a = b as unknown as Case' },
  ],
  permitted: [
    { path: 'server/cases/store.ts', text: 'const a = row.form as CaseForm' },
    { path: 'server/cases/commands.ts', text: "const a = ['x'] as const" },
  ],
}

const noBarrels: HouseRule = {
  name: 'no barrels',
  why: 'a name is imported from the file that holds it; only the index.ts of a slice passes names on, one by one',
  appliesTo: (path) => !isTest(path),
  breaches: (file) =>
    findNodes(
      file,
      (node) =>
        ts.isExportDeclaration(node) &&
        node.moduleSpecifier !== undefined &&
        (node.exportClause === undefined || !file.fileName.endsWith('/index.ts')),
    ),
  planted: [
    { path: 'server/cases/index.ts', text: "export * from './commands.ts'" },
    { path: 'lib/statistics.ts', text: "export { wilson } from './statistics/wilson.ts'" },
  ],
  permitted: [{ path: 'server/cases/index.ts', text: "export { closeCase } from './commands.ts'" }],
}

const namesSaySomething: HouseRule = {
  name: 'names say something',
  why: 'a file is named after the one question it answers; utils, helpers, manager and data answer none',
  appliesTo: (path) => /\.tsx?$/.test(path),
  breaches: (file) =>
    /(^|[/-])(utils?|helpers?|managers?|data|misc|common|stuff)\.(test\.)?tsx?$/.test(file.fileName)
      ? [file]
      : [],
  planted: [
    { path: 'lib/utils.ts', text: 'export const a = 1' },
    { path: 'server/cases/case-manager.ts', text: 'export const a = 1' },
  ],
  permitted: [{ path: 'lib/calendar-time.ts', text: 'export const a = 1' }],
}

const nothingUnfinished: HouseRule = {
  name: 'nothing unfinished',
  why: 'what cannot be done is left out and said; it is not left behind as a note in the code',
  appliesTo: (path) => !path.startsWith('tools/house/'),
  breaches: (file) => (/(^|\s)(\/\/|\/?\*)\s.*\b(TODO|FIXME|XXX|HACK)\b/.test(file.text) ? [file] : []),
  planted: [{ path: 'server/cases/store.ts', text: '// TODO: paging\nexport const a = 1' }],
  permitted: [
    { path: 'server/cases/store.ts', text: '// Sorted by due time, then id.\nexport const a = 1' },
    { path: 'web/features/cases/placeholders.ts', text: 'const shapes = [/\\b(TODO|XXX)\\b/]' },
  ],
}

export const habitRules = [
  environment,
  givenTimeAndChance,
  viewsNeverWrite,
  storesOpenNoTransaction,
  constantLogMessages,
  noModuleMocks,
  noBlindCasts,
  noBarrels,
  namesSaySomething,
  nothingUnfinished,
] as const
