// The walls of ARCHITECTURE.md as rules of dependency-cruiser, each with breaches to plant in a model
// house: path of the importing file -> the module that it must not import.
import type { IRegularForbiddenRuleType } from 'dependency-cruiser'
import { doorPattern, neitherDoorNorPure, slicesInLoopOrder } from '../rooms.ts'

export interface Wall {
  readonly rule: IRegularForbiddenRuleType & { readonly name: string }
  readonly planted: readonly { readonly from: string; readonly imports: string }[]
}

const test = String.raw`\.test\.tsx?$`
const slice = `^server/(${slicesInLoopOrder.join('|')})/`
/** Packages may be reached by a link from elsewhere, so their path need not begin here. */
const packages = '(^|/)node_modules/'

const doors = doorPattern('index', 'routes', 'commands', 'store', 'views', 'jobs')
const exceptions = Object.keys(neitherDoorNorPure).map((path) => `^${path.replaceAll('.', '[.]')}$`)

function wall(name: string, why: string, rule: Pick<Wall['rule'], 'from' | 'to'>): Wall['rule'] {
  return { name, comment: why, severity: 'error', ...rule }
}

const rooms: readonly Wall[] = [
  {
    rule: wall(
      'lib-stands-alone',
      'lib imports nothing of ours, and of others a parser that touches nothing',
      {
        from: { path: '^lib/', pathNot: test },
        to: { pathNot: ['^lib/', `${packages}htmlparser2/`] },
      },
    ),
    planted: [
      { from: 'lib/breach.ts', imports: 'contract/word.ts' },
      { from: 'lib/breach.ts', imports: 'zod' },
    ],
  },
  {
    rule: wall('contract-stands-alone', 'contract imports zod, the contract library and itself only', {
      from: { path: '^contract/', pathNot: test },
      to: { pathNot: ['^contract/', `${packages}(zod|@orpc/(contract|shared))/`] },
    }),
    planted: [
      { from: 'contract/breach.ts', imports: 'lib/word.ts' },
      { from: 'contract/breach.ts', imports: 'server/cases/index.ts' },
      { from: 'contract/breach.ts', imports: 'kysely' },
    ],
  },
  {
    rule: wall('web-sees-contract-and-lib', 'web imports contract, lib and itself, never the server', {
      from: { path: '^web/', pathNot: test },
      to: { path: '^(server|channels|models|test|bench|tools)/' },
    }),
    planted: [{ from: 'web/breach.ts', imports: 'server/cases/index.ts' }],
  },
  {
    rule: wall(
      'channels-never-see-the-server',
      'a channel imports contract, lib and channel.ts, never the server',
      {
        from: { path: '^channels/', pathNot: test },
        to: { path: '^(server|web|models|test|bench|tools)/' },
      },
    ),
    planted: [{ from: 'channels/web/breach.ts', imports: 'server/platform/db/connect.ts' }],
  },
  {
    rule: wall(
      'channels-do-not-know-each-other',
      'a channel is a plug; what two of them share stands beside channel.ts',
      {
        from: { path: '^channels/([^/]+)/', pathNot: ['^channels/conformance/', test] },
        // Notices are no channel: parsers of mails, which the mailbox reads.
        to: {
          path: '^channels/[^/]+/',
          pathNot: ['^channels/$1/', '^channels/conformance/', '^channels/notices/'],
        },
      },
    ),
    planted: [{ from: 'channels/web/breach.ts', imports: 'channels/email/act.ts' }],
  },
  {
    rule: wall(
      'platform-knows-no-slice',
      'platform imports lib, contract and itself; it serves the slices and knows none',
      {
        from: { path: '^server/platform/', pathNot: test },
        to: { path: '^(channels|web|models|test|bench|tools|server)/', pathNot: '^server/platform/' },
      },
    ),
    planted: [
      { from: 'server/platform/breach.ts', imports: 'server/cases/index.ts' },
      { from: 'server/platform/breach.ts', imports: 'channels/channel.ts' },
    ],
  },
  {
    rule: wall('nobody-imports-the-workshop', 'product code imports no tests, benches or tools', {
      from: { path: '^(contract|lib|server|channels|web|models)/', pathNot: [test, '^models/(train|bench)'] },
      to: { path: '^(test|bench|tools)/' },
    }),
    planted: [{ from: 'server/cases/breach.ts', imports: 'test/factories.ts' }],
  },
  {
    rule: wall(
      'the-root-is-the-top',
      'main.ts, run.ts, app.ts, cli.ts and config.ts compose the slices; no slice imports them',
      {
        from: { path: '^server/[^/]+/', pathNot: test },
        to: { path: String.raw`^server/[^/]+\.ts$` },
      },
    ),
    planted: [{ from: 'server/cases/breach.ts', imports: 'server/config.ts' }],
  },
  {
    rule: wall(
      'slices-see-the-plug-only',
      'a slice knows the interface of channels; which ones exist is composed in app.ts',
      {
        from: { path: slice, pathNot: test },
        to: {
          path: '^(channels|web)/',
          pathNot: String.raw`^channels/(channel|acting|manifest|ports|open-channels|text-length)\.ts$`,
        },
      },
    ),
    planted: [
      { from: 'server/replies/breach.ts', imports: 'channels/email/act.ts' },
      { from: 'server/cases/breach.ts', imports: 'web/api.ts' },
    ],
  },
]

const insideTheServer: readonly Wall[] = [
  {
    rule: wall('slices-through-the-front-door', 'a slice imports of another slice its index.ts only', {
      from: { path: '^server/([^/]+)/', pathNot: ['^server/platform/', test] },
      to: { path: slice, pathNot: ['^server/$1/', '^server/[^/]+/index\\.ts$'] },
    }),
    planted: [
      { from: 'server/cases/breach.ts', imports: 'server/people/store.ts' },
      { from: 'server/cases/breach.ts', imports: 'server/people/merges/index.ts' },
    ],
  },
  {
    rule: wall(
      'views-serve-routes',
      'views.ts is read by routes, commands, jobs and index.ts, never by pure files or stores',
      {
        from: { path: slice, pathNot: [doorPattern('index', 'routes', 'commands', 'jobs', 'views'), test] },
        to: { path: doorPattern('views'), dependencyTypesNot: ['type-only'] },
      },
    ),
    planted: [{ from: 'server/cases/due-time.ts', imports: 'server/cases/views.ts' }],
  },
  {
    rule: wall(
      'pure-files-stay-pure',
      'a pure file runs no door: not store, views, commands, routes, jobs, nor platform',
      {
        from: { path: slice, pathNot: [doors, ...exceptions, test] },
        to: {
          path: [
            `^server/.*${doorPattern('routes', 'commands', 'store', 'views', 'jobs')}`,
            '^server/platform/',
          ],
          dependencyTypesNot: ['type-only'],
        },
      },
    ),
    planted: [
      { from: 'server/cases/due-time.ts', imports: 'server/cases/store.ts' },
      { from: 'server/cases/due-time.ts', imports: 'server/cases/clocks/views-late.ts' },
      { from: 'server/cases/due-time.ts', imports: 'server/platform/db/connect.ts' },
    ],
  },
  {
    rule: wall('stores-decide-nothing', 'store.ts and views.ts hold SQL; they run no command, route or job', {
      from: { path: `^server/.*${doorPattern('store', 'views')}` },
      to: {
        path: `^server/.*${doorPattern('commands', 'routes', 'jobs')}`,
        dependencyTypesNot: ['type-only'],
      },
    }),
    planted: [{ from: 'server/cases/store.ts', imports: 'server/cases/commands.ts' }],
  },
]

const general: readonly Wall[] = [
  {
    rule: wall('no-circles', 'two modules that need each other are one module, or hide a third', {
      from: { pathNot: test },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    }),
    planted: [{ from: 'server/cases/circle.ts', imports: 'server/cases/index.ts' }],
  },
  {
    rule: wall('nothing-missing', 'an import that leads nowhere', {
      from: {},
      to: { couldNotResolve: true, pathNot: '^virtual:' },
    }),
    planted: [{ from: 'lib/breach.ts', imports: './not-there.ts' }],
  },
  {
    rule: wall('packages-are-declared', 'a package that is imported stands in package.json, exact', {
      from: { path: '^(contract|lib|server|channels|web)/', pathNot: test },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    }),
    planted: [{ from: 'server/cases/breach.ts', imports: 'acorn' }],
  },
  {
    rule: wall(
      'the-server-runs-on-dependencies',
      'what the server runs on is a dependency, not a development dependency',
      {
        from: { path: '^(contract|lib|server|channels)/', pathNot: ['^channels/conformance/', test] },
        to: {
          path: packages,
          dependencyTypes: ['npm-dev'],
          dependencyTypesNot: ['type-only'],
          pathNot: `${packages}@types/`,
        },
      },
    ),
    planted: [{ from: 'server/cases/breach.ts', imports: 'vite' }],
  },
]

/** Back up the loop goes an event, never an import: one rule for each slice that has later ones. */
const loop: readonly Wall[] = slicesInLoopOrder.slice(0, -1).map((name, index) => {
  const later = slicesInLoopOrder.slice(index + 1)
  return {
    rule: wall(
      `${name}-does-not-look-ahead`,
      'a slice imports slices before it in the loop; back up goes an event',
      {
        from: { path: `^server/${name}/`, pathNot: test },
        to: { path: `^server/(${later.join('|')})/` },
      },
    ),
    planted: [{ from: `server/${name}/breach.ts`, imports: `server/${later[0]}/index.ts` }],
  }
})

export const walls: readonly Wall[] = [...rooms, ...insideTheServer, ...loop, ...general]
